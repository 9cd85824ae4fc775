import { ApplicationFields } from '@mse/contracts/in-person';
import { IN_PERSON_DOCUMENTS } from '@mse/domain/in-person';

/** What a form of an application said, in the shape the contract judges; a row "absent" is left out. */
export function readApplication(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const documents = IN_PERSON_DOCUMENTS.flatMap((document) => {
    const source = text(`source.${document}`);
    if (source === '' || source === 'absent') return [];
    return [
      {
        document,
        source,
        sheets: text(`sheets.${document}`) || '1',
        validUntil: text(`until.${document}`) || null,
      },
    ];
  });
  const fields = ApplicationFields.safeParse({
    byRepresentative: form.has('byRepresentative'),
    working: form.has('working'),
    first: form.has('first'),
    injury: text('injury'),
    earlyReason: text('earlyReason'),
    consented: form.has('consented'),
    placeConsented: form.has('placeConsented'),
    documents,
  });
  return { fields, named: documents.map((row) => row.document) };
}

/** The id of the input an error belongs to: `documents.2.sheets` is the sheets of the third row that was handed in. */
export function inputOf(path: readonly PropertyKey[], named: readonly string[]): string {
  const [field, index, part] = path;
  if (field !== 'documents' || typeof index !== 'number') return String(field);
  const inputs: Record<string, string> = { sheets: 'sheets', validUntil: 'until' };
  return `${inputs[String(part)] ?? 'source'}.${named[index]}`;
}
