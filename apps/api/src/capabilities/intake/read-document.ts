import { Form031Document } from '@mse/contracts/intake';
import type { FormPerson, SubmittedForm } from '@mse/domain/intake';
import { parseIin } from '@mse/domain/shared';
import type { z } from 'zod';

/** A form as far as it can be read. */
export interface ReadDocument {
  /** Null when the bytes hold no form at all (F002). */
  form: SubmittedForm | null;
  organizationName: string | null;
  /** Rows whose content cannot be taken (wrong kind, too long, unknown word): as good as empty (F008). */
  unusable: string[];
}

const NOTHING: ReadDocument = { form: null, organizationName: null, unusable: [] };

/**
 * Reads the bytes of a form 031/у. What is wrong in single rows does not hide the other rows, so that the sender hears of
 * everything at once. Null counts as absent.
 */
export function readDocument(bytes: Buffer): ReadDocument {
  const rows = parseRows(bytes);
  if (!rows) return NOTHING;
  const unusable: string[] = [];
  // Each round takes the rows out that were complained of; two suffice, a third guards against a mistake in the schema.
  for (let round = 0; round < 3; round += 1) {
    const read = Form031Document.safeParse(rows);
    if (read.success) {
      const { organizationName, ...form } = read.data;
      return {
        form: {
          ...form,
          patient: person(form.patient),
          ...(form.representative ? { representative: person(form.representative) } : {}),
        },
        organizationName: organizationName ?? null,
        unusable,
      };
    }
    for (const issue of read.error.issues) takeOut(rows, issue.path.map(String), unusable);
  }
  return NOTHING;
}

/** The top rows as plain data without nulls and without texts the database cannot hold; null when the bytes are no JSON object. */
function parseRows(bytes: Buffer): Record<string, unknown> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text, (_key, part: unknown) =>
      part === null ? undefined : typeof part === 'string' ? part.replaceAll('\0', '') : part,
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function takeOut(rows: Record<string, unknown>, path: string[], unusable: string[]): void {
  const name = path.join('.');
  if (!unusable.includes(name)) unusable.push(name);
  const [top = '', inner] = path;
  const holder = rows[top];
  if (inner !== undefined && typeof holder === 'object' && holder !== null) {
    delete (holder as Record<string, unknown>)[inner];
    return;
  }
  delete rows[top];
  // The two rows the schema cannot do without.
  if (top === 'patient') rows.patient = {};
  if (top === 'track') rows.track = 'in-person';
}

/** A number that is no ИИН is as good as none. */
function person(given: z.output<typeof Form031Document>['patient']): FormPerson {
  const { iin, ...rest } = given;
  const digits = iin === undefined ? undefined : parseIin(iin);
  return { ...rest, ...(digits ? { iin: digits } : {}) };
}
