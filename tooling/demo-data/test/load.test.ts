import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkForm, emptyRows, type ReturnReason, type SubmittedForm } from '@mse/domain/intake';
import { lastValidDay, reminderAt, ticketNumber } from '@mse/domain/queue';
import { plainDate, toBusinessDate, toInstant, plainTime } from '@mse/domain/shared';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RegistryData } from '../../simulators/src/registries/registry-data.ts';
import { demoClinicToken, loadDemoData, type LoadResult } from '../src/index.ts';
import { generatePopulation, type Population } from '../src/population/index.ts';
import { registryFacts } from '../src/registry-facts.ts';
import { testServer } from './database.ts';

const seed = 20261122;
/** An instant by the wall clock of Kazakhstan. */
const almaty = (text: string) => new Date(`${text}+05:00`);

let server: Awaited<ReturnType<typeof testServer>>;
beforeAll(async () => {
  server = await testServer();
}, 120_000);
afterAll(async () => {
  await server.close();
}, 60_000);

const durations: number[] = [];

async function loadAt(now: string) {
  const url = await server.database();
  const outDir = join(server.folder, now.replaceAll(/\W/g, ''));
  const start = performance.now();
  const result = await loadDemoData({ databaseUrl: url, now: almaty(now), seed, outDir });
  durations.push(performance.now() - start);
  return {
    url,
    outDir,
    result,
    sql: postgres(url, { max: 1, onnotice: () => undefined }),
  };
}

