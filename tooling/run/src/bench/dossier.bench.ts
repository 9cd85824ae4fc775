import { createHash } from 'node:crypto';
import postgres from 'postgres';
import { textPdf } from '../../../../apps/api/test/planted-papers.ts';
import { readFile } from '../../../../apps/api/src/capabilities/dossiers/pages/read-file.ts';
import { type Bench, type BenchLine, median } from '../measure.ts';

const CASES = 4;
const FILES = 3;
const PAGES_PER_FILE = 2;
const PATIENCE_MS = 600_000;
const id = (kind: string, n: number) => `00000000-0000-7000-${kind}-${n.toString(16).padStart(12, '0')}`;

/** Text of a page as a clinic prints it. */
const PARAGRAPHS = [
  'Выписка из медицинской карты стационарного больного. Пациентка Бенчмаркова Айгуль, жалобы на слабость, боли в левой руке.',
  'Гемоглобин 120 г/л, лейкоциты 6,5, СОЭ 12 мм/ч. Проведена химиотерапия, четыре курса, динамика положительная.',
  'Науқастың жағдайы орташа, тынысы везикулярлы, жүрек соғысы ырғақты. Функция бұзылысы орташа дәрежеде.',
  'Рекомендовано наблюдение онколога, контроль анализов через месяц, санаторное лечение.',
];

/**
 * PX-04: draft acts of cases with six pages, made by the worker, against drawing and reading the same pages once and nothing else, in
 * the same run; and how long a case without pages takes while they are under way, against the same alone.
 */
const bench: Bench = {
  name: 'dossier',
  async run({ service }): Promise<BenchLine[]> {
    const sql = postgres(service.databaseUrl, { max: 2, onnotice: () => undefined });
    const [ahead] = await sql<{ ms: string }[]>`select offset_ms as ms from demo_clock`;
    const now = new Date(Date.now() + Number(ahead?.ms ?? 0));
    const lines = Array.from(
      { length: PAGES_PER_FILE * 14 },
      (_, at) => PARAGRAPHS[at % PARAGRAPHS.length] ?? '',
    );
    const file = textPdf(lines, new Date('2026-11-23T05:00:00Z'));
    try {
      const alone: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        const since = performance.now();
        for (let no = 0; no < FILES; no += 1) {
          const opened = await readFile(file, 'application/pdf');
          if (!opened.ok) throw new Error(opened.cause);
          if (opened.file.pages.length !== PAGES_PER_FILE)
            throw new Error(`${opened.file.pages.length} pages`);
          opened.file.close();
        }
        alone.push((performance.now() - since) / 1000);
      }
      const quiet = await prepared(sql, now, 100, 0, file);
      for (let no = 1; no <= CASES; no += 1) await insertCase(sql, now, no, FILES, file);
      const busy = await prepared(sql, now, 200, 0, file);
      const times: number[] = [];
      for (let no = 1; no <= CASES; no += 1) times.push(await secondsOf(sql, no));
      const reference = median(alone);
      const line = (
        name: string,
        values: number[],
        base: number,
        target: number,
        note: string,
      ): BenchLine => ({
        name,
        ratio: median(values) / base,
        minimum: Math.min(...values) / base,
        maximum: Math.max(...values) / base,
        target,
        wanted: 'at most',
        note,
      });
      return [
        line(
          'draft act with six pages ÷ drawing and reading them once',
          times,
          reference,
          4,
          `${median(times).toFixed(1)} s against ${reference.toFixed(1)} s`,
        ),
        line(
          'draft act without pages, beside four with six ÷ alone',
          [busy],
          Math.max(quiet, 0.2),
          5,
          `${busy.toFixed(2)} s against ${quiet.toFixed(2)} s`,
        ),
      ];
    } finally {
      await sql.end();
    }
  },
};
export default bench;

async function prepared(
  sql: postgres.Sql,
  now: Date,
  no: number,
  files: number,
  file: Buffer,
): Promise<number> {
  await insertCase(sql, now, no, files, file);
  return secondsOf(sql, no);
}

/** An accepted case with its job, as the intake leaves it. */
async function insertCase(
  sql: postgres.Sql,
  now: Date,
  no: number,
  files: number,
  file: Buffer,
): Promise<void> {
  await sql.begin(async (tx) => {
    const [person, form, caseId] = [id('9001', no), id('9002', no), id('9003', no)];
    await tx`insert into person (id, iin, surname, name, birth_date, sex, status, legal_capacity, message_language, persons_as_of, phone_as_of, wards_as_of)
      values (${person}, ${`96${String(no).padStart(10, '0')}`}, 'Бенчмаркова', 'Айгүл', '1980-01-01', 'female', 'alive', 'capable', 'kk', ${now}, ${now}, ${now})`;
    await tx`insert into form_031 (id, person_id, number, formed_on, signed_at, valid_until, track, purpose, organization_bin, organization_name, state, accepted_at)
      values (${form}, ${person}, ${`dossier-${no}`}, ${now}, ${now}, ${now}, 'remote-proactive', 'disability-first', '990140000011', '–', 'accepted', ${now})`;
    await tx`insert into form_content (form_id, document) values (${form}, ${tx.json({ icd10: 'C50.4', complaints: 'Бас ауруы', diagnosis: 'Сүт безінің қатерлі ісігі' })})`;
    for (let index = 0; index < files; index += 1)
      await tx`insert into form_file (id, form_id, store_id, kind, media_type, sha256, content)
        values (${id('9004', no * 10 + index)}, ${form}, ${`bench-${index}`}, 'other', 'application/pdf', ${createHash('sha256').update(file).digest('hex')}, ${file})`;
    await tx`insert into examination_case (id, form_id, person_id, region_code, track, nosology_group, purpose, state, state_at, accepted_at)
      values (${caseId}, ${form}, ${person}, '11', 'ordinary', 'oncology', 'disability-first', 'accepted', ${now}, ${now})`;
    await tx`insert into jobs.job (name, data, policy, singleton_key, retry_limit, retry_delay, retry_backoff, expire_seconds, keep_until, dead_letter, heartbeat_seconds)
      select name, ${tx.json({ caseId })}, policy, ${caseId}, retry_limit, retry_delay, retry_backoff, expire_seconds, now() + interval '1 day', dead_letter, heartbeat_seconds
        from jobs.queue where name = 'examination.prepare'`;
  });
}

/** How long the worker was at the job of a case, once it is done. */
async function secondsOf(sql: postgres.Sql, no: number): Promise<number> {
  const caseId = id('9003', no);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const [row] = await sql<{ state: string; seconds: number | null }[]>`
      select c.state, (select sum(extract(epoch from j.completed_on - j.started_on))::float8 from jobs.job j where j.singleton_key = ${caseId} and j.state = 'completed') as seconds
        from examination_case c where c.id = ${caseId}`;
    if (row && row.state !== 'accepted' && row.seconds !== null) {
      if (row.state === 'held') throw new Error('A case of the bench was held');
      return row.seconds;
    }
    if (performance.now() > until) throw new Error('A case was not prepared in time');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
