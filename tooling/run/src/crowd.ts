import postgres from 'postgres';

/** Region of the crowd's own departments, so that it never meets the people of the demo. */
const CROWD_REGION = '99';

export interface CrowdOptions {
  /** People, each with an accepted form, a consent and an open session. */
  people: number;
  departments: number;
  /** Calendar days with places, from tomorrow on; weekends too, because only the load counts. */
  days: number;
  placesPerStart: number;
  /** The machine's present time; the demo's offset is added. */
  now: Date;
}

export interface CrowdMember {
  personId: string;
  formId: string;
  token: string;
  departmentId: string;
  language: 'kk' | 'ru' | 'en';
}

export interface Crowd {
  members: CrowdMember[];
  departmentIds: string[];
  /** First day with places, `YYYY-MM-DD`. */
  firstDay: string;
  days: string[];
  startTimes: string[];
}

const id = (kind: string, column: string) =>
  `('00000000-0000-7000-${kind}-' || lpad(to_hex(${column}), 12, '0'))::uuid`;

/**
 * Fills a migrated database with people who are ready to book: for storms, kills and measurements. Set-based, as the
 * owner of the tables; 10,000 people take a second or two. Safe to call once per database. The API knows the new
 * departments after its next look at the reference data (ten seconds).
 */
export async function prepareCrowd(databaseUrl: string, options: CrowdOptions): Promise<Crowd> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const { people, departments, days, placesPerStart } = options;
  const startTimes = ['09:00', '10:00', '11:00', '12:00', '14:30'];
  try {
    // In demo mode the service's time runs ahead of the machine's.
    const [ahead] = await sql<{ ms: string }[]>`select coalesce(max(offset_ms), 0) as ms from demo_clock`;
    const now = new Date(options.now.getTime() + Number(ahead?.ms ?? 0)).toISOString();
    await sql.begin(async (tx) => {
      await tx.unsafe(`
        insert into queue_pilot (id, region_code, valid_from, valid_until, legal_act)
        values ('00000000-0000-7000-8fff-000000000001', '${CROWD_REGION}', '2020-01-01', '2099-12-31', '{"kk":"load","ru":"load","en":"load"}') on conflict do nothing;
        insert into administrative_unit (code, region_code, name)
        select 'crowd-' || n, '${CROWD_REGION}', '{"kk":"load","ru":"load","en":"load"}' from generate_series(1, ${departments}) n;
        insert into department (id, number, region_code, name, address, landmark, access, phone, rooms)
        select ${id('8001', 'n')}, 9000 + n, '${CROWD_REGION}', '{"kk":"№","ru":"№","en":"№"}', '{"kk":"–","ru":"–","en":"–"}', '{"kk":"–","ru":"–","en":"–"}', '{"kk":"–","ru":"–","en":"–"}', '+77160000000', '{1,2}'
          from generate_series(1, ${departments}) n;
        insert into unit_department (unit_code, department_id, valid_from)
        select 'crowd-' || n, ${id('8001', 'n')}, '2020-01-01' from generate_series(1, ${departments}) n;
        insert into place (department_id, day, starts_at, place_no, day_no)
        select ${id('8001', 'd')}, ('${now}'::timestamptz at time zone 'Asia/Almaty')::date + k, t.starts_at, p, (t.ordinal - 1) * ${placesPerStart} + p
          from generate_series(1, ${departments}) d, generate_series(1, ${days}) k,
               unnest('{${startTimes.join(',')}}'::time[]) with ordinality as t (starts_at, ordinal), generate_series(1, ${placesPerStart}) p;
        insert into person (id, iin, surname, name, patronymic, birth_date, sex, status, legal_capacity, unit_code, address, phone, message_language, persons_as_of, phone_as_of, wards_as_of)
        select ${id('8002', 'n')}, '99' || lpad(n::text, 10, '0'), 'Толпа' || n, 'Тест', null, '1980-01-01', 'female', 'alive', 'capable', 'crowd-' || (n % ${departments} + 1), '{"kk":"–","ru":"–"}',
               '+7747' || lpad(n::text, 7, '0'), (array['kk','ru','en'])[n % 3 + 1], '${now}', '${now}', '${now}'
          from generate_series(1, ${people}) n;
        insert into form_031 (id, person_id, number, formed_on, signed_at, valid_until, track, purpose, organization_bin, organization_name, state, accepted_at)
        select ${id('8003', 'n')}, ${id('8002', 'n')}, 'crowd-' || n, ('${now}'::timestamptz at time zone 'Asia/Almaty')::date, '${now}', ('${now}'::timestamptz at time zone 'Asia/Almaty')::date + 3650,
               'in-person', 'disability-first', '990140000011', 'load', 'accepted', '${now}'
          from generate_series(1, ${people}) n;
        insert into consent_event (person_id, given_by, kind, version, language, at)
        select ${id('8002', 'n')}, ${id('8002', 'n')}, 'given', 'load', 'kk', '${now}' from generate_series(1, ${people}) n;
        insert into session (id, person_id, audience, trust, device, started_at, last_used_at, expires_at)
        select encode(sha256(('crowd-token-' || n)::bytea), 'hex'), ${id('8002', 'n')}, 'citizen', 'sms', 'load', '${now}', '${now}', '${now}'::timestamptz + interval '12 hours'
          from generate_series(1, ${people}) n;
      `);
    });
    await sql.unsafe('analyze');
    const dayRows = await sql<{ day: string }[]>`
      select distinct to_char(day, 'YYYY-MM-DD') as day from place p join department d on d.id = p.department_id
       where d.region_code = ${CROWD_REGION} order by 1`;
    const dayList = dayRows.map((row) => row.day);
    const uuid = (kind: string, n: number) =>
      `00000000-0000-7000-${kind}-${n.toString(16).padStart(12, '0')}`;
    return {
      members: Array.from({ length: people }, (_, index) => ({
        personId: uuid('8002', index + 1),
        formId: uuid('8003', index + 1),
        token: `crowd-token-${index + 1}`,
        departmentId: uuid('8001', ((index + 1) % departments) + 1),
        language: (['kk', 'ru', 'en'] as const)[(index + 1) % 3] ?? 'kk',
      })),
      departmentIds: Array.from({ length: departments }, (_, index) => uuid('8001', index + 1)),
      firstDay: dayList[0] ?? '',
      days: dayList,
      startTimes,
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}