/** Rows that break what a loaded database promises, by the promise. Every query must find nothing. */
const broken: Record<string, (sql: postgres.Sql, at: Date) => Promise<readonly unknown[]>> = {
  'EQ-17: every problem has its history, and is due after it was found': (sql) => sql`
    select p.id from problem p left join problem_event e on e.problem_id = p.id
     group by p.id having count(e.id) <> case p.state when 'sent' then 2 else 1 end or p.due_on <= p.detected_on
    union all select null where (select count(*) from problem) <> 3`,
  'EQ-10: no place is given to two': (sql) => sql`
    select place_id from booking where state in ('booked', 'arrived', 'served') group by place_id having count(*) > 1`,
  'EQ-10: no place was ever held by two at the same time': (sql) => sql`
    select 1 from booking a join booking b on a.place_id = b.place_id and a.id < b.id
     where tstzrange(a.created_at, case when a.state in ('cancelled', 'moved', 'annulled') then a.state_at end)
        && tstzrange(b.created_at, case when b.state in ('cancelled', 'moved', 'annulled') then b.state_at end)`,
  'EQ-13: no form has two live bookings': (sql) => sql`
    select form_id from booking where state in ('booked', 'arrived', 'served') group by form_id having count(*) > 1`,
  'EQ-10: a place knows its booking and how often it was given': (sql) => sql`
    select p.id from place p left join booking b on b.place_id = p.id
     group by p.id having p.issued <> count(b.id)
        or p.booking_id is distinct from (array_agg(b.id) filter (where b.state in ('booked', 'arrived', 'served')))[1]`,
  'EQ-10: a booking has the department, day and time of its place': (sql) => sql`
    select b.id from booking b join place p on p.id = b.place_id
     where (b.department_id, b.day, b.starts_at) is distinct from (p.department_id, p.day, p.starts_at)
        or b.starts_instant <> (b.day + b.starts_at) at time zone 'Asia/Almaty'`,
  'EQ-10: a ticket number is that of the rule, by the order in which the place was given': (sql) => sql`
    select b.id from (select *, row_number() over (partition by place_id order by created_at) - 1 as issue from booking) b
      join place p on p.id = b.place_id where b.ticket_no <> ticket_number(p.day_no, b.issue::int)`,
  'EQ-10: ticket numbers of a department and a day are unique, those of the live queue included': (
    sql,
  ) => sql`
    select 1 from (select department_id, day, ticket_no, id from booking
      union all select department_id, day, ticket_no, id from visit where kind = 'live') t
     group by department_id, day, ticket_no having count(*) > 1`,
  'EQ-08: everybody is booked after the form came, in its validity, in the department of the registration': (
    sql,
  ) => sql`
    select b.id from booking b join form_031 f on f.id = b.form_id join person p on p.id = b.person_id
      left join unit_department u on u.unit_code = p.unit_code
     where b.created_at < f.accepted_at or b.day > f.valid_until or u.department_id is distinct from b.department_id or f.person_id <> b.person_id`,
  'EQ-09: nobody is booked on a weekend, holiday or trip': (sql) => sql`
    select b.id from booking b left join calendar_day c on c.date = b.day
      left join business_trip t on t.department_id = b.department_id and b.day between t.from_day and t.until_day
     where t.id is not null or coalesce(c.kind in ('holiday', 'day-off'), extract(isodow from b.day) > 5)`,
  'EQ-07: who books for somebody else is the guardian and may be': (sql) => sql`
    select b.id from booking b where b.booked_by <> b.person_id and not exists (select from guardianship g
      where g.guardian_id = b.booked_by and g.ward_id = b.person_id and g.valid_from <= b.day)`,
  'EQ-16: nobody booked without a consent': (sql) => sql`
    select b.id from booking b where not exists (select from consent_event c where c.person_id = b.booked_by and c.at < b.created_at)`,
  'EQ-12: who cancelled or moved did so after booking and before the time': (sql) => sql`
    select id from booking where state in ('cancelled', 'moved') and (state_at < created_at or state_at >= starts_instant)`,
  'EQ-14: what was annulled was annulled a quarter of an hour after its time, and nobody who is late still waits':
    (sql, at) => sql`
    select id from booking where state = 'annulled' and state_at not between starts_instant + interval '15 min 1 s' and starts_instant + interval '16 min'
    union all select id from booking where state = 'booked' and starts_instant + interval '16 min' < ${at}`,
  'a served booking has a finished visit, one that arrived has an unfinished one': (sql) => sql`
    select b.id from booking b left join visit v on v.booking_id = b.id
     where (b.state = 'served') <> (coalesce(v.state, '') = 'done') or (b.state = 'arrived') <> (coalesce(v.state, '') in ('waiting', 'called', 'in-service'))`,
  'a form is served when a visit of it is done, and only then': (sql) => sql`
    select f.id from form_031 f where (f.state = 'served') <> exists (select from visit v where v.form_id = f.id and v.state = 'done')`,
  'the steps of a visit follow one another, in a room of the department': (sql) => sql`
    select v.id from visit v join department d on d.id = v.department_id
     where not (v.room is null or v.room = any (d.rooms)) or (v.state = 'waiting') <> (v.called_at is null) or (v.state = 'done') <> (v.finished_at is not null)
        or v.arrived_at > v.called_at or v.called_at > v.started_at or v.started_at > v.finished_at or (v.state in ('in-service', 'done') and v.started_at is null)`,
  'EQ-15: the counter of the live queue is where the last number is': (sql) => sql`
    select v.department_id from visit v left join live_counter c using (department_id, day) where v.kind = 'live'
     group by v.department_id, v.day, c.last having c.last is distinct from count(*)`,
  'nothing happened after the time of the service': (sql, at) => sql`
    select 'form' from form_031 where accepted_at > ${at} union all select 'intake' from intake_message where decided_at > ${at}
    union all select 'booking' from booking where created_at > ${at} or state_at > ${at}
    union all select 'visit' from visit where greatest(arrived_at, called_at, started_at, finished_at) > ${at}
    union all select 'message' from message where created_at > ${at} or state_at > ${at}
    union all select 'event' from message_event where at > ${at} union all select 'consent' from consent_event where at > ${at}
    union all select 'audit' from audit_event where at > ${at}`,
  'EQ-05: every accepted form of the in-person track has its SMS-1, and no remote one': (sql) => sql`
    select f.id from form_031 f where (f.track = 'in-person') <> exists (select from message m where m.form_id = f.id and m.template = 'sms-1' and m.once_key = 'sms-1:form:' || f.id)`,
  'IN-05, IN-11, PX-02: every remote form has its content, its files and a case, and its message to the Ministry of Health':
    (sql) => sql`
    select f.id from form_031 f where f.track = 'remote-proactive' and (
      not exists (select from form_content c where c.form_id = f.id)
      or not exists (select from form_file x where x.form_id = f.id)
      or not exists (select from form_file x where x.form_id = f.id and encode(sha256(x.content), 'hex') = x.sha256)
      or not exists (select from examination_case k where k.form_id = f.id and k.state = 'accepted')
      or not exists (select from outbound_message o join intake_message i on o.once_key = 'form-031.accepted:' || i.id where i.form_id = f.id))`,
  'IN-08: every returned remote form was told with its reasons': (sql) => sql`
    select i.id from intake_message i where i.state = 'returned' and convert_from(i.document, 'UTF8') like '%"sender"%' and not exists (
      select from outbound_message o where o.once_key = 'form-031.returned:' || i.id and jsonb_array_length(o.payload -> 'reasons') = jsonb_array_length(i.reasons))`,
  'EQ-10, EQ-12, EQ-14: bookings have SMS-2, cancelled ones SMS-3 and annulled ones SMS-4': (sql) => sql`
    select b.id from booking b where not exists (select from message m where m.once_key = 'sms-2:booking:' || b.id || ':at-once')
       or (b.state = 'cancelled') <> exists (select from message m where m.booking_id = b.id and m.template = 'sms-3')
       or (b.state = 'annulled') <> exists (select from message m where m.booking_id = b.id and m.template = 'sms-4')`,
  'EQ-06: what was sent has its text, number, parts and evidence; only what is not due yet waits': (
    sql,
    at,
  ) => sql`
    select m.id from message m where (m.state = 'queued') <> (m.due_at > ${at} and m.phone is not null) or (m.state = 'dead') <> (m.phone is null)
       or (m.state in ('delivered', 'undelivered', 'expired')) <> (m.text is not null and cardinality(m.centre_ids) = coalesce(m.parts, -1))
       or (m.state <> 'queued' and m.state is distinct from (select e.state from message_event e where e.message_id = m.id order by e.id desc limit 1))`,
  'IN-10: every form came in a message, unsigned and marked as demo data': (sql) => sql`
    select f.id from form_031 f left join intake_message i on i.form_id = f.id left join integration_client c on c.id = i.client_id
     where i.state is distinct from 'accepted' or length(i.signature) > 0 or i.signer_iin is not null or c.active or c.name not like 'Demo data%'`,
  'every booking, arrival and accepted form left an audit row that says it is demo data': (sql) => sql`
    select b.id::text from booking b where not exists (select from audit_event a where a.subject = 'booking:' || b.id and a.action in ('queue.bookPlace', 'queue.moveBooking'))
    union all select v.id::text from visit v where not exists (select from audit_event a where a.subject = 'visit:' || v.id)
    union all select f.id::text from form_031 f where not exists (select from audit_event a where a.subject = 'form:' || f.id and a.action = 'intake.accept')
    union all select a.id::text from audit_event a where a.action <> 'demo.load' and a.detail ->> 'source' is distinct from 'demo data'`,
};

