import type { SigningInput, StartPhoneSigningOutput } from '@mse/contracts/signing';
import { signingRequests } from '@mse/db/schema';
import { compareCode, MOBILE_CHALLENGE_LIFE_MINUTES } from '@mse/domain/identity';
import { addMinutes } from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { OpenedSigning } from '../../platform/gateways/mobile-signing.ts';
import type { CallContext } from '../../trpc.ts';
import { afterAnswer } from '../identity/after-answer.ts';
import { refuseFlood } from '../identity/refuse-flood.ts';
import { ownSigning } from './own-signing.ts';

const LIFE_MS = MOBILE_CHALLENGE_LIFE_MINUTES * 60_000;

/** Words above the text on the phone; the code stands on the page of the browser, too. */
const TITLES = {
  kk: (code: string) => `Медициналық-әлеуметтік сараптама: құжатқа қол қою. Салыстыру коды: ${code}`,
  ru: (code: string) => `Медико-социальная экспертиза: подписание документа. Код для сверки: ${code}`,
  en: (code: string) => `Medico-social examination: signing a document. Code to compare: ${code}`,
} as const;

/**
 * The other way to sign a text: on a phone with eGov Mobile. Refuses with `unavailable` within two seconds when the gateway is silent (T21).
 * The signature waits with the text; it is taken, with every check, when the person says on the page that it is done.
 * Begun again, it replaces the one before.
 */
export async function startPhoneSigning(
  call: CallContext,
  { signingId }: z.output<typeof SigningInput>,
): Promise<z.input<typeof StartPhoneSigningOutput>> {
  const { deps, at, language } = call;
  await refuseFlood(call, 'signature-network-minute');
  const signing = await ownSigning(call, signingId);
  if (signing.usedAt) return { ok: false, refusal: 'signing-used' };
  if (signing.expiresAt < at) return { ok: false, refusal: 'signing-expired' };
  const code = compareCode((limit) => deps.random.below(limit));
  const title = TITLES[language](code);
  const opened = await deps.mobileSigning.register(title);
  if (!opened) return { ok: false, refusal: 'unavailable' };
  const phoneEndsAt = addMinutes(at, MOBILE_CHALLENGE_LIFE_MINUTES);
  const [begun] = await deps.db
    .update(signingRequests)
    .set({ phoneState: 'waiting', compareCode: code, phoneLink: opened.link, phoneEndsAt, cms: null })
    .where(and(eq(signingRequests.id, signingId), isNull(signingRequests.usedAt)))
    .returning({ id: signingRequests.id });
  if (!begun) return { ok: false, refusal: 'signing-used' };
  afterAnswer(deps, 'signing a document by phone', () =>
    followPhone(deps, { signingId, code }, opened, { text: signing.text, title }),
  );
  return { ok: true };
}

/** Writes what happens on the phone, where every process of the API finds it; a signing that was begun anew is left alone. */
async function followPhone(
  deps: Deps,
  { signingId, code }: { signingId: string; code: string },
  opened: OpenedSigning,
  asked: { text: string; title: string },
): Promise<void> {
  const isThis = and(
    eq(signingRequests.id, signingId),
    eq(signingRequests.compareCode, code),
    isNull(signingRequests.usedAt),
  );
  const note = (set: Partial<typeof signingRequests.$inferInsert>) =>
    deps.db.update(signingRequests).set(set).where(isThis);
  const outcome = await deps.mobileSigning.follow(opened, asked, LIFE_MS, async () => {
    await note({ phoneState: 'fetched' });
  });
  if (outcome.kind === 'signed')
    await note({ phoneState: 'signed', cms: Buffer.from(outcome.cms, 'base64') });
  if (outcome.kind === 'declined') await note({ phoneState: 'declined' });
}
