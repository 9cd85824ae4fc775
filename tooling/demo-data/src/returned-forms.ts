import { checkForm, type IntakeFacts } from '@mse/domain/intake';
import { addDays, addMinutes, type PlainDate, plainDate } from '@mse/domain/shared';
import type { Applicant, Chronicle } from './chronicle.ts';
import type { FormDocument } from './documents.ts';
import type { Random } from './population/random.ts';
import type { Person, Population } from './population/types.ts';
import { registryFacts } from './registry-facts.ts';

export interface ReturnedFormsSetting {
  random: Random;
  population: Population;
  /** People without a form so far, by department. */
  pools: readonly (readonly Applicant[])[];
  /** Somebody whose form is under review already. */
  underReview: Applicant;
  today: PlainDate;
  /** A working hour on or before a day. */
  signingTime(day: PlainDate): Date;
  /** A form without a flaw. */
  fill(applicant: Applicant, signedAt: Date): FormDocument;
}

interface Flaw {
  of: Applicant;
  change?(document: FormDocument): Partial<FormDocument>;
  facts?: Partial<IntakeFacts>;
}

/** IN-08: forms of the last weeks that were returned, each with the reasons the rules of intake give. */
export function tellReturnedForms(chronicle: Chronicle, setting: ReturnedFormsSetting): void {
  const { random, population, today } = setting;
  for (const { of, change, facts } of flaws(setting)) {
    const signedAt = setting.signingTime(addDays(today, -random.integer(1, 20)));
    const right = setting.fill(of, signedAt);
    const document: FormDocument = { ...right, ...change?.(right) };
    const receivedAt = addMinutes(signedAt, random.integer(2, 25));
    const known = { ...registryFacts(population, document, signedAt), ...facts };
    const verdict = checkForm(document, '', known, receivedAt);
    if (verdict.kind !== 'return') throw new Error('A flawed form of the demonstration passed the checks');
    chronicle.receive(document, signedAt, receivedAt, verdict, null);
  }
  const receivedAt = addMinutes(setting.signingTime(addDays(today, -2)), 5);
  const reasons = [{ code: 'F002' as const, detail: null }];
  chronicle.receive(null, null, receivedAt, { kind: 'return', reasons }, null);
}

function flaws({ random, population, pools, underReview }: ReturnedFormsSetting): Flaw[] {
  const free = pools.flat();
  const wards = free.filter(({ representative }) => representative !== null);
  const grown = free.filter(({ representative }) => representative === null);
  const people = (fits: (person: Person) => boolean): Applicant[] =>
    population.people.filter(fits).map((person) => ({ person, representative: null }));
  const dead = people(({ status }) => status === 'dead');
  const emigrated = people(({ status, phone }) => status === 'emigrated' && phone !== null);
  const unregistered = people(({ status, permanentRegistration, phone }) => {
    return status === 'alive' && permanentRegistration === null && phone !== null;
  });
  const somebody = () => random.pick(grown);
  const actedForBy = (of: Applicant, other: Applicant | undefined): Applicant => ({
    person: of.person,
    representative: other?.person ?? of.representative,
  });

  return [
    { of: somebody(), change: () => ({ number: undefined }) },
    { of: somebody(), change: ({ formedOn = '' }) => ({ formedOn: addDays(plainDate(formedOn), -50) }) },
    { of: somebody(), change: ({ patient }) => ({ patient: { ...patient, phone: undefined } }) },
    { of: somebody(), change: ({ patient }) => ({ patient: { ...patient, phone: '+77000000000' } }) },
    { of: somebody(), facts: { signatureHolds: false } },
    { of: somebody(), change: () => ({ anamnesis: '', objectiveStatus: '' }) },
    { of: somebody(), change: () => ({ diagnosis: undefined, icd10: undefined, number: '' }) },
    {
      of: somebody(),
      change: ({ patient }) => ({ patient: { ...patient, surname: `${patient.surname}а` } }),
    },
    { of: underReview, facts: { formUnderReview: true } },
    ...[...dead.slice(0, 2), ...emigrated.slice(0, 2), ...unregistered.slice(0, 2)].map((of) => ({ of })),
    ...wards.slice(0, 2).map((of) => ({ of, change: () => ({ representative: undefined }) })),
    ...wards.slice(2, 4).map((of) => ({ of: actedForBy(of, dead[0]) })),
    ...wards.slice(4, 6).map((of) => ({ of: actedForBy(of, emigrated[0]) })),
    ...wards.slice(6, 8).map((of) => ({
      of,
      change: ({ representative }: FormDocument) => ({
        representative: { ...representative, name: 'Анна-Мария' },
      }),
    })),
  ];
}
