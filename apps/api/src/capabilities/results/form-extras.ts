import type { Executor } from '@mse/db';
import { formContents } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
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

/** The rows of a form that say where the person works and whether they are liable for service; empty when the form has none. */
export async function formExtras(executor: Executor, formId: string): Promise<FormExtras> {
  const [content] = await executor
    .select({ document: formContents.document })
    .from(formContents)
    .where(eq(formContents.formId, formId));
  return FormExtras.parse(content?.document ?? {});
}
