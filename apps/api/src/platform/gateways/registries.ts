import type { RegistryAnswer, RegistryPerson } from '@mse/domain/intake';
import type { PlainDate } from '@mse/domain/shared';
import type { Settings } from '../../env.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Random } from '../random.ts';
import {
  AttachmentAnswer,
  DEFAULT_REGISTRY_POLICY,
  type Fetch,
  GuardianshipAnswer,
  type HttpRegistry,
  httpRegistry,
  personAnswer,
  PhoneAnswer,
} from './http-registry.ts';

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
  wards: {
    iin: string;
    basis: 'parent' | 'guardian' | 'trustee';
    validFrom: PlainDate;
    validUntil: PlainDate | null;
  }[];
  guardians: {
    iin: string;
    basis: 'parent' | 'guardian' | 'trustee';
    validFrom: PlainDate;
    validUntil: PlainDate | null;
  }[];
}

/** The outside registries, one port each. `silent` = no usable answer in time; it is never read as a "no". */
export interface Registries {
  person(iin: string): Promise<RegistryAnswer<RegisteredPerson>>;
  phone(iin: string): Promise<RegistryAnswer<string | null>>;
  attachment(iin: string): Promise<RegistryAnswer<{ organizationBin: string; attachedOn: PlainDate }>>;
  guardianship(iin: string): Promise<RegistryAnswer<RegisteredGuardianship>>;
  /** For the health page. */
  states(): {
    name: RegistryName;
    state: 'closed' | 'open' | 'half-open' | 'unknown';
    lastSuccessAt: Date | null;
  }[];
}

/**
 * The registries over HTTP, each with its own time limit, breaker and lines. `clock` is the outside world's, never a
 * moved one: registries and their pauses do not follow a demonstration. Every failure reads as `silent`.
 */
export function createRegistries(
  settings: Settings,
  clock: Clock,
  random: Random,
  log: Log,
  metrics: Metrics,
  fetch?: Fetch,
): Registries {
  const base = settings.REGISTRIES_URL.replace(/\/+$/, '');
  const addresses: Record<RegistryName, string | undefined> = {
    persons: settings.REGISTRY_PERSONS_URL,
    'mobile-citizens': settings.REGISTRY_MOBILE_CITIZENS_URL,
    'attached-population': settings.REGISTRY_ATTACHED_POPULATION_URL,
    guardianship: settings.REGISTRY_GUARDIANSHIP_URL,
  };
  const open = (name: RegistryName): HttpRegistry =>
    httpRegistry({
      name,
      url: `${addresses[name]?.replace(/\/+$/, '') ?? `${base}/${name}`}/lookup`,
      token: settings.REGISTRIES_TOKEN,
      policy: { ...DEFAULT_REGISTRY_POLICY, timeoutMs: settings.REGISTRY_TIMEOUT_MS },
      clock,
      random,
      log,
      metrics,
      ...(fetch ? { fetch } : {}),
    });
  const registries: Record<RegistryName, HttpRegistry> = {
    persons: open('persons'),
    'mobile-citizens': open('mobile-citizens'),
    'attached-population': open('attached-population'),
    guardianship: open('guardianship'),
  };

  return {
    async person(iin) {
      const answer = await registries.persons.lookup(iin, personAnswer(iin));
      if (!answer) return { kind: 'silent' };
      if (!answer.found) return { kind: 'not-found' };
      const { person, asOf } = answer;
      return {
        kind: 'found',
        value: { ...person, hasPermanentRegistration: person.permanentRegistration !== null, asOf },
      };
    },
    async phone(iin) {
      const answer = await registries['mobile-citizens'].lookup(iin, PhoneAnswer);
      if (!answer) return { kind: 'silent' };
      return answer.found ? { kind: 'found', value: answer.phone } : { kind: 'not-found' };
    },
    async attachment(iin) {
      const answer = await registries['attached-population'].lookup(iin, AttachmentAnswer);
      if (!answer) return { kind: 'silent' };
      if (!answer.found || answer.organizationBin === null || answer.attachedOn === null)
        return { kind: 'not-found' };
      return {
        kind: 'found',
        value: { organizationBin: answer.organizationBin, attachedOn: answer.attachedOn },
      };
    },
    async guardianship(iin) {
      const answer = await registries.guardianship.lookup(iin, GuardianshipAnswer);
      if (!answer) return { kind: 'silent' };
      return {
        kind: 'found',
        value: {
          wards: answer.wards.map(({ wardIin, ...link }) => ({ iin: wardIin, ...link })),
          guardians: answer.guardians.map(({ guardianIin, ...link }) => ({ iin: guardianIin, ...link })),
        },
      };
    },
    states: () =>
      (Object.keys(registries) as RegistryName[]).map((name) => ({ name, ...registries[name].state() })),
  };
}
