import { expertApplications, testResults } from '@mse/db/schema';
import { decideResult, type ResultRefusal } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { refuseAutomatically } from './refuse-application.ts';
import { registerPolicies } from './register-policies.ts';
import { lockApplication, stepApplication } from './step-application.ts';
import { openTestTerm } from './test-term.ts';

/** A result as the platform's genuine callback tells it. */
export interface ResultReceived {
  eventId: string;
  /** SHA-256 of the body: the same id with other content is no repetition. */
  contentHash: string;
  code: string;
  attempt: number;
  /** Hundredths of a percent. */
  hundredths: number;
  proctoring: 'positive' | 'negative';
  finishedAt: Date;
}

/** What a callback did. `repeated`: it was taken before and changed nothing now. */
export type ResultTaken =
  | { ok: true; outcome: string; repeated: boolean }
  | { ok: false; refusal: 'candidate-unknown' | 'event-reused' };

const ACTOR = 'system:skills';

/**
 * RG-13…RG-16: takes a result of the test platform, each message once. Passed: the contract can be made. Failed: one retake, and after it
 * the automatic refusal with the reasons that apply. A result nobody waits for is kept as evidence and changes nothing.
 */
export async function takeTestResult(deps: Deps, result: ResultReceived, at: Date): Promise<ResultTaken> {
  return deps.db.transaction(async (tx): Promise<ResultTaken> => {
    const [found] = await tx
      .select({ id: expertApplications.id })
      .from(expertApplications)
      .where(eq(expertApplications.testCode, result.code));
    const application = found ? await lockApplication(tx, found.id) : undefined;
    if (!application) return { ok: false, refusal: 'candidate-unknown' };
    // Under the lock of the application: the second of two that come at once finds the row of the first.
    const [known] = await tx.select().from(testResults).where(eq(testResults.eventId, result.eventId));
    if (known)
      return known.contentHash === result.contentHash
        ? { ok: true, outcome: known.outcome, repeated: true }
        : { ok: false, refusal: 'event-reused' };

    const finishedAt = result.finishedAt < at ? result.finishedAt : at;
    const policy = registerPolicies(deps, toBusinessDate(at)).test;
    const decision = decideResult(application, { ...result, takenOn: toBusinessDate(finishedAt) }, policy);
    const outcome: ResultRefusal | 'passed' | 'failed' | 'failed-again' = !decision.ok
      ? decision.refusal
      : ({ pass: 'passed', fail: 'failed', 'fail-again': 'failed-again' } as const)[decision.value.event];
    const { eventId, contentHash, attempt, hundredths, proctoring } = result;
    await tx.insert(testResults).values({
      id: deps.random.id(at),
      eventId,
      contentHash,
      applicationId: application.id,
      attempt,
      hundredths,
      proctoring,
      finishedAt: result.finishedAt,
      receivedAt: at,
      outcome,
    });
    if (decision.ok) {
      const { event, reasons } = decision.value;
      const detail = { attempt, hundredths, proctoring, reasons };
      if (event === 'fail-again') {
        await refuseAutomatically(deps, tx, application, { event, reasons, actor: ACTOR, detail }, at);
      } else if (event === 'fail') {
        const next = application.attempt + 1;
        const dueOn = await openTestTerm(
          deps,
          tx,
          application,
          { attempt: next, template: 'register-retake' },
          at,
        );
        await stepApplication(
          tx,
          application,
          {
            event,
            actor: ACTOR,
            detail,
            set: { attempt: next, usedRetakes: application.usedRetakes + 1, dueOn, reasons },
          },
          at,
        );
      } else {
        await stepApplication(
          tx,
          application,
          { event, actor: ACTOR, detail, set: { dueOn: null, reasons: [] } },
          at,
        );
      }
    }
    await recordAudit(tx, {
      at,
      actor: ACTOR,
      actorRole: 'system',
      action: 'expertRegister.testResult',
      outcome: decision.ok ? 'done' : 'refused',
      personId: application.personId,
      subject: `expert-application:${application.id}`,
      requestId: null,
      detail: { attempt, outcome },
    });
    return { ok: true, outcome, repeated: false };
  });
}
