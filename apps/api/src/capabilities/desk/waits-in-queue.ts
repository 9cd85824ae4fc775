import type { Executor } from '@mse/db';
import { visits } from '@mse/db/schema';
import { and, eq, inArray } from 'drizzle-orm';

/** Whether a form's person is waiting, called or in service somewhere. The index `visit_form_live` holds it to one. */
export async function waitsInQueue(executor: Executor, formId: string): Promise<boolean> {
  const rows = await executor
    .select({ id: visits.id })
    .from(visits)
    .where(and(eq(visits.formId, formId), inArray(visits.state, ['waiting', 'called', 'in-service'])))
    .limit(1);
  return rows.length > 0;
}
