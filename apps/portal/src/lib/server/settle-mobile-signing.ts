import type { RequestEvent } from '@sveltejs/kit';
import { ask } from './ask.ts';
import { backAddress } from './back-address.ts';
import { keepSession, rememberWay } from './cookies.ts';
import { mobileSigning } from './kept-answers.ts';

const DEVICE_LENGTH = 300;

/** What the page does next: it waits, or it goes to an address. */
export type Settled = { wait: 'waiting' | 'opened' } | { go: string };

/** Asks whether the phone has signed the text of this browser. Signs in, or leads back to the page with the reason and a new code. */
export async function settleMobileSigning(event: RequestEvent): Promise<Settled> {
  const { language, api } = event.locals;
  const next = event.url.searchParams.get('next');
  const anew = (refusal: string) =>
    `/${language}/sign-in/mobile?refused=${refusal}${next ? `&next=${encodeURIComponent(next)}` : ''}`;
  const kept = mobileSigning.read(event.cookies);
  if (!kept) return { go: anew('challenge-expired') };
  const device = (event.request.headers.get('user-agent') ?? '').slice(0, DEVICE_LENGTH);
  const { signingKey } = kept;
  const answer = await ask(event, api.identity.finishMobileSignature.mutate({ signingKey, device }));
  if (!answer.ok && (answer.refusal === 'waiting' || answer.refusal === 'opened'))
    return { wait: answer.refusal };
  mobileSigning.drop(event.cookies);
  if (!answer.ok) return { go: anew(answer.refusal) };
  keepSession(event.cookies, answer.token);
  rememberWay(event.cookies, 'mobile');
  return { go: backAddress(next, language) };
}
