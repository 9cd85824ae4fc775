/** Four state registries behind one HTTP protocol each, with faults to switch on. */
import { Hono, type Context } from 'hono';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import {
  RegistryPerson,
  type RegistryAttachment,
  type RegistryChange,
  type RegistryData,
  type RegistryGuardianship,
} from './registry-data.ts';

export const registryNames = ['persons', 'mobile-citizens', 'attached-population', 'guardianship'] as const;
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
  close(): void;
}

const Lookup = z.strictObject({ requestId: z.string().min(1).max(100), iin: z.string().regex(/^\d{12}$/) });

const HUGE_BYTES = 10_000_000;
const YEAR_MS = 365 * 86_400_000;

/** The registries over a copy of `data`. Every call must carry `token` as a bearer token. */
export function registriesSimulator(data: RegistryData, token: string): RegistriesSimulator {
  const people = new Map(data.people.map((each) => [each.iin, each]));
  const phones = new Map(data.phones.map((each) => [each.iin, each.phone]));
  const attachments = new Map(data.attachments.map((each) => [each.iin, each]));
  let guardianships: RegistryGuardianship[] = [...data.guardianships];
  const settings = byRegistry<FaultSetting>(() => ({ fault: 'none', rate: 1, delayMs: 2_000 }));
  const calls = byRegistry(() => 0);
  const hanging = new Set<() => void>();

  const answers: Record<RegistryName, (iin: string, asOf: string) => object> = {
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
      const parsed = Lookup.safeParse(await context.req.json().catch(() => null));
      if (!parsed.success) return context.json({ error: 'bad-request' }, 400);
      const { fault, rate, delayMs } = settings[registry];
      const active = Math.random() < rate ? fault : 'none';
      const age = active === 'old-data' ? YEAR_MS : 0;
      const answer = answers[registry](parsed.data.iin, new Date(Date.now() - age).toISOString());
      return respond(context, active, answer, delayMs);
    });
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
    change(change) {
      const problem = change.person === undefined ? null : changePerson(change.person);
      if (problem !== null) return problem;
      if (change.phone !== undefined) {
        if (change.phone.phone === null) phones.delete(change.phone.iin);
        else phones.set(change.phone.iin, change.phone.phone);
      }
      if (change.attachment !== undefined) changeAttachment(change.attachment);
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
  };
}
