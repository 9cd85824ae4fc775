/** State registries and services behind one HTTP protocol each, with faults to switch on. */
import { createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import {
  RegistryPerson,
  type StoredFile,
  type RegistryAttachment,
  type RegistryChange,
  type RegistryData,
  type RegistryGuardianship,
} from './registry-data.ts';

export const registryNames = [
  'persons',
  'mobile-citizens',
  'attached-population',
  'guardianship',
  'consents',
  'aid-questionnaires',
  'document-store',
] as const;
export type RegistryName = (typeof registryNames)[number];

export const registryFaults = [
  'none',
  /** HTTP 500. */
  'error',
  /** Takes the question and never answers. */
  'hang',
  /** The right answer after `delayMs`. */
  'slow',
  /** The right answer, one byte a second. */
  'drip',
  /** HTTP 200 with something that is not JSON. */
  'garbage',
  /** HTTP 200 with 10 MB. */
  'huge',
  /** HTTP 200 with JSON of another shape. */
  'wrong-schema',
  /** The right answer, but as of a year ago. */
  'old-data',
] as const;
export type RegistryFault = (typeof registryFaults)[number];

export interface FaultSetting {
  fault: RegistryFault;
  /** Share of calls, 0 to 1, that meet the fault. */
  rate: number;
  /** For 'slow', milliseconds. */
  delayMs: number;
}

export interface RegistriesSimulator {
  app: Hono;
  setFault(registry: RegistryName | 'all', setting: Partial<FaultSetting>): void;
  faults(): Record<RegistryName, FaultSetting>;
  /** Calls that came to each registry, right or wrong. */
  calls(): Record<RegistryName, number>;
  /** Changes the content; a sentence when the change makes no sense, else null. */
  change(change: RegistryChange): string | null;
  person(iin: string): RegistryPerson | null;
  /** The number in the base of mobile citizens. */
  phone(iin: string): string | null;
  close(): void;
}

const RequestId = z.string().min(1).max(100);
const Lookup = z.strictObject({ requestId: RequestId, iin: z.string().regex(/^\d{12}$/) });
const ConsentLookup = z.strictObject({ requestId: RequestId, messageId: z.string().min(1).max(100) });
const FileLookup = z.strictObject({ requestId: RequestId, fileId: z.string().min(1).max(100) });

const HUGE_BYTES = 10_000_000;
const YEAR_MS = 365 * 86_400_000;

/** The registries over a copy of `data`. Every call must carry `token` as a bearer token. */
export function registriesSimulator(data: RegistryData, token: string): RegistriesSimulator {
  const people = new Map(data.people.map((each) => [each.iin, each]));
  const phones = new Map(data.phones.map((each) => [each.iin, each.phone]));
  const attachments = new Map(data.attachments.map((each) => [each.iin, each]));
  const consents = new Map((data.consents ?? []).map((each) => [each.messageId, each]));
  const questionnaires = new Map((data.questionnaires ?? []).map((each) => [each.iin, each.defects]));
  const files = new Map((data.files ?? []).map((each) => [each.fileId, stored(each)]));
  let guardianships: RegistryGuardianship[] = [...data.guardianships];
  const settings = byRegistry<FaultSetting>(() => ({ fault: 'none', rate: 1, delayMs: 2_000 }));
  const calls = byRegistry(() => 0);
  const hanging = new Set<() => void>();

  /** What each registry says about its subject: a person by number, an SMS or a file by id. */
  const answers: Record<RegistryName, (subject: string, asOf: string) => object> = {
    consents(messageId, asOf) {
      const consent = consents.get(messageId);
      return {
        found: consent !== undefined,
        asOf,
        patientIin: consent?.patientIin ?? null,
        responder: consent?.responder ?? null,
      };
    },
    'aid-questionnaires'(iin, asOf) {
      const defects = questionnaires.get(iin);
      return { found: defects !== undefined, asOf, defects: defects ?? [] };
    },
    'document-store'(fileId, asOf) {
      const file = files.get(fileId);
      return file === undefined
        ? { found: false, asOf }
        : { found: true, asOf, file: { fileId, sha256: file.sha256, bytes: file.content.length } };
    },
    persons(iin, asOf) {
      const person = people.get(iin);
      return person === undefined ? { found: false, asOf } : { found: true, asOf, person };
    },
    'mobile-citizens'(iin, asOf) {
      const phone = phones.get(iin) ?? null;
      return { found: phone !== null, asOf, phone };
    },
    'attached-population'(iin, asOf) {
      const found = attachments.get(iin);
      return {
        found: found !== undefined,
        asOf,
        organizationBin: found?.organizationBin ?? null,
        attachedOn: found?.attachedOn ?? null,
      };
    },
    guardianship(iin, asOf) {
      const wards = guardianships
        .filter((each) => each.guardianIin === iin)
        .map(({ wardIin, basis, validFrom, validUntil }) => ({ wardIin, basis, validFrom, validUntil }));
      const guardians = guardianships
        .filter((each) => each.wardIin === iin)
        .map(({ guardianIin, basis, validFrom, validUntil }) => ({
          guardianIin,
          basis,
          validFrom,
          validUntil,
        }));
      return { found: wards.length + guardians.length > 0, asOf, wards, guardians };
    },
  };

  const app = new Hono();
  for (const registry of registryNames) {
    app.post(`/${registry}/lookup`, async (context) => {
      calls[registry] += 1;
      if (context.req.header('authorization') !== `Bearer ${token}`)
        return context.json({ error: 'unauthorized' }, 401);
      const subject = subjectOf(registry, await context.req.json().catch(() => null));
      if (subject === null) return context.json({ error: 'bad-request' }, 400);
      return answerAs(registry, context, (asOf) => answers[registry](subject, asOf));
    });
  }
  app.post('/document-store/content', async (context) => {
    if (context.req.header('authorization') !== `Bearer ${token}`)
      return context.json({ error: 'unauthorized' }, 401);
    const subject = subjectOf('document-store', await context.req.json().catch(() => null));
    const file = files.get(subject ?? '');
    if (subject === null || file === undefined) return context.json({ error: 'not-found' }, 404);
    return answerAs('document-store', context, (asOf) => ({
      found: true,
      asOf,
      fileId: subject,
      content: file.content.toString('base64'),
    }));
  });

  function answerAs(
    registry: RegistryName,
    context: Context,
    answer: (asOf: string) => object,
  ): Promise<Response> {
    const { fault, rate, delayMs } = settings[registry];
    const active = Math.random() < rate ? fault : 'none';
    const age = active === 'old-data' ? YEAR_MS : 0;
    return respond(context, active, answer(new Date(Date.now() - age).toISOString()), delayMs);
  }

  async function respond(
    context: Context,
    fault: RegistryFault,
    answer: object,
    delayMs: number,
  ): Promise<Response> {
    switch (fault) {
      case 'error':
        return context.json({ error: 'internal' }, 500);
      case 'hang':
        await pause(600_000, context.req.raw.signal);
        return context.json({ error: 'gateway-timeout' }, 504);
      case 'slow':
        await pause(delayMs, context.req.raw.signal);
        return context.json(answer);
      case 'drip':
        context.header('content-type', 'application/json');
        return stream(context, async (output) => {
          for (const byte of Buffer.from(JSON.stringify(answer))) {
            if (output.aborted) return;
            await output.write(Uint8Array.of(byte));
            await pause(1_000, context.req.raw.signal);
          }
        });
      case 'garbage':
        return context.body('<html><body>Service Temporarily Unavailable</body></html>', 200, {
          'content-type': 'application/json',
        });
      case 'huge':
        return context.json({ ...answer, padding: 'я'.repeat(HUGE_BYTES / 2) });
      case 'wrong-schema':
        return context.json({ status: 'OK', data: { result: [answer] } });
      case 'none':
      case 'old-data':
        return context.json(answer);
    }
  }

  /** Waits, but not longer than the caller does, nor than this simulator lives. */
  function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        hanging.delete(finish);
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      hanging.add(finish);
      signal.addEventListener('abort', finish);
    });
  }

  function changePerson(change: NonNullable<RegistryChange['person']>): string | null {
    const merged = RegistryPerson.safeParse({ ...people.get(change.iin), ...change });
    if (!merged.success) return 'A new person needs every field';
    people.set(change.iin, merged.data);
    return null;
  }

  function changeAttachment(change: NonNullable<RegistryChange['attachment']>): void {
    if (change.organizationBin === null) {
      attachments.delete(change.iin);
      return;
    }
    const attachment: RegistryAttachment = {
      iin: change.iin,
      organizationBin: change.organizationBin,
      attachedOn: change.attachedOn ?? attachments.get(change.iin)?.attachedOn ?? null,
    };
    attachments.set(change.iin, attachment);
  }

  function removeGuardianship(pair: { guardianIin: string; wardIin: string }): void {
    guardianships = guardianships.filter(
      (each) => each.guardianIin !== pair.guardianIin || each.wardIin !== pair.wardIin,
    );
  }

  return {
    app,
    setFault(registry, setting) {
      for (const each of registryNames)
        if (registry === 'all' || registry === each) settings[each] = { ...settings[each], ...setting };
    },
    faults: () => structuredClone(settings),
    calls: () => ({ ...calls }),
    person: (iin) => people.get(iin) ?? null,
    phone: (iin) => phones.get(iin) ?? null,
    change(change) {
      const problem = change.person === undefined ? null : changePerson(change.person);
      if (problem !== null) return problem;
      if (change.phone !== undefined) {
        if (change.phone.phone === null) phones.delete(change.phone.iin);
        else phones.set(change.phone.iin, change.phone.phone);
      }
      if (change.attachment !== undefined) changeAttachment(change.attachment);
      if (change.consent !== undefined) consents.set(change.consent.messageId, change.consent);
      if (change.removeConsent !== undefined) consents.delete(change.removeConsent.messageId);
      if (change.questionnaires !== undefined)
        questionnaires.set(change.questionnaires.iin, change.questionnaires.defects);
      if (change.file !== undefined) files.set(change.file.fileId, stored(change.file));
      if (change.removeFile !== undefined) files.delete(change.removeFile.fileId);
      if (change.removeGuardianship !== undefined) removeGuardianship(change.removeGuardianship);
      if (change.addGuardianship !== undefined) {
        removeGuardianship(change.addGuardianship);
        guardianships.push(change.addGuardianship);
      }
      return null;
    },
    close() {
      for (const finish of [...hanging]) finish();
    },
  };
}

function byRegistry<T>(make: () => T): Record<RegistryName, T> {
  return {
    persons: make(),
    'mobile-citizens': make(),
    'attached-population': make(),
    guardianship: make(),
    consents: make(),
    'aid-questionnaires': make(),
    'document-store': make(),
  };
}

/** What a question asks about; null when the question makes no sense. */
function subjectOf(registry: RegistryName, question: unknown): string | null {
  if (registry === 'consents') return ConsentLookup.safeParse(question).data?.messageId ?? null;
  if (registry === 'document-store') return FileLookup.safeParse(question).data?.fileId ?? null;
  return Lookup.safeParse(question).data?.iin ?? null;
}

function stored({ content, sha256 }: StoredFile): { content: Buffer; sha256: string } {
  const bytes = Buffer.from(content, 'base64');
  return { content: bytes, sha256: sha256 ?? createHash('sha256').update(bytes).digest('hex') };
}
