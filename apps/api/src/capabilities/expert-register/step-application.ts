import type { Executor } from '@mse/db';
import { expertApplicationEvents, expertApplications } from '@mse/db/schema';
import { type ApplicationEvent, type ApplicationState, stepTo } from '@mse/domain/experts';
import { ok, refuse, type Result } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';

/** An application as its table holds it. */
export type Application = typeof expertApplications.$inferSelect;

/** What happens to an application. */
export interface ApplicationStep {
  event: ApplicationEvent;
  /** Person id, or `system:<process>`. */
  actor: string;
  detail?: Record<string, unknown>;
  set?: Partial<typeof expertApplications.$inferInsert>;
}

/** The application with this id, locked until the transaction ends; undefined when there is none. */
export async function lockApplication(tx: Executor, id: string): Promise<Application | undefined> {
  const [row] = await tx.select().from(expertApplications).where(eq(expertApplications.id, id)).for('update');
  return row;
}

/**
 * The only door through which an application changes its state: by the table of steps of the domain, with its line in the history, in
 * the caller's transaction. `application` must be locked. Refuses a step that is not possible from its state.
 */
export async function stepApplication(
  tx: Executor,
  application: Pick<Application, 'id' | 'state'>,
  { event, actor, detail = {}, set = {} }: ApplicationStep,
  at: Date,
): Promise<Result<ApplicationState, 'changed-meanwhile'>> {
  const to = stepTo(application.state, event);
  if (!to) return refuse('changed-meanwhile');
  await tx
    .update(expertApplications)
    .set({ ...set, state: to, stateAt: at })
    .where(eq(expertApplications.id, application.id));
  await tx
    .insert(expertApplicationEvents)
    .values({ applicationId: application.id, event, from: application.state, to, at, actor, detail });
  return ok(to);
}
