import type { Executor, Transaction } from '@mse/db';
import { consultations, forms, inPersonApplications } from '@mse/db/schema';
import type { Action } from '@mse/domain/access';
import { type ApplicationEvent, type ApplicationState, decideApplication } from '@mse/domain/in-person';
import { and, desc, eq } from 'drizzle-orm';
import type { Caller } from '../../caller.ts';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';

export type Application = typeof inPersonApplications.$inferSelect;

/** An application of the caller's department; one of another department does not exist for them. */
export async function ownApplication(
  call: CallContext,
  executor: Executor,
  applicationId: string,
  options: { lock?: boolean } = {},
): Promise<Application> {
  const { department } = deskCaller(call);
  const query = executor
    .select()
    .from(inPersonApplications)
    .where(
      and(eq(inPersonApplications.id, applicationId), eq(inPersonApplications.departmentId, department.id)),
    );
  const [application] = await (options.lock ? query.for('update') : query);
  if (!application) throw notFound();
  return application;
}

export type StepRefusal = 'not-possible-now' | 'changed-meanwhile';

/** What a step writes besides the new state; or a refusal, and then nothing is written. */
type StepDone =
  | { ok: true; set: Partial<typeof inPersonApplications.$inferInsert>; detail?: Record<string, unknown> }
  | { ok: false; refusal: string };

/**
 * FF-11: one step of an application by the table APPLICATION_TRANSITIONS: the row is locked, the step judged, its work done, the
 * new state and the audit row written, all in one transaction. `version` refuses a save on an older state of the page.
 */
export async function stepApplication<Done extends StepDone>(
  call: CallContext,
  step: { action: Action; applicationId: string; event: ApplicationEvent; version?: number },
  work: (tx: Transaction, application: Application, caller: Caller) => Promise<Done>,
): Promise<
  { ok: true; version: number } | { ok: false; refusal: StepRefusal } | Extract<Done, { ok: false }>
> {
  const { deps, at } = call;
  const { caller } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const application = await ownApplication(call, tx, step.applicationId, { lock: true });
    const decision = decideApplication(application.state, step.event);
    if (!decision.ok) return decision;
    if (step.version !== undefined && step.version !== application.version)
      return { ok: false as const, refusal: 'changed-meanwhile' as const };
    const done = await work(tx, application, caller);
    if (!done.ok) return done as Extract<Done, { ok: false }>;
    const version = application.version + 1;
    await tx
      .update(inPersonApplications)
      .set({ ...done.set, ...stateColumns(decision.value, application.state, at), version })
      .where(eq(inPersonApplications.id, application.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(step.action, caller),
      action: step.action,
      outcome: 'done',
      personId: application.personId,
      subject: `application:${application.id}`,
      requestId: call.requestId,
      detail: { form: application.formId, state: decision.value, ...done.detail },
    });
    return { ok: true as const, version };
  });
}

const ENDED: ReadonlySet<ApplicationState> = new Set(['refused', 'withdrawn', 'concluded'] as const);

function stateColumns(next: ApplicationState, before: ApplicationState, at: Date) {
  return next === before ? {} : { state: next, stateAt: at, ...(ENDED.has(next) ? { endedAt: at } : {}) };
}

/** The form an application is about. */
export async function formOf(executor: Executor, formId: string): Promise<typeof forms.$inferSelect> {
  const [form] = await executor.select().from(forms).where(eq(forms.id, formId));
  if (!form) throw new Error('An application without its form');
  return form;
}

/** The newest consultation of an application; null when there was none. */
export async function newestConsultation(
  executor: Executor,
  applicationId: string,
): Promise<typeof consultations.$inferSelect | null> {
  const [row] = await executor
    .select()
    .from(consultations)
    .where(eq(consultations.applicationId, applicationId))
    .orderBy(desc(consultations.askedAt))
    .limit(1);
  return row ?? null;
}
