import type { VerifyCodeInput, VerifyCodeOutput } from '@mse/contracts/identity';
import { signInChallenges } from '@mse/db/schema';
import { CODE_POLICY, decideCode } from '@mse/domain/identity';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import type { CallContext } from '../../trpc.ts';
import { failuresOf, lockSubject } from './code-subject.ts';
import { openSession } from './open-session.ts';
import { hashCode, sameHash } from './sealed-code.ts';
import { refuseFlood } from './refuse-flood.ts';

/**
 * Signs a person in by the code of an SMS, with trust `sms`. Refuses with `wrong`, `expired`, `used`, `too-many-tries`
 * and the tries left of this code. A challenge without a person goes the same way and always ends in `wrong` (T10).
 * The same code tried at once many times opens one session (T11): calls under one ИИН follow each other.
 */
export async function verifyCode(
  call: CallContext,
  input: z.output<typeof VerifyCodeInput>,
): Promise<z.input<typeof VerifyCodeOutput>> {
  const { deps, at, requestId } = call;
  await refuseFlood(call, 'verify-network-minute');
  return deps.db.transaction(async (tx) => {
    const isThis = and(eq(signInChallenges.id, input.challengeId), eq(signInChallenges.kind, 'code'));
    const [known] = await tx
      .select({ subjectKey: signInChallenges.subjectKey })
      .from(signInChallenges)
      .where(isThis);
    if (!known?.subjectKey) return { ok: false, refusal: 'expired', triesLeft: 0 };
    await lockSubject(tx, known.subjectKey);
    const [challenge] = await tx.select().from(signInChallenges).where(isThis).for('update');
    if (!challenge) return { ok: false, refusal: 'expired', triesLeft: 0 };

    const typed = hashCode(deps.settings.SECRET_KEY, challenge.id, input.code);
    const matches = sameHash(typed, challenge.codeHash ?? '');
    const failures = await failuresOf(tx, known.subjectKey, at);
    const { personId, tries, used } = challenge;
    const decision = decideCode(
      { sentAt: challenge.createdAt, tries, used },
      matches && personId !== null,
      failures,
      at,
    );

    if (decision.ok && personId !== null) {
      // The lock has made this the only call; the condition makes it so even without the lock.
      const [taken] = await tx
        .update(signInChallenges)
        .set({ used: true })
        .where(and(isThis, eq(signInChallenges.used, false)))
        .returning({ id: signInChallenges.id });
      if (!taken) return { ok: false, refusal: 'used', triesLeft: 0 };
      return openSession(tx, call, {
        action: 'identity.verifyCode',
        challengeId: challenge.id,
        personId,
        audience: 'citizen',
        trust: 'sms',
        actorRole: 'citizen',
        device: input.device,
      });
    }

    const refusal = decision.ok ? 'wrong' : decision.refusal;
    const wrong = refusal === 'wrong' ? 1 : 0;
    if (wrong)
      await tx
        .update(signInChallenges)
        .set({ tries: tries + 1 })
        .where(isThis);
    await recordAudit(tx, {
      at,
      actor: 'anonymous',
      actorRole: 'anonymous',
      action: 'identity.verifyCode',
      outcome: 'refused',
      personId,
      subject: `challenge:${challenge.id}`,
      requestId,
      detail: { refusal },
    });
    const ofCode = CODE_POLICY.triesPerCode - tries - wrong;
    const ofDay = CODE_POLICY.failuresPerDay - failures - wrong;
    return { ok: false, refusal, triesLeft: refusal === 'wrong' ? Math.max(0, Math.min(ofCode, ofDay)) : 0 };
  });
}
