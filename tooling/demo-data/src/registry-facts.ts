import type { IntakeFacts, RegistryAnswer, RegistryPerson, SubmittedForm } from '@mse/domain/intake';
import { plainDate } from '@mse/domain/shared';
import type { Population } from './population/types.ts';

/** What the registries of the demonstration answer when a form is checked; the signature is taken to hold. */
export function registryFacts(
  population: Population,
  { patient, representative }: Pick<SubmittedForm, 'patient' | 'representative'>,
  signedAt: Date,
): IntakeFacts {
  const find = (iin: string | undefined) => population.people.find((candidate) => candidate.iin === iin);

  function registered(iin: string | undefined): RegistryAnswer<RegistryPerson> {
    const found = find(iin);
    if (found === undefined) return { kind: 'not-found' };
    const { surname, name, patronymic, birthDate, status, legalCapacity, permanentRegistration } = found;
    return {
      kind: 'found',
      value: {
        surname,
        name,
        patronymic,
        birthDate: plainDate(birthDate),
        status,
        legalCapacity,
        hasPermanentRegistration: permanentRegistration !== null,
      },
    };
  }

  function phone(iin: string | undefined): RegistryAnswer<string | null> {
    const number = find(iin)?.phone ?? null;
    return number === null ? { kind: 'not-found' } : { kind: 'found', value: number };
  }

  return {
    signatureHolds: true,
    signedAt,
    patient: registered(patient.iin),
    representative: representative === undefined ? null : registered(representative.iin),
    patientPhone: phone(patient.iin),
    representativePhone: representative === undefined ? null : phone(representative.iin),
    messageIdPassed: false,
    formUnderReview: false,
  };
}
