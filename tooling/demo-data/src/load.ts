import { createHash } from 'node:crypto';
import { connect } from '@mse/db';
import * as schema from '@mse/db/schema';
import { type PlainDate, plainDate, toBusinessDate } from '@mse/domain/shared';
import type { TransactionSql } from 'postgres';
import { createChronicle } from './chronicle.ts';
import { writeDemoFiles } from './files.ts';
import { seededIds } from './ids.ts';
import { generatePopulation } from './population/index.ts';
import { createRandom } from './population/random.ts';
import type { Population } from './population/types.ts';
import { demoProblems } from './problems.ts';
import { militaryBodyRows, referenceRows } from './reference-rows.ts';
import type { RemoteLawRows } from './remote-story.ts';
import { staffRoleNames } from './roles.ts';
import { chooseServiceTime } from './service-time.ts';
import { expertRows } from './expert-rows.ts';
import { registerStory } from './register-story.ts';
import { insertRows } from './set-insert.ts';
import { historyStart, tellStory } from './story.ts';

/** Token with which the demonstration's clinic system sends forms. The database holds its SHA-256 only. */
export const demoClinicToken = 'demo-clinic-token';

/** Tokens by which the simulated programme systems report what they carried out (PX-56). */
export const demoProgrammeTokens = {
  'e-sobes': 'demo-e-sobes-token',
  'labour-market': 'demo-labour-market-token',
} as const;

/** Wording of the consent people of the demonstration agreed to. */
const consentVersion = '2026-07-12';

export interface LoadOptions {
  /** A migrated database, with the login that owns its tables. */
  databaseUrl: string;
  /** The machine's time. */
  now: Date;
  seed: number;
  /** Folder for the files of sign-in page, registries and signers. */
  outDir: string;
  /** Public address of the portal, as it stands in messages. */
  portalUrl?: string;
}

export interface LoadResult {
  /** False when demo data were there already. */
  loaded: boolean;
  /** The service's time right after loading: the data are told up to here. */
  serviceTime: Date;
  people: number;
  forms: number;
  bookings: number;
}

/** What is remembered of a load, so that the files can be made again. */
interface LoadNote {
  seed: number;
  today: string;
  serviceTime: string;
  people: number;
  forms: number;
  bookings: number;
}

/**
 * Fills an empty migrated database with Akmola region as it is at the service's time, in one transaction, and writes the
 * files the simulators read. Does nothing to a database that has demo data, but writes the files that belong to it.
 * Refuses a database that holds other data.
 */
export async function loadDemoData(options: LoadOptions): Promise<LoadResult> {
  const { sql, close } = connect({
    url: options.databaseUrl,
    max: 1,
    name: 'saraptama-demo-data',
    role: null,
  });
  try {
    const { note, population, loaded } = await sql.begin(async (transaction) => {
      await transaction`select pg_advisory_xact_lock(hashtext('saraptama:demo-data'))`;
      const known = await findNote(transaction);
      if (known !== undefined) {
        return { note: known, population: generatePopulation(known), loaded: false };
      }
      const [busy] = await transaction`select 1 from department union all select 1 from person limit 1`;
      if (busy !== undefined)
        throw new Error('The database holds data that are not of the demonstration; nothing was loaded.');
      return { ...(await load(transaction, options)), loaded: true };
    });
    if (loaded) await sql`analyze`;
    writeDemoFiles(options.outDir, population);
    const { people, forms, bookings } = note;
    return { loaded, serviceTime: new Date(note.serviceTime), people, forms, bookings };
  } finally {
    await close();
  }
}

async function findNote(sql: TransactionSql): Promise<LoadNote | undefined> {
  const [row] = await sql<
    { detail: LoadNote }[]
  >`select detail from audit_event where action = 'demo.load' limit 1`;
  return row?.detail;
}

