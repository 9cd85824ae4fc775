import type { RegistryAnswer, RegistryPerson } from '@mse/domain/intake';
import type { PlainDate } from '@mse/domain/shared';
import type { Settings } from '../../env.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Random } from '../random.ts';
import {
  AttachmentAnswer,
  ConsentAnswer,
  DEFAULT_REGISTRY_POLICY,
  DocumentAnswer,
  DocumentContentAnswer,
  type Fetch,
  GuardianshipAnswer,
  type HttpRegistry,
  httpRegistry,
  PersonAnswer,
  PhoneAnswer,
  QuestionnairesAnswer,
  type RegistryPolicy,
} from './http-registry.ts';

export type RegistryName =
  | 'persons'
  | 'mobile-citizens'
  | 'attached-population'
  | 'guardianship'
  | 'consents'
  | 'aid-questionnaires'
  | 'document-store';

/** IN-11: a file as the electronic document store describes it. */
export interface StoredDocument {
  /** Lower-case hexadecimal. */
  sha256: string;
  bytes: number;
}

/** Largest file of a form, bytes. */
export const MAX_FILE_BYTES = 15_000_000;

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
  /** F001: the SMS of consent with this id. */
  consent(messageId: string): Promise<RegistryAnswer<{ patientIin: string; responder: string }>>;
  /** F012: defects for which the person has a filled questionnaire in the system of technical means. */
  questionnaires(iin: string): Promise<RegistryAnswer<readonly string[]>>;
  /** IN-11: what the electronic document store says of a file; its content is fetched apart. */
  document(fileId: string): Promise<RegistryAnswer<StoredDocument>>;
  /** The bytes of a file that was described; null when the store gave none to rely on. */
  documentContent(fileId: string): Promise<Buffer | null>;
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
    consents: settings.REGISTRY_CONSENTS_URL,
    'aid-questionnaires': settings.REGISTRY_AID_QUESTIONNAIRES_URL,
    'document-store': settings.REGISTRY_DOCUMENT_STORE_URL,
  };
  const open = (name: RegistryName, path = 'lookup', policy: Partial<RegistryPolicy> = {}): HttpRegistry =>
    httpRegistry({
      name,
      url: `${addresses[name]?.replace(/\/+$/, '') ?? `${base}/${name}`}/${path}`,
      token: settings.REGISTRIES_TOKEN,
      policy: { ...DEFAULT_REGISTRY_POLICY, timeoutMs: settings.REGISTRY_TIMEOUT_MS, ...policy },
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
    consents: open('consents'),
    'aid-questionnaires': open('aid-questionnaires'),
    'document-store': open('document-store'),
  };
  // Contents are large, so few come at a time and each has longer.
  const contents = open('document-store', 'content', {
    maxBytes: Math.ceil((MAX_FILE_BYTES * 4) / 3) + 1024,
    inFlight: 4,
    timeoutMs: settings.REGISTRY_TIMEOUT_MS * 4,
  });

  return {
    async person(iin) {
      const answer = await registries.persons.lookup(
        iin,
        PersonAnswer,
        (given) => !given.found || given.person.iin === iin,
      );
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
    async consent(messageId) {
      const answer = await registries.consents.question({ messageId }, ConsentAnswer);
      if (!answer) return { kind: 'silent' };
      if (!answer.found || answer.patientIin === null || answer.responder === null)
        return { kind: 'not-found' };
      return { kind: 'found', value: { patientIin: answer.patientIin, responder: answer.responder } };
    },
    async questionnaires(iin) {
      const answer = await registries['aid-questionnaires'].lookup(iin, QuestionnairesAnswer);
      if (!answer) return { kind: 'silent' };
      return answer.found ? { kind: 'found', value: answer.defects } : { kind: 'not-found' };
    },
    async document(fileId) {
      const answer = await registries['document-store'].question(
        { fileId },
        DocumentAnswer,
        (given) => !given.found || given.file.fileId === fileId,
      );
      if (!answer) return { kind: 'silent' };
      if (!answer.found) return { kind: 'not-found' };
      return {
        kind: 'found',
        value: { sha256: answer.file.sha256.toLowerCase(), bytes: answer.file.bytes },
      };
    },
    async documentContent(fileId) {
      const answer = await contents.question(
        { fileId },
        DocumentContentAnswer,
        (given) => given.fileId === fileId,
      );
      return answer ? Buffer.from(answer.content, 'base64') : null;
    },
    states: () =>
      (Object.keys(registries) as RegistryName[]).map((name) => ({ name, ...registries[name].state() })),
  };
}
