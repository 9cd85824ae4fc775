import { type PlainDate, plainDate } from '@mse/domain/shared';

/** A wording of the consent; the words stand in `consent:text.<version>` of the texts, in three languages. */
export interface ConsentVersion {
  version: string;
  /** First day on which this wording is asked for. */
  validFrom: PlainDate;
}

/** EQ-16: wordings of the consent, oldest first. A new wording is a new line; a line once used is never changed. */
export const CONSENT_VERSIONS: readonly ConsentVersion[] = [
  { version: '2026-07-12', validFrom: plainDate('2026-07-12') },
];

/** EQ-16: the wording in force on a date. */
export function consentVersionOn(
  date: PlainDate,
  versions: readonly ConsentVersion[] = CONSENT_VERSIONS,
): string {
  const inForce = versions.findLast((each) => each.validFrom <= date) ?? versions[0];
  if (!inForce) throw new Error('There is no wording of the consent');
  return inForce.version;
}
