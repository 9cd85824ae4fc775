import type { ApplicationStepOutput, DecideReviewInput } from '@mse/contracts/expert-register';
import { expertApplicationEvents, expertContracts } from '@mse/db/schema';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { refusedBy } from './get-application.ts';
import { auditStep } from './register-audit.ts';
import { registerPolicies } from './register-policies.ts';
import { lockApplication, stepApplication } from './step-application.ts';
import { tellCandidate } from './tell-candidate.ts';
import { openTestTerm } from './test-term.ts';

/**
 * GV-08: a person decides over a refusal that the refused one asked to be reviewed: it stands, or the application goes back to the check,
 * to a test with a fresh term, or before the contract. Whoever took part in the refusal does not review it.
 */
export async function decideReview(
  call: CallContext,
  { id, outcome, note }: z.output<typeof DecideReviewInput>,
): Promise<z.input<typeof ApplicationStepOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof ApplicationStepOutput>> => {
    const application = await lockApplication(tx, id);
    if (!application) return { ok: false, refusal: 'not-found' };
    if (application.state !== 'review') return { ok: false, refusal: 'changed-meanwhile' };
    const events = await tx
      .select({ event: expertApplicationEvents.event, actor: expertApplicationEvents.actor })
      .from(expertApplicationEvents)
      .where(eq(expertApplicationEvents.applicationId, id));
    if (refusedBy(events, personId)) return { ok: false, refusal: 'own-proposal' };
    const policies = registerPolicies(deps, today);
    const attempt = application.attempt + 1;
    const set = {
      uphold: () => Promise.resolve({ note, dueOn: null }),
      'back-to-check': () =>
        Promise.resolve({ note, reasons: [], proposedBy: null, dueOn: addDays(today, policies.checkDays) }),
      'back-to-test': async () => ({
        note,
        reasons: [],
        attempt,
        // The review gives the try back that the refusal had taken.
        usedRetakes: policies.test.retakes,
        testCode: application.testCode ?? deps.random.bytes(16).toString('base64url'),
        dueOn: await openTestTerm(deps, tx, application, { attempt, template: 'register-retake' }, at),
      }),
      'back-to-passed': async () => {
        await tx
          .update(expertContracts)
          .set({ endedAt: at })
          .where(and(eq(expertContracts.applicationId, id), isNull(expertContracts.endedAt)));
        return { note, reasons: [], dueOn: null };
      },
    }[outcome];
    const stepped = await stepApplication(
      tx,
      application,
      { event: outcome, actor: personId, detail: { refusedFrom: application.refusedFrom }, set: await set() },
      at,
    );
    if (!stepped.ok) return stepped;
    await tellCandidate(
      deps,
      tx,
      {
        personId: application.personId,
        template: 'register-review',
        onceKey: `register-review:${id}:${application.reviews}`,
        phone: application.fields.phone ?? '',
      },
      at,
    );
    await auditStep(call, tx, {
      action: 'expertRegister.decideReview',
      personId: application.personId,
      subject: `expert-application:${id}`,
      detail: { outcome },
    });
    return { ok: true };
  });
}