// A Sunday before the desks open, the middle of a working day, a late morning, the end of a year and the beginning of one.
const days = [
  '2026-11-22T18:00:00',
  '2026-11-24T11:25:00',
  '2026-06-09T13:50:00',
  '2026-12-28T10:30:00',
  '2027-01-05T09:40:00',
];

describe.each(days)('Demo data loaded at %s', (now) => {
  let loaded: Awaited<ReturnType<typeof loadAt>>;
  let sql: postgres.Sql;
  let at: Date;
  let population: Population;
  beforeAll(async () => {
    loaded = await loadAt(now);
    ({ sql } = loaded);
    at = loaded.result.serviceTime;
    population = generatePopulation({ seed, today: toBusinessDate(at) });
  }, 60_000);
  afterAll(async () => {
    await sql.end();
  });
  const count = async (query: Promise<readonly postgres.Row[]>) => (await query).length;
  const iinOf = (key: string, ward = false) => {
    const found = population.namedDemoPeople.find((member) => member.key === key);
    return (ward ? found?.wardIin : found?.iin) ?? '';
  };
  /** Forms and bookings of one of the cast, newest first. */
  const lifeOf = (iin: string) => sql`
    select f.state as form_state, f.valid_until::text, b.state as booking_state, b.day::text as booking_day, d.number as department
      from person p join form_031 f on f.person_id = p.id left join booking b on b.form_id = f.id left join department d on d.id = b.department_id
     where p.iin = ${iin} order by b.created_at desc`;

  test('has 2,000 people, hundreds of forms and bookings', () => {
    expect(loaded.result).toMatchObject({ loaded: true, people: 2000 });
    expect(loaded.result.forms).toBeGreaterThan(600);
    expect(loaded.result.bookings).toBeGreaterThan(500);
  });

  test.each(Object.keys(broken))('%s', async (promise) => {
    expect(await broken[promise]?.(sql, at)).toEqual([]);
  });

  test('the clock of the service is set ahead by just the time until it begins', async () => {
    const [clock] = await sql`select offset_ms::text from demo_clock`;
    expect(Number(clock?.offset_ms)).toBe(at.getTime() - almaty(now).getTime());
  });

  test('EQ-08: a form holds for a month from its signing', async () => {
    const forms = await sql<
      { signed_at: Date; valid_until: string }[]
    >`select signed_at, valid_until::text from form_031`;
    for (const form of forms) expect(form.valid_until).toBe(lastValidDay(form.signed_at));
  });

  test('EQ-11: the reminder comes three days before, for those who booked in time and still hold the place', async () => {
    const bookings = await sql<
      { day: string; created_at: Date; state: string; state_at: Date; due_at: Date | null }[]
    >`
      select b.day::text, b.created_at, b.state, b.state_at, m.due_at from booking b
        left join message m on m.once_key = 'sms-2:booking:' || b.id || ':reminder'`;
    expect(bookings.length).toBeGreaterThan(0);
    for (const booking of bookings) {
      const due = reminderAt(plainDate(booking.day), booking.created_at);
      const ended = ['cancelled', 'moved'].includes(booking.state) && due !== null && booking.state_at <= due;
      expect(booking.due_at).toEqual(ended ? null : due);
    }
  });

  test('IN-06, IN-07: accepted forms are forms the rules accept, returned ones have the reasons the rules give', async () => {
    const messages = await sql<
      { document: Buffer; state: string; reasons: ReturnReason[]; signed_at: Date; received_at: Date }[]
    >`
      select document, state, reasons, signed_at, received_at from intake_message`;
    const lostSomething = new Set([iinOf('citizen-no-registration'), iinOf('citizen-no-phone')]);
    const codes = new Set<string>();
    for (const message of messages) {
      for (const { code } of message.reasons) codes.add(code);
      expect(message.reasons.length > 0).toBe(message.state === 'returned');
      if (message.state !== 'accepted') continue;
      const form = JSON.parse(message.document.toString()) as SubmittedForm;
      expect(emptyRows(form)).toEqual([]);
      expect(form.formedOn).toBe(toBusinessDate(message.received_at));
      // Of the cast, two lost their registration or number after the form had come.
      if (lostSomething.has(form.patient.iin ?? '')) continue;
      const facts = registryFacts(population, form, message.signed_at);
      expect(checkForm(form, '', facts, message.received_at)).toEqual({ kind: 'accept' });
    }
    for (const code of [
      'F002',
      'F003',
      'F004',
      'F005',
      'F006',
      'F007',
      'F008',
      'F001',
      'F009',
      'F010',
      'F011',
      'F012',
      'F013',
      'F014',
      'F015',
      'F017',
      'REC001',
      'REC002',
      'REC003',
      'REC004',
      'REC005',
      'LEG001',
      'LEG002',
      'LEG003',
    ]) {
      expect(codes).toContain(code);
    }
  });

  test('departments have places until the end of the schedules; department 8 has none of the next year', async () => {
    const rows = await sql<{ number: number; last: string }[]>`
      select d.number, max(p.day)::text as last from place p join department d on d.id = p.department_id group by d.number order by d.number`;
    const year = Number(toBusinessDate(at).slice(0, 4));
    const nextYear = year + 1 <= 2027 ? year + 1 : year;
    expect(rows.map(({ number, last }) => [number, last.slice(0, 4)])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((number) => [number, String(number === 8 ? year : nextYear)]),
    );
  });

  test('there is something free to choose in every department tomorrow, and today in the first', async () => {
    const free = await sql`
      select distinct p.department_id from place p where p.booking_id is null and p.day > ${toBusinessDate(at)}::date
         and p.day <= ${toBusinessDate(at)}::date + 7`;
    expect(free).toHaveLength(8);
  });

  test('the cast: who is ready has a valid form and no booking', async () => {
    for (const iin of [
      iinOf('citizen-ready'),
      iinOf('citizen-english'),
      iinOf('citizen-no-phone'),
      iinOf('citizen-mother', true),
      iinOf('citizen-guardian', true),
      iinOf('citizen-guardian-expired', true),
      iinOf('citizen-no-registration'),
      iinOf('citizen-outside'),
    ]) {
      const [life, ...more] = await lifeOf(iin);
      expect(more).toEqual([]);
      expect(life).toMatchObject({ form_state: 'accepted', booking_state: null });
      expect(life?.valid_until >= toBusinessDate(at)).toBe(true);
    }
    expect(await lifeOf(iinOf('citizen-no-form'))).toEqual([]);
  });

  test('the cast: the expired form has run out', async () => {
    const [life] = await lifeOf(iinOf('citizen-form-expired'));
    expect(life?.booking_state).toBeNull();
    expect(life?.valid_until < toBusinessDate(at)).toBe(true);
  });

  test('the cast: one is booked in the first department for the next working day', async () => {
    const [next] = await sql`select min(day)::text as day from place where day > ${toBusinessDate(at)}::date`;
    expect(await lifeOf(iinOf('citizen-booked'))).toMatchObject([
      { booking_state: 'booked', booking_day: next?.day, department: 1 },
    ]);
  });

  test('the cast: one was annulled on the working day before and may book again', async () => {
    const [before] =
      await sql`select max(day)::text as day from place where day < ${toBusinessDate(at)}::date`;
    const [life, ...more] = await lifeOf(iinOf('citizen-annulled'));
    expect(more).toEqual([]);
    expect(life).toMatchObject({
      form_state: 'accepted',
      booking_state: 'annulled',
      booking_day: before?.day,
    });
    expect(life?.valid_until > toBusinessDate(at)).toBe(true);
  });

  test('the cast: registration, guardianship and number are as the notes say', async () => {
    const [outside] =
      await sql`select 1 from person p join unit_department u on u.unit_code = p.unit_code where p.iin = ${iinOf('citizen-outside')}`;
    expect(outside).toBeUndefined();
    const [nowhere] =
      await sql`select unit_code, address from person where iin = ${iinOf('citizen-no-registration')}`;
    expect(nowhere).toEqual({ unit_code: null, address: null });
    const [silent] =
      await sql`select p.phone, m.state from person p join message m on m.person_id = p.id where p.iin = ${iinOf('citizen-no-phone')}`;
    expect(silent).toEqual({ phone: null, state: 'dead' });
    const right = (key: string) => sql`
      select 1 from guardianship g join person a on a.id = g.guardian_id join person w on w.id = g.ward_id
       where a.iin = ${iinOf(key)} and w.iin = ${iinOf(key, true)} and g.valid_from <= ${toBusinessDate(at)} and (g.valid_until is null or g.valid_until >= ${toBusinessDate(at)})`;
    expect(await count(right('citizen-mother'))).toBe(1);
    expect(await count(right('citizen-guardian'))).toBe(1);
    expect(await count(right('citizen-guardian-expired'))).toBe(0);
  });

  test('the cast: staff have their roles, clerks and heads in their departments', async () => {
    const rows = await sql<{ iin: string; role: string; number: number | null }[]>`
      select p.iin, s.role, d.number from staff_role s join person p on p.id = s.person_id left join department d on d.id = s.department_id order by s.role`;
    const roles = [
      'clerk-department-1',
      'clerk-department-2',
      'head-department-1',
      'expert',
      'registry-admin',
      'contact-centre',
      'content-editor',
      'portal-admin',
      'methodologist',
      'methodology-head',
      'chief-specialist-department-1',
    ].map((key) =>
      rows.filter(({ iin }) => iin === iinOf(key)).map(({ role, number }) => `${role} ${number}`),
    );
    expect(roles).toEqual([
      ['clerk 1'],
      ['clerk 2'],
      ['department-head 1'],
      ['expert null'],
      ['registry-administrator null'],
      ['contact-centre null'],
      ['content-editor null'],
      ['portal-administrator null'],
      ['methodologist null'],
      ['methodology-head null'],
      ['chief-specialist 1'],
    ]);
  });

  test('the files are what the simulators and the sign-in page read', () => {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(loaded.outDir, name), 'utf8'));
    expect(RegistryData.parse(read('registries.json')).people).toHaveLength(2000);
    const people = read('demo-people.json') as { key: string; iin: string; role: string; note: object }[];
    expect(people.map(({ key }) => key)).toEqual(population.namedDemoPeople.map(({ key }) => key));
    expect(people.find(({ key }) => key === 'head-department-1')?.role).toBe('department-head');
    const signers = read('signers.json') as { iin: string; label: string; bin?: string }[];
    expect(signers.slice(0, people.length).map(({ iin }) => iin)).toEqual(people.map(({ iin }) => iin));
    expect(new Set(signers.map(({ iin }) => iin)).size).toBe(signers.length);
    expect(signers.find(({ iin }) => iin === iinOf('commission-chair'))?.bin).toMatch(/^\d{12}$/);
  });
});