async function load(
  sql: TransactionSql,
  options: LoadOptions,
): Promise<{ note: LoadNote; population: Population }> {
  const { now, seed, portalUrl = 'http://localhost:3000' } = options;
  const serviceTime = chooseServiceTime(now);
  const today = toBusinessDate(serviceTime);
  const population = generatePopulation({ seed, today });
  const random = createRandom(seed ^ 0x5a17a);
  const ids = seededIds(random);
  const reference = referenceRows(population, ids, serviceTime, historyStart(today));
  const personIds = new Map(population.people.map(({ iin }) => [iin, ids.id(serviceTime)]));
  const personId = (iin: string) => {
    const id = personIds.get(iin);
    if (id === undefined) throw new Error('Nobody in the population has this number');
    return id;
  };

  const source = {
    id: ids.id(serviceTime),
    name: 'Demo data (forms without signatures)',
    tokenHash: sha256(ids.ticketCode()),
    active: false,
  };
  const clinic = {
    id: ids.id(serviceTime),
    name: 'Demo clinic system',
    tokenHash: sha256(demoClinicToken),
    active: true,
  };
  const programmeSystems = (['e-sobes', 'labour-market'] as const).map((purpose) => ({
    id: ids.id(serviceTime),
    name: `Demo ${purpose}`,
    tokenHash: sha256(demoProgrammeTokens[purpose]),
    active: true,
    purpose,
  }));
  const addresses = new Map(
    reference.departments.map(({ id, number, address }) => [id, { number, address }]),
  );
  const chronicle = createChronicle({
    random,
    ids,
    serviceTime,
    personId,
    department(id) {
      const found = addresses.get(id);
      if (found === undefined) throw new Error('No such department');
      return found;
    },
    clientId: source.id,
    portalUrl,
    consentVersion,
  });
  const departmentOfUnit = new Map(
    reference.unitDepartments.map(({ unitCode, departmentId }) => [unitCode, departmentId]),
  );
  tellStory(chronicle, {
    random,
    population,
    places: reference.places,
    departmentIds: reference.departmentIds,
    serviceTime,
    personId,
    remote: {
      law: await remoteLaw(sql, today),
      departmentOf: (unitCode) => departmentOfUnit.get(unitCode) ?? null,
    },
  });

  const { rows } = chronicle;
  const note: LoadNote = {
    seed,
    today,
    serviceTime: serviceTime.toISOString(),
    people: population.people.length,
    forms: rows.forms.length,
    bookings: rows.bookings.length,
  };
  const loadedRow: (typeof rows.audits)[number] = {
    at: serviceTime,
    actor: 'system:demo-data',
    actorRole: 'system',
    action: 'demo.load',
    outcome: 'done',
    personId: null,
    subject: null,
    requestId: null,
    detail: { ...note },
  };

  await insertRows(sql, schema.administrativeUnits, reference.units);
  await insertRows(sql, schema.departments, reference.departments);
  await insertRows(sql, schema.unitDepartments, reference.unitDepartments);
  await insertRows(sql, schema.queuePilots, reference.pilots);
  await insertRows(sql, schema.calendarDays, reference.calendarDays);
  await insertRows(sql, schema.startTimes, reference.startTimes);
  await insertRows(sql, schema.receptionSchedules, reference.schedules);
  await insertRows(sql, schema.businessTrips, reference.trips);
  await insertRows(sql, schema.persons, personRows(population, personId, serviceTime));
  await insertRows(sql, schema.guardianships, guardianshipRows(population, personId));
  await insertRows(
    sql,
    schema.staffRoles,
    population.staff.map(({ role, iin, departmentNumber }) => ({
      id: ids.id(serviceTime),
      personId: personId(iin),
      role: staffRoleNames[role],
      departmentId:
        departmentNumber === null ? null : (reference.departmentIds.get(departmentNumber) ?? null),
      validFrom: plainDate('2025-11-22'),
      validUntil: null,
    })),
  );
  const forms = await sql<{ code: string }[]>`select code from nosology_group order by code`;
  const register = expertRows(population, {
    ids,
    random,
    serviceTime,
    personId,
    groups: forms.map(({ code }) => code),
  });
  await insertRows(sql, schema.staffRoles, register.roles);
  await insertRows(sql, schema.experts, register.experts);
  await insertRows(sql, schema.expertNosologies, register.nosologies);
  const selection = registerStory(population, {
    ids,
    serviceTime,
    personId,
    groups: forms.map(({ code }) => code),
  });
  await insertRows(sql, schema.announcements, selection.announcements);
  await insertRows(sql, schema.expertApplications, selection.applications);
  await insertRows(sql, schema.expertApplicationEvents, selection.events);
  await insertRows(sql, schema.testResults, selection.tests);
  await insertRows(sql, schema.expertContracts, selection.contracts);
  await sql`select setval('expert_code_seq', ${register.experts.length}), setval('expert_application_seq', ${selection.applications.length}),
    setval('expert_contract_seq', ${selection.contracts.length})`;
  await insertRows(sql, schema.integrationClients, [
    { ...source, purpose: 'medical' as const },
    { ...clinic, purpose: 'medical' as const },
    ...programmeSystems,
  ]);
  await insertRows(sql, schema.forms, rows.forms);
  await insertRows(
    sql,
    schema.intakeMessages,
    byTime(rows.intakeMessages, (row) => row.receivedAt),
  );
  await insertRows(sql, schema.formContents, rows.formContents);
  await insertRows(sql, schema.formFiles, rows.formFiles);
  await insertRows(
    sql,
    schema.cases,
    byTime(rows.cases, (row) => row.acceptedAt),
  );
  await insertRows(sql, schema.caseEvents, rows.caseEvents);
  await insertRows(sql, schema.outboundMessages, rows.outbound);
  await insertRows(
    sql,
    schema.places,
    reference.places.map(({ freeFrom: _freeFrom, ...place }) => place),
  );
  await sql`select setval(pg_get_serial_sequence('place', 'id'), ${reference.places.length})`;
  await insertRows(sql, schema.bookings, rows.bookings);
  await insertRows(sql, schema.visits, rows.visits);
  await insertRows(sql, schema.liveCounters, [...rows.liveCounters.values()]);
  await insertRows(sql, schema.messages, rows.messages);
  await insertRows(
    sql,
    schema.messageEvents,
    byTime(rows.messageEvents, (row) => row.at),
  );
  await insertRows(
    sql,
    schema.consentEvents,
    byTime(rows.consents, (row) => row.at),
  );
  const registerOfProblems = demoProblems({
    ids,
    serviceTime,
    administrators: population.staff
      .filter(({ role }) => role === 'portal-admin')
      .map(({ iin }) => personId(iin)),
    departmentIds: reference.departmentIds,
  });
  await insertRows(sql, schema.problems, registerOfProblems.problems);
  await insertRows(sql, schema.problemEvents, registerOfProblems.events);
  await insertRows(
    sql,
    schema.militaryBodies,
    militaryBodyRows(reference, () => ids.id(serviceTime)),
  );
  await insertRows(sql, schema.auditEvents, [...byTime(rows.audits, (row) => row.at), loadedRow]);
  await insertRows(sql, schema.demoClock, [{ id: 1, offsetMs: serviceTime.getTime() - now.getTime() }]);
  return { note, population };
}

