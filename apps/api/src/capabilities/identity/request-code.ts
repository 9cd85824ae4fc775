import type { RequestCodeInput, RequestCodeOutput } from '@mse/contracts/identity';
import { messages, signInChallenges } from '@mse/db/schema';
import { CODE_POLICY, secondsUntilNextCode } from '@mse/domain/identity';
import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { addMinutes } from '@mse/domain/shared';
import { and, eq, gt } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import type { CallContext } from '../../trpc.ts';
import { afterAnswer } from './after-answer.ts';
import { DAY_MINUTES, lockSubject } from './code-subject.ts';
import { askPhone, ensurePerson } from './people.ts';
import { hashCode, hashSubject, sealCode } from './sealed-code.ts';

type Input = z.output<typeof RequestCodeInput>;
type Refused = Extract<z.input<typeof RequestCodeOutput>, { ok: false }>;

/**
 * Sends a six-digit code when ИИН and phone fit together in the base of mobile citizens. The answer is given before
 * anybody is looked up, so neither its bytes nor its time tell whether the person exists (T10). Refuses with `too-many`
 * and the seconds to wait by the counts of T11, which do not depend on the person either.
 */
export async function requestCode(
  call: CallContext,
  input: Input,
): Promise<z.input<typeof RequestCodeOutput>> {
  const { deps, at } = call;
  const subjectKey = hashSubject(deps.settings.SECRET_KEY, 'iin', input.iin);
  const refused = await takeBudgets(call, input);
  if (refused) return refused;

  const challengeId = deps.random.id(at);
  const code = String(deps.random.below(10 ** CODE_POLICY.digits)).padStart(CODE_POLICY.digits, '0');
  const wait = await deps.db.transaction(async (tx) => {
    await lockSubject(tx, subjectKey);
    const earlier = await tx
      .select({ createdAt: signInChallenges.createdAt })
      .from(signInChallenges)
      .where(
        and(
          eq(signInChallenges.subjectKey, subjectKey),
          gt(signInChallenges.createdAt, addMinutes(at, -DAY_MINUTES)),
        ),
      );
    const seconds = secondsUntilNextCode(
      earlier.map((each) => each.createdAt),
      at,
    );
    if (seconds > 0) return seconds;
    await tx.insert(signInChallenges).values({
      id: challengeId,
      kind: 'code',
      audience: 'citizen',
      subjectKey,
      codeHash: hashCode(deps.settings.SECRET_KEY, challengeId, code),
      language: input.language,
      createdAt: at,
      expiresAt: addMinutes(at, CODE_POLICY.lifeMinutes),
    });
    return 0;
  });
  if (wait > 0) return tooMany(wait);

  afterAnswer(deps, 'identity.requestCode', () => sendCode(call, input, challengeId, code));
  return {
    ok: true,
    challengeId,
    resendAfterSeconds: CODE_POLICY.resendSeconds,
    lifeMinutes: CODE_POLICY.lifeMinutes,
  };
}

/** Budgets of the network, the whole service and the number. Null when all of them still hold. */
async function takeBudgets(call: CallContext, input: Input): Promise<Refused | null> {
  const { deps, network } = call;
  const phoneKey = hashSubject(deps.settings.SECRET_KEY, 'phone', input.phone);
  const budgets = [
    ['code-network-hour', network],
    ['code-phone-hour', phoneKey],
    ['code-phone-day', phoneKey],
    ['code-service-minute', 'all'],
  ] as const;
  for (const [limit, key] of budgets) {
    const taken = await deps.limits.take(limit, key);
    if (taken.ok) continue;
    if (limit === 'code-service-minute') deps.log.warn({ limit }, 'the budget of the whole service is spent');
    return tooMany(taken.retryAfterSeconds);
  }
  return null;
}

function tooMany(retryAfterSeconds: number): Refused {
  return { ok: false, refusal: 'too-many', retryAfterSeconds };
}

/** Binds the challenge to the person and writes the message, if the typed phone is the registered one. */
async function sendCode(call: CallContext, input: Input, challengeId: string, code: string): Promise<void> {
  const { deps, at, requestId } = call;
  const found = await ensurePerson(deps, input.iin);
  const person = found.kind === 'found' && found.value.status !== 'dead' ? found.value : null;
  const phone = person ? await askPhone(deps, person) : null;
  const audit = { at, action: 'identity.requestCode', requestId, subject: `challenge:${challengeId}` };
  if (!person || phone !== input.phone) {
    const reason = found.kind === 'silent' ? 'registry-silent' : person ? 'other-phone' : 'nobody';
    const entry = {
      actor: 'anonymous',
      actorRole: 'anonymous',
      personId: person?.id ?? null,
      detail: { reason },
    };
    await recordAudit(deps.db, { ...audit, ...entry, outcome: 'refused' });
    return;
  }
  await deps.db.transaction(async (tx) => {
    await tx
      .update(signInChallenges)
      .set({ personId: person.id })
      .where(eq(signInChallenges.id, challengeId));
    await tx.insert(messages).values({
      id: deps.random.id(at),
      personId: person.id,
      template: 'code',
      language: input.language,
      phone,
      params: { sealed: sealCode(deps.settings.SECRET_KEY, code, deps.random) },
      onceKey: `code:challenge:${challengeId}`,
      state: 'queued',
      createdAt: at,
      dueAt: at,
      expiresAt: addMinutes(at, MESSAGE_LIFE_MINUTES.code ?? CODE_POLICY.lifeMinutes),
      stateAt: at,
    });
    await recordAudit(tx, {
      ...audit,
      actor: 'anonymous',
      actorRole: 'anonymous',
      personId: person.id,
      outcome: 'done',
    });
  });
}
