import { inAllLanguages } from '@mse/i18n';

/** The rows of form 031/у that have words of their own under `intake:row`; entries of lists are named with their number. */
const NAMED = [
  'purpose',
  'patient.iin',
  'patient.surname',
  'patient.name',
  'organizationBin',
  'icd10',
  'diagnosis',
  'complaints',
  'anamnesis',
  'objectiveStatus',
  'recommendations',
  'consultations',
  'laboratory',
  'treatedCases',
  'rehabilitation',
  'technicalMeans',
  'previousGroup',
  'socialInsurance',
  'position',
  'attachments',
  'sender',
] as const;

/** How a row is called in the three languages; what the form does not know by name keeps its path. */
export function rowName(row: string): { kk: string; ru: string; en: string } {
  const steps = row.split('.');
  const named = NAMED.find((name) => name === row) ?? NAMED.find((name) => name === steps[0]);
  if (!named) return { kk: row, ru: row, en: row };
  const number = steps.find((step) => /^\d+$/.test(step));
  const words = inAllLanguages(`intake:row.${named.replace('.', '-')}`);
  if (number === undefined) return words;
  const place = ` № ${Number(number) + 1}`;
  return { kk: words.kk + place, ru: words.ru + place, en: words.en + place };
}
