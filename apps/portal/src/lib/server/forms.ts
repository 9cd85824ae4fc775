import type { z } from 'zod';
import type { FieldErrors } from '../field-errors.ts';

/** A form as it arrived: checked values, or the first error of each field and what the person typed. */
export type ReadForm<Schema extends z.ZodType> =
  { ok: true; data: z.output<Schema> } | { ok: false; errors: FieldErrors; typed: Record<string, string> };

/** Checks the fields of a form with the contract the API uses, too. `lists` names the fields that may come several times. */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  form: FormData,
  lists: readonly string[] = [],
): ReadForm<Schema> {
  const fields: Record<string, unknown> = {};
  const typed: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string' || lists.includes(name)) continue;
    fields[name] = value;
    typed[name] = value;
  }
  for (const name of lists) fields[name] = form.getAll(name).filter((value) => typeof value === 'string');
  const read = schema.safeParse(fields);
  if (read.success) return { ok: true, data: read.data };
  const errors: FieldErrors = {};
  for (const issue of read.error.issues) {
    const field = String(issue.path[0] ?? '');
    errors[field] ??= /^[a-z-]+$/.test(issue.message) ? issue.message : 'invalid';
  }
  return { ok: false, errors, typed };
}
