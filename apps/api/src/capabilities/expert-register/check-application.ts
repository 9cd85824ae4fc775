import type {
  ApplicationInput,
  ApplicationStepOutput,
  InviteOutput,
  ProposeRefusalInput,
  TurnDownRefusalInput,
} from '@mse/contracts/expert-register';
import { expertApplicationFiles } from '@mse/db/schema';
import { decideFourEyes, mayInvite, testDueOn } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import { formatDate } from '@mse/i18n/format';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { opaqueCode } from '../../platform/random.ts';
import { type CallContext, signedIn } from '../../trpc.ts';
import { findingsOf } from './document-facts.ts';
import { FILE_COLUMNS } from './get-application.ts';
import { auditStep } from './register-audit.ts';
import { REASON_ORDER, registerPolicies } from './register-policies.ts';
import { lockApplication, stepApplication } from './step-application.ts';
import { reasonsInWords, tellCandidate } from './tell-candidate.ts';

type Step = z.input<typeof ApplicationStepOutput>;

/**
 * RG-08, RG-11: everything held: the candidate is invited to the test by SMS and in the cabinet, the platform is told by a job, and ten
 * calendar days run. Refuses while an item does not hold or a system is silent.
 */
export async function inviteToTest(
  call: CallContext,
  { id }: z.output<typeof ApplicationInput>,
): Promise<z.input<typeof InviteOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof InviteOutput>> => {
    const application = await lockApplication(tx, id);
    if (!application) return { ok: false, refusal: 'not-found' };
    const files = await tx
      .select(FILE_COLUMNS)
      .from(expertApplicationFiles)
      .where(eq(expertApplicationFiles.applicationId, id));
    const policies = registerPolicies(deps, today);
    const findings = findingsOf(application.facts, files, policies.check, today);
    if (application.state === 'checking' && !mayInvite(findings))
      return { ok: false, refusal: 'not-everything-held' };
    const dueOn = testDueOn(today, policies.test);
    const stepped = await stepApplication(
      tx,
      application,
      {
        event: 'invite',
        actor: personId,
        detail: { findings },
        set: { dueOn, attempt: 1, usedRetakes: 0, testCode: application.testCode ?? opaqueCode(deps.random) },
      },
      at,
    );
    if (!stepped.ok) return stepped;
    await deps.jobs.enqueue(tx, 'register.invite-test', { applicationId: id });
    await tellCandidate(
      deps,
      tx,
      {
        personId: application.personId,
        template: 'register-test',
        onceKey: `register-test:${id}:1:${at.toISOString()}`,
        params: { due: formatDate(dueOn) },
        phone: application.fields.phone ?? '',
      },
      at,
    );
    await auditStep(call, tx, {
      action: 'expertRegister.invite',
      personId: application.personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true };
  });
}

/** RG-10: proposes a refusal with one or several reasons of law; it counts once somebody else confirms it. */
export async function proposeRefusal(
  call: CallContext,
  { id, reasons, note }: z.output<typeof ProposeRefusalInput>,
): Promise<Step> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<Step> => {
    const application = await lockApplication(tx, id);
    if (!application) return { ok: false, refusal: 'not-found' };
    const ordered = REASON_ORDER.filter((reason) => (reasons as readonly string[]).includes(reason));
    const stepped = await stepApplication(
      tx,
      application,
      {
        event: 'propose-refusal',
        actor: personId,
        detail: { reasons: ordered },
        set: { reasons: ordered, note, proposedBy: personId },
      },
      at,
    );
    if (!stepped.ok) return stepped;
    await auditStep(call, tx, {
      action: 'expertRegister.proposeRefusal',
      personId: application.personId,
      subject: `expert-application:${id}`,
      detail: { reasons: ordered },
    });
    return { ok: true };
  });
}

/** RG-10: a second person confirms the refusal: SMS with the reasons, and the reasoned notice in the cabinet. */
export async function confirmRefusal(
  call: CallContext,
  { id }: z.output<typeof ApplicationInput>,
): Promise<Step> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<Step> => {
    const application = await lockApplication(tx, id);
    if (!application) return { ok: false, refusal: 'not-found' };
    const eyes = decideFourEyes(
      { proposedBy: application.proposedBy, open: application.state === 'refusal-proposed' },
      personId,
    );
    if (!eyes.ok) return eyes;
    const stepped = await stepApplication(
      tx,
      application,
      {
        event: 'confirm-refusal',
        actor: personId,
        detail: { reasons: application.reasons },
        set: { dueOn: null, refusedFrom: 'checking' },
      },
      at,
    );
    if (!stepped.ok) return stepped;
    await tellCandidate(
      deps,
      tx,
      {
        personId: application.personId,
        template: 'register-refused-papers',
        onceKey: `register-refused:${id}:${at.toISOString()}`,
        params: (language) => ({ reasons: reasonsInWords(application.reasons, language) }),
        phone: application.fields.phone ?? '',
      },
      at,
    );
    await auditStep(call, tx, {
      action: 'expertRegister.confirmRefusal',
      personId: application.personId,
      subject: `expert-application:${id}`,
      detail: { reasons: application.reasons },
    });
    return { ok: true };
  });
}

/** RG-10: a second person does not agree to the refusal; the check goes on. */
export async function turnDownRefusal(
  call: CallContext,
  { id, note }: z.output<typeof TurnDownRefusalInput>,
): Promise<Step> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<Step> => {
    const application = await lockApplication(tx, id);
    if (!application) return { ok: false, refusal: 'not-found' };
    const eyes = decideFourEyes(
      { proposedBy: application.proposedBy, open: application.state === 'refusal-proposed' },
      personId,
    );
    if (!eyes.ok) return eyes;
    const stepped = await stepApplication(
      tx,
      application,
      {
        event: 'turn-down-refusal',
        actor: personId,
        detail: { reasons: application.reasons },
        set: { reasons: [], note, proposedBy: null },
      },
      at,
    );
    if (!stepped.ok) return stepped;
    await auditStep(call, tx, {
      action: 'expertRegister.turnDownRefusal',
      personId: application.personId,
      subject: `expert-application:${id}`,
    });
    return { ok: true };
  });
}