/** The dated law of the remote track, as the migrations wrote it. */
async function remoteLaw(sql: TransactionSql, today: PlainDate): Promise<RemoteLawRows> {
  const nosology = await sql<RemoteLawRows['nosology'][number][]>`
    select group_code as "groupCode", icd_prefix as "icdPrefix", exact, from_age as "fromAge", until_age as "untilAge",
           valid_from::text as "validFrom", valid_until::text as "validUntil" from nosology_code`;
  const examinations = await sql<RemoteLawRows['examinations'][number][]>`
    select group_code as "groupCode", examination_code as "examinationCode", condition,
           valid_from::text as "validFrom", valid_until::text as "validUntil" from mandatory_examination order by position`;
  const [barred] = await sql<{ value: string[] }[]>`
    select value from policy where key = 'intake.barred-purposes' and valid_from <= ${today} order by valid_from desc limit 1`;
  return { nosology, examinations, barredPurposes: barred?.value ?? [] };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** In order of time, so that rows numbered by the database are numbered as they happened. */
function byTime<Row>(rows: readonly Row[], time: (row: Row) => Date): Row[] {
  return [...rows].sort((left, right) => time(left).getTime() - time(right).getTime());
}

function personRows(population: Population, personId: (iin: string) => string, serviceTime: Date) {
  // The registries answered the evening before.
  const asOf = new Date(serviceTime.getTime() - 14 * 3_600_000);
  return population.people.map((person): typeof schema.persons.$inferInsert => ({
    id: personId(person.iin),
    iin: person.iin,
    surname: person.surname,
    name: person.name,
    patronymic: person.patronymic,
    birthDate: plainDate(person.birthDate),
    sex: person.sex,
    status: person.status,
    legalCapacity: person.legalCapacity,
    unitCode: person.permanentRegistration?.unitCode ?? null,
    address:
      person.permanentRegistration === null
        ? null
        : { kk: person.permanentRegistration.kk, ru: person.permanentRegistration.ru },
    phone: person.phone,
    messageLanguage: person.preferredLanguage,
    personsAsOf: asOf,
    phoneAsOf: asOf,
    wardsAsOf: asOf,
  }));
}

function guardianshipRows(population: Population, personId: (iin: string) => string) {
  return population.guardianships.map((row) => ({
    guardianId: personId(row.guardianIin),
    wardId: personId(row.wardIin),
    basis: row.basis,
    validFrom: plainDate(row.validFrom),
    validUntil: row.validUntil === null ? null : plainDate(row.validUntil),
  }));
}
