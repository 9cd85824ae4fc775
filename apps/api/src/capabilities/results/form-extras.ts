import type { Executor } from '@mse/db';
import { formContents } from '@mse/db/schema';
import { inArray } from 'drizzle-orm';
import { z } from 'zod';

/** Rows of form 031/у that journals and hand-over need; senders may leave any of them out. */
const FormExtras = z.object({
  workplace: z.string().optional().catch(undefined),
  position: z.string().optional().catch(undefined),
  studyPlace: z.string().optional().catch(undefined),
  /** Length of the sick list in days. */
  sickLeaveDays: z.number().int().min(0).optional().catch(undefined),
  /** Group, cause in the sender's words and last day of an earlier finding. */
  previousGroup: z
    .object({
      group: z.string().optional().catch(undefined),
      cause: z.string().optional().catch(undefined),
      until: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  /** PX-55: liable for military service, or a conscript. */
  militaryDuty: z.boolean().optional().catch(undefined),
});
export type FormExtras = z.output<typeof FormExtras>;

/** The rows of forms that say where a person works and whether they are liable for service; empty where a form has none. */
export async function formExtras(
  executor: Executor,
  formIds: readonly string[],
): Promise<(formId: string) => FormExtras> {
  const rows = await executor
    .select({ formId: formContents.formId, document: formContents.document })
    .from(formContents)
    .where(inArray(formContents.formId, [...formIds]));
  const found = new Map(rows.map(({ formId, document }) => [formId, FormExtras.parse(document)]));
  return (formId) => found.get(formId) ?? {};
}