describe('Loading', () => {
  test('EQ-14, EQ-15: in the middle of a day all its states can be seen', async () => {
    const { sql, result } = await loadAt('2026-11-25T11:25:00');
    const today = toBusinessDate(result.serviceTime);
    const states = await sql<{ state: string }[]>`select distinct state from booking where day = ${today}`;
    expect(states.map(({ state }) => state).toSorted()).toEqual([
      'annulled',
      'arrived',
      'booked',
      'cancelled',
      'moved',
      'served',
    ]);
    const visits = await sql<{ state: string }[]>`
      select distinct v.state from visit v join department d on d.id = v.department_id where d.number <= 2 and v.day = ${today}`;
    expect(visits.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['waiting', 'in-service', 'done']),
    );
    await sql.end();
  }, 60_000);

  test('before nine some wait already, one is seen early, one has cancelled and one has moved', async () => {
    const { sql, result } = await loadAt('2026-11-23T08:40:00');
    const visits = await sql<{ state: string }[]>`
      select v.state from visit v join department d on d.id = v.department_id where d.number = 1 and v.day = ${toBusinessDate(result.serviceTime)}`;
    const states = visits.map(({ state }) => state);
    const given = await sql<{ state: string }[]>`
      select distinct b.state from booking b join department d on d.id = b.department_id where d.number = 1 and b.day = ${toBusinessDate(result.serviceTime)}`;
    expect(given.map(({ state }) => state).toSorted()).toEqual(['arrived', 'booked', 'cancelled', 'moved']);
    expect(states).toContain('in-service');
    expect(states.filter((state) => state === 'waiting').length).toBeGreaterThanOrEqual(2);
    await sql.end();
  }, 60_000);

  test('a second time does nothing but write the same files again', async () => {
    const first = await loadAt('2026-11-24T10:00:00');
    const file = join(first.outDir, 'demo-people.json');
    const before = readFileSync(file, 'utf8');
    const [counted] =
      await first.sql`select (select count(*) from audit_event) as audits, (select offset_ms from demo_clock) as offset`;
    const again = await loadDemoData({
      databaseUrl: first.url,
      now: almaty('2027-03-02T16:00:00'),
      seed: 7,
      outDir: first.outDir,
    });
    expect(again).toEqual({ ...first.result, loaded: false } satisfies LoadResult);
    expect(
      await first.sql`select (select count(*) from audit_event) as audits, (select offset_ms from demo_clock) as offset`,
    ).toEqual([counted]);
    expect(readFileSync(file, 'utf8')).toBe(before);
    await first.sql.end();
  }, 60_000);

  test('the same seed and day give the same rows', async () => {
    const codes = async () => {
      const { sql } = await loadAt('2026-11-24T09:30:00');
      const rows = await sql`select id, ticket_code, state from booking order by id`;
      await sql.end();
      return rows.map(({ id, ticket_code, state }) => `${id} ${ticket_code} ${state}`);
    };
    expect(await codes()).toEqual(await codes());
  }, 60_000);

  test('takes seconds', () => {
    // The quickest of all loads of this file, so that a busy machine does not decide.
    expect(Math.min(...durations)).toBeLessThan(5000);
  });

  test('data of somebody else are never mixed with the demonstration', async () => {
    const url = await server.database();
    const sql = postgres(url, { max: 1, onnotice: () => undefined });
    await sql`insert into department (id, number, region_code, name, address, landmark, access, phone, rooms)
      values (gen_random_uuid(), 1, '11', '{}', '{}', '{}', '{}', '', '{}')`;
    await expect(
      loadDemoData({ databaseUrl: url, now: almaty('2026-11-24T09:30:00'), seed, outDir: server.folder }),
    ).rejects.toThrow('not of the demonstration');
    expect(await sql`select 1 from person limit 1`).toEqual([]);
    await sql.end();
  }, 60_000);

  test('the clinic of the demonstration sends with a token of which only the hash is kept', async () => {
    const { sql } = await loadAt('2026-11-24T09:35:00');
    const [client] =
      await sql`select active from integration_client where token_hash = encode(sha256(${demoClinicToken}::bytea), 'hex')`;
    expect(client).toEqual({ active: true });
    await sql.end();
  }, 60_000);

  test('EQ-10: the database numbers tickets by the same rule as the code', async () => {
    const { sql } = await loadAt('2026-11-24T09:36:00');
    const rows = await sql<{ day_no: number; issue: number; number: string }[]>`
      select day_no, issue, ticket_number(day_no, issue) as number from generate_series(1, 12) day_no, generate_series(0, 700, 7) issue`;
    for (const { day_no: dayNo, issue, number } of rows) expect(number).toBe(ticketNumber(dayNo, issue));
    const [late] = await sql<{ number: string }[]>`select ticket_number(1234, 23) as number`;
    expect(late?.number).toBe(ticketNumber(1234, 23));
    await sql.end();
  }, 60_000);
});

test('the instants of this file are those of Kazakhstan', () => {
  expect(almaty('2026-11-24T09:30:00')).toEqual(toInstant(plainDate('2026-11-24'), plainTime('09:30')));
});
