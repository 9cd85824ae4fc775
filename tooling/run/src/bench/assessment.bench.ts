import { join } from 'node:path';
import postgres from 'postgres';
import { type Bench, median } from '../measure.ts';
import { repositoryRoot } from '../paths.ts';
import { runProcess } from '../processes.ts';
import { testFolder } from '../test-folder.ts';

const EXPERTS = 2000;
/** Decisions of the month, three a case; `BENCH_DECISIONS=60000 npm run bench -- assessment` for a short look. */
const DECISIONS = Number(process.env.BENCH_DECISIONS ?? 600_000);
const CASES = Math.ceil(DECISIONS / 3);
const ROUNDS = 5;

const id = (kind: string, n: string) =>
  `('00000000-0000-7000-${kind}-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** P12: a month's assessment of 2,000 experts over 600,000 decisions. The reference is one plain pass over the same rows. */
const bench: Bench = {
  name: 'assessment',
  async run({ service }) {
    const admin = postgres(service.databaseUrl, { max: 1, onnotice: () => undefined });
    const name = 'bench_assessment';
    await admin.unsafe(`create database ${name}`);
    const url = Object.assign(new URL(service.databaseUrl), { pathname: `/${name}` }).href;
    await runProcess(
      {
        name: 'migrate-bench',
        args: [join(repositoryRoot, 'apps/api/src/migrate.ts')],
        env: { DATABASE_URL: url, MIGRATION_DATABASE_URL: url, SERVICE_MODE: 'demo' },
      },
      join(testFolder(), 'logs'),
    );
    const sql = postgres(url, { max: 1, onnotice: () => undefined });
    try {
      await fill(sql);
      const ratios: number[] = [];
      let counted = 0;
      let seconds = 0;
      for (let round = -1; round < ROUNDS; round += 1) {
        const plainSince = performance.now();
        await sql.unsafe(`
          select d.expert_id, count(*), count(*) filter (where d.in_time), count(c.content), count(f.purpose)
            from decision d join examination_case k on k.id = d.case_id join form_031 f on f.id = k.form_id
            left join conclusion c on c.case_id = d.case_id group by d.expert_id`);
        const plain = performance.now() - plainSince;
        const since = performance.now();
        const rows = await sql`select * from count_decisions('2026-10-01+05', '2026-11-01+05')`;
        const own = performance.now() - since;
        counted = rows.filter((row) => Number(row.k1) > 0).length;
        seconds = own / 1000;
        // The first round only warms up.
        if (round >= 0) ratios.push(own / plain);
      }
      if (counted !== EXPERTS) throw new Error(`Only ${counted} of ${EXPERTS} experts were assessed`);
      return [
        {
          name: 'P12 monthly assessment / one plain pass over the same rows',
          ratio: median(ratios),
          minimum: Math.min(...ratios),
          maximum: Math.max(...ratios),
          target: 3,
          wanted: 'at most',
          note: `${EXPERTS} experts, ${DECISIONS} decisions in ${seconds.toFixed(1)} s`,
        },
      ];
    } finally {
      await sql.end({ timeout: 5 });
      await admin.end({ timeout: 5 });
    }
  },
};
export default bench;

/** People, forms, ended cases with their conclusions, and three decisions each, a fifth of them differing or late. */
async function fill(sql: postgres.Sql): Promise<void> {
  // Rows of the past need no checks of their references.
  await sql.unsafe('set session_replication_role = replica');
  await sql.unsafe(`
    insert into expert (id, person_id, code, kind, region_code, entered_on, created_at)
    select ${id('8d01', 'n')}, ${id('8d02', 'n')}, 'P-' || n, 'independent', '75', '2025-01-01', '2025-01-01' from generate_series(1, ${EXPERTS}) n`);
  await sql.unsafe(`
    insert into form_031 (id, person_id, number, formed_on, signed_at, valid_until, track, purpose, organization_bin, organization_name, state, accepted_at)
    select ${id('8d03', 'n')}, ${id('8d02', `1 + n % ${EXPERTS}`)}, 'B-' || n, '2026-10-01', '2026-10-01', '2026-11-01', 'remote-proactive',
           (array['disability-first', 'disability-repeated'])[1 + n % 2], '990140000011', 'Bench', 'served', '2026-10-02' from generate_series(1, ${CASES}) n`);
  await sql.unsafe(`
    insert into form_content (form_id, document)
    select ${id('8d03', 'n')}, jsonb_build_object('socialInsurance', n % 3 = 0) from generate_series(1, ${CASES}) n`);
  await sql.unsafe(`
    insert into examination_case (id, form_id, person_id, region_code, track, nosology_group, purpose, state, state_at, accepted_at, ended_at)
    select ${id('8d04', 'n')}, ${id('8d03', 'n')}, ${id('8d02', `1 + n % ${EXPERTS}`)}, '11', 'ordinary', 'oncology', 'disability-first', 'concluded',
           '2026-10-10', '2026-10-02', '2026-10-10' from generate_series(1, ${CASES}) n`);
  const content = (group: string) => `jsonb_build_object(
    'disability', jsonb_build_object('outcome', 'group-' || ${group}, 'cause', 'general-disease', 'term', jsonb_build_object('kind', 'indefinite')),
    'generalLoss', case when n % 4 = 0 then jsonb_build_object('percent', 10 * ${group}, 'term', jsonb_build_object('kind', 'indefinite')) end,
    'professionalLoss', null,
    'programme', case when n % 2 = 0 then jsonb_build_object('social', jsonb_build_array('a'), 'vocational', '[]'::jsonb) end,
    'injuredWorkerNeeds', null, 'diagnosis', 'C50', 'reasons', repeat('r', 200))`;
  await sql.unsafe(`
    insert into conclusion (id, act_no, form_id, case_id, person_id, basis, examined_on, content, concluded_at)
    select ${id('8d05', 'n')}, 'A-' || n, ${id('8d03', 'n')}, ${id('8d04', 'n')}, ${id('8d02', `1 + n % ${EXPERTS}`)}, 'remote', '2026-10-05',
           ${content('(1 + n % 3)')}, '2026-10-10' from generate_series(1, ${CASES}) n`);
  await sql.unsafe(`
    insert into comparison (id, case_id, outcome, at, detail)
    select ${id('8d06', 'n')}, ${id('8d04', 'n')}, 'agreed', '2026-10-10', '{}' from generate_series(1, ${CASES}) n`);
  await sql.unsafe(`
    insert into decision (id, assignment_id, case_id, expert_id, content, text, signature, signer_serial, signed_at, in_time)
    select ${id('8d07', 'n * 3 + s')}, ${id('8d08', 'n * 3 + s')}, ${id('8d04', 'n')}, ${id('8d01', `1 + (n * 3 + s) % ${EXPERTS}`)},
           jsonb_build_object('kind', 'conclusion', 'conclusion', ${content('case when (n + s) % 5 = 0 then 1 + (n + 1) % 3 else 1 + n % 3 end')}),
           'text', '', '01', timestamptz '2026-10-02' + (n % 28) * interval '1 day', (n + s) % 10 <> 0
      from generate_series(1, ${CASES}) n, generate_series(0, 2) s`);
  await sql.unsafe('set session_replication_role = origin');
  await sql.unsafe('vacuum analyze');
}
