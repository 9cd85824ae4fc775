import type { RegistryAnswer, RegistryPerson } from '@mse/domain/intake';
import type { PlainDate } from '@mse/domain/shared';

export type RegistryName = 'persons' | 'mobile-citizens' | 'attached-population' | 'guardianship';

/** A person with everything the registry of persons tells. */
export interface RegisteredPerson extends RegistryPerson {
  iin: string;
  sex: 'female' | 'male';
  permanentRegistration: { unitCode: string; kk: string; ru: string } | null;
  asOf: Date;
}

/** Guardianship seen from one person. */
export interface RegisteredGuardianship {
  wards: { iin: string; basis: 'parent' | 'guardian' | 'trustee'; validFrom: PlainDate; validUntil: PlainDate | null }[];
  guardians: { iin: string; basis: 'parent' | 'guardian' | 'trustee'; validFrom: PlainDate; validUntil: PlainDate | null }[];
}

/** The outside registries, one port each. `silent` = no usable answer in time; it is never read as a "no". */
export interface Registries {
  person(iin: string): Promise<RegistryAnswer<RegisteredPerson>>;
  phone(iin: string): Promise<RegistryAnswer<string | null>>;
  attachment(iin: string): Promise<RegistryAnswer<{ organizationBin: string; attachedOn: PlainDate }>>;
  guardianship(iin: string): Promise<RegistryAnswer<RegisteredGuardianship>>;
  /** For the health page. */
  states(): { name: RegistryName; state: 'closed' | 'open' | 'half-open' | 'unknown'; lastSuccessAt: Date | null }[];
}

export function createRegistries(_settings: object, _clock: object, _random: object, _log: object, _metrics: object): Registries {
  const silent = () => Promise.resolve({ kind: 'silent' as const });
  return { person: silent, phone: silent, attachment: silent, guardianship: silent, states: () => [] };
}
