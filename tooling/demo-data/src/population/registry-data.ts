import type { DateText, Guardianship, Person, Population } from './types.ts';

/** A person as the base of natural persons answers. */
export type RegistryPerson = Pick<
  Person,
  | 'iin'
  | 'surname'
  | 'name'
  | 'patronymic'
  | 'birthDate'
  | 'sex'
  | 'status'
  | 'legalCapacity'
  | 'permanentRegistration'
>;

/** What the state registries and services know. */
export interface RegistryData {
  people: RegistryPerson[];
  phones: { iin: string; phone: string }[];
  attachments: { iin: string; organizationBin: string; attachedOn: DateText }[];
  guardianships: Guardianship[];
  consents: { messageId: string; patientIin: string; responder: string }[];
  questionnaires: { iin: string; defects: string[] }[];
  files: { fileId: string; content: string }[];
}

/** The population as the simulated registries hold it; nothing the registries do not know is passed on. */
export function toRegistryData(population: Population): RegistryData {
  return {
    people: population.people.map((person) => ({
      iin: person.iin,
      surname: person.surname,
      name: person.name,
      patronymic: person.patronymic,
      birthDate: person.birthDate,
      sex: person.sex,
      status: person.status,
      legalCapacity: person.legalCapacity,
      permanentRegistration: person.permanentRegistration,
    })),
    phones: population.people.flatMap(({ iin, phone }) => (phone === null ? [] : [{ iin, phone }])),
    attachments: population.people.flatMap(({ iin, clinicBin, attachedOn }) =>
      clinicBin === null || attachedOn === null ? [] : [{ iin, organizationBin: clinicBin, attachedOn }],
    ),
    guardianships: population.guardianships.map((guardianship) => ({ ...guardianship })),
    consents: [],
    questionnaires: [],
    files: [],
  };
}
