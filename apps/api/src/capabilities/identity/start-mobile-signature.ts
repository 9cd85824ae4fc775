import type { StartMobileSignatureInput, StartMobileSignatureOutput } from '@mse/contracts/identity';
import { mobileSignings, signInChallenges } from '@mse/db/schema';
import { compareCode, MOBILE_CHALLENGE_LIFE_MINUTES } from '@mse/domain/identity';
import { and, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { OpenedSigning } from '../../platform/gateways/mobile-signing.ts';
import type { CallContext } from '../../trpc.ts';
import { afterAnswer } from './after-answer.ts';
import { refuseFlood } from './refuse-flood.ts';
import { hashSigningKey } from './signing-key.ts';
import { draftTextToSign } from './text-to-sign.ts';

const KEY_BYTES = 32;
const LIFE_MS = MOBILE_CHALLENGE_LIFE_MINUTES * 60_000;

/** Words above the text on the phone; the code stands on the page of the browser, too. */
const TITLES = {
  kk: (code: string) => `Медициналық-әлеуметтік сараптама: кіру. Салыстыру коды: ${code}`,
  ru: (code: string) => `Медико-социальная экспертиза: вход. Код для сверки: ${code}`,
  en: (code: string) => `Medico-social examination: sign-in. Code to compare: ${code}`,
} as const;

/**
 * C05: begins a sign-in that is signed on a phone with eGov Mobile. Refuses with `unavailable` within two seconds when the
 * gateway is silent (T21). The text is of the same kind as for NCALayer and serves once, for five minutes; the answer of
 * the phone is waited for after this call has ended.
 */
export async function startMobileSignature(
  call: CallContext,
  input: z.output<typeof StartMobileSignatureInput>,
): Promise<z.input<typeof StartMobileSignatureOutput>> {
  const { deps, at } = call;
  await refuseFlood(call, 'signature-network-minute');
  const lifeMinutes = MOBILE_CHALLENGE_LIFE_MINUTES;
  const draft = draftTextToSign(call, { ...input, audience: 'citizen', lifeMinutes });
  const code = compareCode((limit) => deps.random.below(limit));
  const title = TITLES[input.language](code);
  const opened = await deps.mobileSigning.register(title);
  if (!opened) return { ok: false, refusal: 'unavailable' };

  const signingKey = deps.random.bytes(KEY_BYTES).toString('base64url');
  const signing = {
    id: deps.random.id(at),
    challengeId: draft.id,
    secretHash: hashSigningKey(signingKey),
    compareCode: code,
    text: draft.text,
    state: 'waiting' as const,
    createdAt: at,
    expiresAt: draft.expiresAt,
  };
  await deps.db.transaction(async (tx) => {
    await tx.insert(signInChallenges).values(draft);
    await tx.insert(mobileSignings).values(signing);
  });
  afterAnswer(deps, 'signing by phone', () =>
    followPhone(deps, signing.id, opened, { text: draft.text, title }),
  );
  return {
    ok: true,
    signingKey,
    text: draft.text,
    compareCode: code,
    link: opened.link,
    endsAt: draft.expiresAt.toISOString(),
    lifeMinutes,
  };
}

/** Writes what happens on the phone, where every process of the API finds it. */
async function followPhone(
  deps: Deps,
  id: string,
  opened: OpenedSigning,
  asked: { text: string; title: string },
): Promise<void> {
  const { db } = deps;
  const isOpen = and(eq(mobileSignings.id, id), inArray(mobileSignings.state, ['waiting', 'fetched']));
  const outcome = await deps.mobileSigning.follow(opened, asked, LIFE_MS, async () => {
    await db.update(mobileSignings).set({ state: 'fetched' }).where(isOpen);
  });
  if (outcome.kind === 'signed')
    await db.update(mobileSignings).set({ state: 'signed', cms: outcome.cms }).where(isOpen);
  if (outcome.kind === 'declined') await db.update(mobileSignings).set({ state: 'refused' }).where(isOpen);
}
