import { builtinVerifier, type SignatureVerifier } from '@mse/auth/signature';
import { createSessionService } from '@mse/auth/sessions';
import { connect } from '@mse/db';
import { migrateDatabase } from '@mse/db/migrate';
import * as schema from '@mse/db/schema';
import type { StaffRole } from '@mse/domain/access';
import type { SessionAudience, TrustLevel } from '@mse/domain/identity';
import type { RegistryAnswer } from '@mse/domain/intake';
import { lastValidDay, planPlaces } from '@mse/domain/queue';
import { workingCalendar } from '@mse/domain/calendar';
import {
  addDays,
  type Language,
  type PlainDate,
  plainDate,
  plainTime,
  toBusinessDate,
  toInstant,
} from '@mse/domain/shared';
import { startPostgres, type PostgresServer } from '@mse/run/postgres';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answersSettled } from '../src/capabilities/identity/after-answer.ts';
import { candidateFakes } from './candidate-fakes.ts';
import { startReferenceData } from '../src/capabilities/reference/reference-data.ts';
import type { Deps } from '../src/deps.ts';
import { Settings } from '../src/env.ts';
import { createHttp } from '../src/http.ts';
import { createLimits } from '../src/platform/limits.ts';
import type {
  RegisteredGuardianship,
  RegisteredPerson,
  Registries,
  RegistryName,
} from '../src/platform/gateways/registries.ts';
import { createDigitalDocuments } from '../src/platform/gateways/digital-documents.ts';
import { createReceivers } from '../src/platform/gateways/receivers.ts';
import { createLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { type Random, secureRandom, uuidAt } from '../src/platform/random.ts';
import { prepareJobs, startJobs } from '../src/platform/jobs.ts';
import { startLiveUpdates } from '../src/platform/live.ts';
import { appRouter } from '../src/router.ts';
import { type CallContext, createCallerFactory } from '../src/trpc.ts';
import { findCaller } from '../src/capabilities/identity/find-caller.ts';

const createCaller = createCallerFactory(appRouter);

/** A clock that stands still until the test moves it. */
export interface FrozenClock {
  now(): Date;
  /** `2026-11-23T09:15` or with seconds, on the wall clock of Kazakhstan. */
  set(local: string): void;
  forward(minutes: number): void;
}

/** Registries that answer from memory and fall silent on demand. */
export interface FakeRegistries extends Registries {
  put(person: RegisteredPerson, phone?: string | null): void;
  guard(
    guardianIin: string,
    wardIin: string,
    basis: 'parent' | 'guardian' | 'trustee',
    validFrom: PlainDate,
    validUntil: PlainDate | null,
  ): void;
  /** What the registries of the remote track know about somebody. */
  putRemote(
    iin: string,
    facts: {
      organizationBin?: string;
      consent?: { messageId: string; responder: string };
      defects?: readonly string[];
      files?: Record<string, Buffer>;
    },
  ): void;
  silence(...names: RegistryName[]): void;
  answerAgain(): void;
}

/** Reads `2026-11-23T09:15[:30]` as a wall clock in Kazakhstan. */
export function local(text: string): Date {
  const [date = '', time = ''] = text.split('T');
  const instant = toInstant(plainDate(date), plainTime(time.slice(0, 5)));
  return new Date(instant.getTime() + Number(time.slice(6, 8) || 0) * 1000);
}

function frozenClock(start: string): FrozenClock {
  let now = local(start);
  return {
    now: () => new Date(now),
    set: (text) => {
      now = local(text);
    },
    forward: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
  };
}

/** Chance that repeats with its seed (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return (value ^ (value >>> 14)) >>> 0;
  };
  const bytes = (count: number) => Buffer.from(Array.from({ length: count }, () => next() & 0xff));
  return { id: (at) => uuidAt(at, bytes(10)), bytes, below: (limit) => next() % limit };
}

let own: Promise<{ server: PostgresServer; template: string }> | undefined;

/** The server tests share: the one `npm test` started, or one of this process's own. */
async function testServer(): Promise<{
  databaseUrl(name: string): string;
  createDatabase(name: string): Promise<string>;
}> {
  const adminUrl = process.env.TEST_DATABASE_ADMIN_URL;
  const template = process.env.TEST_TEMPLATE_DATABASE;
  if (adminUrl && template) {
    const urlOf = (name: string) => Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
    return {
      databaseUrl: urlOf,
      async createDatabase(name) {
        const admin = connect({ url: adminUrl, max: 1, role: null });
        try {
          await admin.sql.unsafe(`create database "${name}" template "${template}"`);
        } finally {
          await admin.close();
        }
        return urlOf(name);
      },
    };
  }
  own ??= startTestServer(`saraptama-test-${process.pid}`);
  const { server, template: ownTemplate } = await own;
  return {
    databaseUrl: (name) => server.databaseUrl(name),
    createDatabase: (name) => server.createDatabase(name, ownTemplate),
  };
}

/** A throw-away server with a template database that has every table; `settings` as `postgres -c name=value`. */
export async function startTestServer(folder: string, settings: Record<string, string> = {}) {
  const server = await startPostgres({
    dataDir: join(tmpdir(), folder),
    ephemeral: true,
    fast: true,
    settings,
  });
  const template = 'template_saraptama';
  const url = await server.createDatabase(template);
  await migrateDatabase({ url });
  await prepareJobs(url, 'saraptama_app');
  return { server, template };
}

function fakeRegistries(clock: FrozenClock): FakeRegistries {
  const people = new Map<string, RegisteredPerson>();
  const phones = new Map<string, string | null>();
  const links: {
    guardianIin: string;
    wardIin: string;
    basis: 'parent' | 'guardian' | 'trustee';
    validFrom: PlainDate;
    validUntil: PlainDate | null;
  }[] = [];
  const attachments = new Map<string, { organizationBin: string; attachedOn: PlainDate }>();
  const consents = new Map<string, { patientIin: string; responder: string }>();
  const questionnaires = new Map<string, readonly string[]>();
  const documents = new Map<string, Buffer>();
  const silent = new Set<RegistryName>();
  const answer = <Value>(name: RegistryName, value: Value | undefined): RegistryAnswer<Value> =>
    silent.has(name)
      ? { kind: 'silent' }
      : value === undefined
        ? { kind: 'not-found' }
        : { kind: 'found', value };
  return {
    person: (iin) =>
      Promise.resolve(
        answer(
          'persons',
          people.has(iin) ? { ...(people.get(iin) as RegisteredPerson), asOf: clock.now() } : undefined,
        ),
      ),
    phone: (iin) => Promise.resolve(answer('mobile-citizens', phones.get(iin))),
    attachment: (iin) => Promise.resolve(answer('attached-population', attachments.get(iin))),
    guardianship: (iin) => {
      const found: RegisteredGuardianship = {
        wards: links
          .filter((link) => link.guardianIin === iin)
          .map(({ wardIin, basis, validFrom, validUntil }) => ({
            iin: wardIin,
            basis,
            validFrom,
            validUntil,
          })),
        guardians: links
          .filter((link) => link.wardIin === iin)
          .map(({ guardianIin, basis, validFrom, validUntil }) => ({
            iin: guardianIin,
            basis,
            validFrom,
            validUntil,
          })),
      };
      return Promise.resolve(answer('guardianship', found));
    },
    consent: (messageId) => Promise.resolve(answer('consents', consents.get(messageId))),
    questionnaires: (iin) => Promise.resolve(answer('aid-questionnaires', questionnaires.get(iin))),
    document: (fileId) => {
      const content = documents.get(fileId);
      return Promise.resolve(
        answer(
          'document-store',
          content && { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length },
        ),
      );
    },
    documentContent: (fileId) =>
      Promise.resolve(silent.has('document-store') ? null : (documents.get(fileId) ?? null)),
    states: () => [],
    putRemote(iin, facts) {
      if (facts.organizationBin)
        attachments.set(iin, { organizationBin: facts.organizationBin, attachedOn: plainDate('2020-01-01') });
      if (facts.consent)
        consents.set(facts.consent.messageId, { patientIin: iin, responder: facts.consent.responder });
      if (facts.defects) questionnaires.set(iin, facts.defects);
      for (const [fileId, content] of Object.entries(facts.files ?? {})) documents.set(fileId, content);
    },
    put(person, phone) {
      people.set(person.iin, person);
      if (phone !== undefined) phones.set(person.iin, phone);
    },
    guard: (guardianIin, wardIin, basis, validFrom, validUntil) =>
      links.push({ guardianIin, wardIin, basis, validFrom, validUntil }),
    silence: (...names) => names.forEach((name) => silent.add(name)),
    answerAgain: () => silent.clear(),
  };
}

/** Two departments of Akmola: № 1 serves unit 111010000, № 2 serves unit 113220100. Unit 751110000 lies in another region. */
export const DEPARTMENT_1 = '018f0000-0000-7000-8000-000000000001';
export const DEPARTMENT_2 = '018f0000-0000-7000-8000-000000000002';
export const UNIT_1 = '111010000';
export const UNIT_2 = '113220100';
export const UNIT_ELSEWHERE = '751110000';

const tri = (text: string) => ({ kk: text, ru: text, en: text });

export interface WorldOptions {
  /** Wall clock in Kazakhstan at the beginning; a Monday morning by default. */
  now?: string;
  placesPerStart?: number;
  /** Days from today for which places are made. */
  horizonDays?: number;
  seed?: number;
  signatures?: SignatureVerifier;
  /** Silent when none is given. */
  mobileSigning?: Deps['mobileSigning'];
  /** Without a key when none is given. */
  sealer?: Deps['sealer'];
  settings?: Partial<Settings>;
  /** A server of the test's own, which it may kill; the shared one when none is given. */
  server?: Awaited<ReturnType<typeof startTestServer>>;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** A small, whole service on a throw-away database: real PostgreSQL, frozen clock, seeded chance, registries in memory. */
export async function startWorld(options: WorldOptions = {}) {
  const clock = frozenClock(options.now ?? '2026-11-23T08:40');
  const random = seededRandom(options.seed ?? 1);
  const name = `test_${process.pid}_${secureRandom().bytes(6).toString('hex')}`;
  const databaseUrl = options.server
    ? await options.server.server.createDatabase(name, options.server.template)
    : await (await testServer()).createDatabase(name);
  const settings = Settings.parse({
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    SECRET_KEY: 'test-secret-test-secret-test-secret-1',
    SERVICE_MODE: 'production',
    ...options.settings,
  });
  const log = createLog('test', settings.LOG_LEVEL);
  const database = connect({ url: databaseUrl, max: 20 });
  const owner = connect({ url: databaseUrl, max: 2, role: null });
  const { db } = database;
  const today = toBusinessDate(clock.now());

  await db.insert(schema.administrativeUnits).values([
    { code: UNIT_1, regionCode: '11', parentCode: null, name: tri('Көкшетау') },
    { code: UNIT_2, regionCode: '11', parentCode: null, name: tri('Ақкөл') },
    { code: UNIT_ELSEWHERE, regionCode: '75', parentCode: null, name: tri('Алматы') },
  ]);
  await db.insert(schema.departments).values(
    [DEPARTMENT_1, DEPARTMENT_2].map((id, index) => ({
      id,
      number: index + 1,
      regionCode: '11',
      name: tri(`№ ${index + 1} МӘС бөлімі`),
      address: tri(`Көкшетау, Абай көшесі, ${89 + index}, 14-каб.`),
      landmark: tri('Емхананың жанында'),
      access: tri('Пандус, лифт'),
      phone: '+77162000001',
      rooms: ['14', '15'],
    })),
  );
  await db.insert(schema.unitDepartments).values([
    { unitCode: UNIT_1, departmentId: DEPARTMENT_1, validFrom: plainDate('2025-11-22') },
    { unitCode: UNIT_2, departmentId: DEPARTMENT_2, validFrom: plainDate('2025-11-22') },
  ]);
  await db.insert(schema.queuePilots).values([
    {
      id: random.id(clock.now()),
      regionCode: '11',
      validFrom: plainDate('2025-11-22'),
      validUntil: plainDate('2026-11-21'),
      legalAct: tri('347/136/571-НҚ'),
    },
    {
      id: random.id(clock.now()),
      regionCode: '11',
      validFrom: plainDate('2026-11-22'),
      validUntil: plainDate('2027-11-21'),
      legalAct: tri('prolongation assumed in tests'),
    },
  ]);
  const calendar = [
    {
      date: plainDate('2026-12-16'),
      kind: 'holiday' as const,
      name: tri('Тәуелсіздік күні'),
      basis: 'Labour Code',
    },
  ];
  await db.insert(schema.calendarDays).values(calendar);
  const times = ['09:00', '10:00', '11:00', '12:00', '14:30'].map(plainTime);
  await db
    .insert(schema.startTimes)
    .values({ validFrom: plainDate('2025-11-22'), times, basis: 'order, paragraph 3' });
  const horizon = {
    from: today,
    until: addDays(today, options.horizonDays ?? 60),
    placesPerStart: options.placesPerStart ?? 1,
  };
  for (const departmentId of [DEPARTMENT_1, DEPARTMENT_2]) {
    await db
      .insert(schema.receptionSchedules)
      .values({ id: random.id(clock.now()), departmentId, ...horizon });
    const planned = planPlaces(
      horizon,
      [{ validFrom: plainDate('2025-11-22'), times }],
      workingCalendar(calendar),
      [],
    );
    for (let index = 0; index < planned.length; index += 1000) {
      await db
        .insert(schema.places)
        .values(planned.slice(index, index + 1000).map((place) => ({ departmentId, ...place })));
    }
  }

  const registries = fakeRegistries(clock);
  const candidates = candidateFakes(settings, clock);
  const reference = await startReferenceData(db);
  const jobs = await startJobs(settings, log);
  const live = await startLiveUpdates(settings, log);
  const deps: Deps = {
    settings,
    db,
    clock,
    demoClock: null,
    random,
    log,
    metrics: createMetrics('test'),
    jobs,
    live,
    reference,
    registries,
    ...candidates.deps,
    digitalDocuments: createDigitalDocuments(
      settings,
      { now: () => new Date() },
      secureRandom(),
      log,
      createMetrics('test'),
    ),
    receivers: createReceivers(settings, { now: () => new Date() }, log, createMetrics('test')),
    signatures: options.signatures ?? {
      verify: () => Promise.resolve({ ok: false, refusal: 'bad-signature' }),
    },
    mobileSigning: options.mobileSigning ?? {
      register: () => Promise.resolve(null),
      follow: () => Promise.resolve({ kind: 'silent' }),
      close: () => undefined,
    },
    sealer: options.sealer ?? { seal: () => Promise.resolve(null) },
    sessions: createSessionService(db, secureRandom()),
    limits: createLimits(db),
  };

  let people = 0;

  /** A living adult of department 1 with a phone, unless told otherwise; known here and to the registries. */
  async function person(changes: Partial<typeof schema.persons.$inferInsert> = {}) {
    people += 1;
    const number = String(people).padStart(6, '0');
    const row: typeof schema.persons.$inferInsert = {
      id: random.id(clock.now()),
      iin: `900101${number}`,
      surname: `Сынақов${people}`,
      name: 'Айдос',
      patronymic: 'Ерланұлы',
      birthDate: plainDate('1990-01-01'),
      sex: 'male',
      status: 'alive',
      legalCapacity: 'capable',
      unitCode: UNIT_1,
      address: { kk: 'Көкшетау, Абай 1', ru: 'Кокшетау, Абая 1' },
      phone: `+7701${String(1_000_000 + people)}`,
      messageLanguage: 'kk',
      personsAsOf: clock.now(),
      phoneAsOf: clock.now(),
      wardsAsOf: clock.now(),
      ...changes,
    };
    const [stored] = await db.insert(schema.persons).values(row).returning();
    if (!stored) throw new Error('person not stored');
    const unit = stored.unitCode;
    registries.put(
      {
        iin: stored.iin,
        surname: stored.surname,
        name: stored.name,
        patronymic: stored.patronymic,
        birthDate: stored.birthDate,
        sex: stored.sex,
        status: stored.status,
        legalCapacity: stored.legalCapacity,
        hasPermanentRegistration: unit !== null,
        permanentRegistration:
          unit === null
            ? null
            : { unitCode: unit, kk: stored.address?.kk ?? '', ru: stored.address?.ru ?? '' },
        asOf: clock.now(),
      },
      stored.phone,
    );
    return stored;
  }

  /** An accepted form 031/у, signed now unless told otherwise. */
  async function form(personId: string, changes: Partial<typeof schema.forms.$inferInsert> = {}) {
    const signedAt = changes.signedAt ?? clock.now();
    const [stored] = await db
      .insert(schema.forms)
      .values({
        id: random.id(clock.now()),
        personId,
        number: `031-${random.below(1_000_000)}`,
        formedOn: toBusinessDate(signedAt),
        signedAt,
        validUntil: lastValidDay(signedAt),
        track: 'in-person',
        purpose: 'disability-first',
        organizationBin: '990140000011',
        organizationName: 'Көкшетау қалалық емханасы',
        state: 'accepted',
        acceptedAt: clock.now(),
        ...changes,
      })
      .returning();
    if (!stored) throw new Error('form not stored');
    return stored;
  }

  async function consent(personId: string) {
    await db.insert(schema.consentEvents).values({
      personId,
      givenBy: personId,
      kind: 'given',
      version: '2026-07-12',
      language: 'kk',
      at: clock.now(),
    });
  }

  async function guardian(
    guardianRow: { id: string; iin: string },
    ward: { id: string; iin: string },
    validUntil: PlainDate | null = null,
  ) {
    const validFrom = plainDate('2020-01-01');
    await db
      .insert(schema.guardianships)
      .values({ guardianId: guardianRow.id, wardId: ward.id, basis: 'parent', validFrom, validUntil });
    registries.guard(guardianRow.iin, ward.iin, 'parent', validFrom, validUntil);
  }

  async function staff(role: StaffRole, departmentId: string | null = null) {
    const row = await person();
    await db.insert(schema.staffRoles).values({
      id: random.id(clock.now()),
      personId: row.id,
      role,
      departmentId,
      validFrom: plainDate('2025-01-01'),
    });
    return row;
  }

  /** Opens a session; gives its token, a use-case context and a caller of the whole router. */
  async function signIn(
    personId: string,
    as: { audience?: SessionAudience; trust?: TrustLevel; language?: Language } = {},
  ) {
    const audience = as.audience ?? 'citizen';
    const { token } = await deps.sessions.create({
      personId,
      audience,
      trust: as.trust ?? (audience === 'staff' ? 'signature' : 'sms'),
      device: 'test',
      at: clock.now(),
    });
    return { token, client: client(token, as.language), call: () => callContext(token, as.language) };
  }

  /** A caller of the router as the holder of a token, or anonymous. */
  function client(token: string | null, language: Language = 'kk') {
    return createCaller(() => ({
      requestId: random.id(clock.now()),
      language,
      token,
      network: '203.0.113.7',
      server: deps,
    }));
  }

  /** What a use case gets when it is called without the router. */
  async function callContext(token: string | null, language: Language = 'kk'): Promise<CallContext> {
    const at = clock.now();
    return {
      requestId: random.id(at),
      language,
      network: '203.0.113.7',
      token,
      deps,
      caller: token ? await findCaller(deps, token, at) : null,
      at,
      seen: () => undefined,
    };
  }

  return {
    deps,
    db,
    clock,
    random,
    registries,
    candidates,
    reference,
    databaseUrl,
    /** The same tables as their owner, for what the application may not do. */
    owner: owner.db,
    today,
    http: createHttp(deps),
    person,
    form,
    consent,
    guardian,
    staff,
    signIn,
    client,
    callContext,
    async close() {
      deps.mobileSigning.close();
      await answersSettled(deps);
      reference.stop();
      await live.close();
      await jobs.stop();
      await owner.close();
      await database.close();
    },
  };
}

export { builtinVerifier, schema };
