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
  /** The form as it can be kept: what the contract knows of it, without the rows that cannot be taken. */
  content: Record<string, unknown>;
}

const NOTHING: ReadDocument = { form: null, organizationName: null, unusable: [], content: {} };

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
        content: read.data,
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
      part === null ? undefined : typeof part === 'string' ? storable(part) : part,
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** PostgreSQL keeps neither null characters nor halves of surrogate pairs. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Takes one row out: the field itself, or in a list the field of one entry. An entry that is no object becomes an empty one, so that the others keep their numbers. */
function takeOut(rows: Record<string, unknown>, path: string[], unusable: string[]): void {
  const name = path.join('.');
  if (!unusable.includes(name)) unusable.push(name);
  const [top = '', ...inner] = path;
  const last = inner.at(-1);
  let holder: unknown = rows[top];
  for (const step of inner.slice(0, -1)) holder = isHolder(holder) ? holder[step] : undefined;
  if (last !== undefined && isHolder(holder)) {
    if (Array.isArray(holder)) holder[Number(last)] = {};
    else delete holder[last];
    return;
  }
  delete rows[top];
  // The two rows the schema cannot do without.
  if (top === 'patient') rows.patient = {};
  if (top === 'track') rows.track = 'in-person';
}

function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A number that is no ИИН is as good as none. */
function person(given: z.output<typeof Form031Document>['patient']): FormPerson {
  const { iin, ...rest } = given;
  const digits = iin === undefined ? undefined : parseIin(iin);
  return { ...rest, ...(digits ? { iin: digits } : {}) };
}
