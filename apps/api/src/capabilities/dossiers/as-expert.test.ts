import { asExpert, OWN_ASSIGNMENT } from '@mse/db';
import {
  assignments,
  cases,
  decisionDrafts,
  decisions,
  dossierPages,
  dossiers,
  experts,
  formContents,
  nosologyGroups,
  persons,
} from '@mse/db/schema';
import { addMinutes, plainDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.db
    .insert(nosologyGroups)
    .values({ code: 'test-group', name: { kk: 'т', ru: 'т', en: 't' }, special: false })
    .onConflictDoNothing();
});
afterAll(() => world.close());

const id = () => world.random.id(world.clock.now());

async function expert(code: string) {
  const person = await world.staff('expert');
  const row = {
    id: id(),
    personId: person.id,
    code,
    kind: 'independent' as const,
    regionCode: '75',
    enteredOn: plainDate('2026-01-01'),
    createdAt: world.clock.now(),
  };
  await world.db.insert(experts).values(row);
  return row;
}

/** A case with its dossier and one page. */
async function caseWithPapers() {
  const at = world.clock.now();
  const person = await world.person();
  const form = await world.form(person.id, { track: 'remote-proactive' });
  const caseId = id();
  await world.db.insert(cases).values({
    id: caseId,
    formId: form.id,
    personId: person.id,
    regionCode: '11',
    departmentId: DEPARTMENT_1,
    track: 'ordinary',
    nosologyGroup: 'test-group',
    purpose: 'disability-first',
    state: 'deciding',
    stateAt: at,
    acceptedAt: at,
  });
  await world.db.insert(formContents).values({ formId: form.id, document: { complaints: 'Бас ауруы' } });
  await world.db.insert(dossiers).values({
    caseId,
    sex: 'male',
    ageYears: 36,
    nosologyGroup: 'test-group',
    purpose: 'disability-first',
    icd10: 'I69.3',
    sections: { complaints: 'Бас ауруы' },
    examinations: [],
    madeAt: at,
  });
  await world.db.insert(dossierPages).values({
    id: id(),
    caseId,
    fileNo: 1,
    pageNo: 1,
    kind: 'other',
    mediaType: 'image/webp',
    width: 1,
    height: 1,
    content: Buffer.from('page'),
    text: '',
  });
  return caseId;
}

async function assign(
  caseId: string,
  expertId: string,
  seat: number,
  state: 'open' | 'signed' | 'moved' | 'recused' | 'dropped',
) {
  const at = world.clock.now();
  const row = {
    id: id(),
    caseId,
    seat,
    expertId,
    caseCode: `C-${world.random.below(1_000_000_000)}`,
    state,
    stateAt: at,
    cause: 'dealt' as const,
    arrivedAt: at,
    dueAt: addMinutes(at, 600),
  };
  await world.db.insert(assignments).values(row);
  return row;
}

const decided = (assignment: { id: string; caseId: string; expertId: string }) => ({
  id: id(),
  assignmentId: assignment.id,
  caseId: assignment.caseId,
  expertId: assignment.expertId,
  content: { kind: 'nonconformity' as const, kinds: ['evidence' as const], reasons: 'r' },
  text: 't',
  signature: Buffer.from('s'),
  signerSerial: '1',
  signedAt: world.clock.now(),
  inTime: true,
});

/** What the experts' role may select, whole or in part; everything else of the catalogue is closed. */
const READABLE = [
  'blind.dossier',
  'blind.dossier_page',
  'public.assignment',
  'public.common_phrase',
  'public.decision',
  'public.decision_draft',
  'public.expert_phrase',
];

describe('The experts’ side of the database', () => {
  it('PX-04, T16: every table and view of the catalogue is tried, and only the experts’ own are readable', async () => {
    const expertRow = await expert('E-90001');
    const tables = await world.owner.execute<{ name: string }>(sql`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
       order by 1`);
    expect(tables.length).toBeGreaterThan(40);
    const readable: string[] = [];
    for (const { name } of tables) {
      const answer = await asExpert(world.db, expertRow.id, (tx) =>
        tx.execute(sql.raw(`select count(*) from ${name}`)),
      ).then(
        () => 'readable',
        (error: { cause?: { code?: string } }) => error.cause?.code,
      );
      if (answer === 'readable') readable.push(name);
      else expect(answer, name).toBe('42501');
    }
    expect(readable).toEqual(READABLE);
  });

  it('PX-04, T16: nothing of a person, a form or a case can be read by any column, nor changed', async () => {
    const columns = await world.owner.execute<{ table: string; column: string; privilege: string }>(sql`
      select format('%I.%I', n.nspname, c.relname) as table, a.attname as column, p.privilege
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        cross join (values ('select'), ('insert'), ('update'), ('references')) as p (privilege)
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_toast%'
         and has_column_privilege('saraptama_expert', c.oid, a.attnum, p.privilege)
       order by 1, 2, 3`);
    const of = (table: string, privilege: string) =>
      columns.filter((row) => row.table === table && row.privilege === privilege).map((row) => row.column);
    expect([...new Set(columns.map((row) => row.table))]).toEqual(READABLE);
    expect(of('public.assignment', 'select')).toEqual(
      Object.values(OWN_ASSIGNMENT)
        .map((column) => column.name)
        .toSorted(),
    );
    expect(new Set(columns.filter((row) => row.privilege !== 'select').map((row) => row.table))).toEqual(
      new Set(['public.decision_draft', 'public.expert_phrase']),
    );
    // X04: whose phrase it is stays as it was written, and who offered a common one is no matter of the experts.
    expect(of('public.expert_phrase', 'update')).toEqual(['changed_at', 'text']);
    expect(of('public.common_phrase', 'select')).toEqual(['ended_at', 'field', 'id', 'text']);
    // PX-04: the allow-list. A new column is seen by experts, so it must be put here by hand.
    expect(of('blind.dossier', 'select')).toEqual([
      'age_years',
      'case_id',
      'examinations',
      'icd10',
      'made_at',
      'nosology_group',
      'purpose',
      'sections',
      'sex',
    ]);
    expect(of('blind.dossier_page', 'select')).toEqual([
      'case_id',
      'content',
      'file_no',
      'height',
      'id',
      'kind',
      'media_type',
      'page_no',
      'text',
      'width',
    ]);
  });

  it('PX-04: no function lends the experts’ role another’s rights, and no other role is theirs', async () => {
    const lent = await world.owner.execute(sql`
      select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema') and has_function_privilege('saraptama_expert', p.oid, 'execute')`);
    expect([...lent]).toEqual([]);
    const others = await world.owner.execute(sql`
      select rolname from pg_roles where rolname <> 'saraptama_expert' and pg_has_role('saraptama_expert', oid, 'member')`);
    expect([...others]).toEqual([]);
  });

  it('PX-04: an expert sees the papers of the own open and signed parts, and of nobody else’s', async () => {
    const mine = await expert('E-90002');
    const other = await expert('E-90003');
    const [open, signed, moved, recused, dropped, foreign] = [
      await caseWithPapers(),
      await caseWithPapers(),
      await caseWithPapers(),
      await caseWithPapers(),
      await caseWithPapers(),
      await caseWithPapers(),
    ];
    await assign(open, mine.id, 1, 'open');
    await assign(signed, mine.id, 1, 'signed');
    await assign(moved, mine.id, 1, 'moved');
    await assign(recused, mine.id, 1, 'recused');
    await assign(dropped, mine.id, 1, 'dropped');
    await assign(foreign, other.id, 1, 'open');
    const [seenDossiers, seenPages, seenParts] = await asExpert(world.db, mine.id, async (tx) => [
      await tx.select({ caseId: dossiers.caseId }).from(dossiers),
      await tx.select({ caseId: dossierPages.caseId }).from(dossierPages),
      await tx.select(OWN_ASSIGNMENT).from(assignments),
    ]);
    expect(seenDossiers.map((row) => row.caseId).toSorted()).toEqual([open, signed].toSorted());
    expect(seenPages.map((row) => row.caseId).toSorted()).toEqual([open, signed].toSorted());
    expect(seenParts.map((row) => row.caseId).toSorted()).toEqual(
      [open, signed, moved, recused, dropped].toSorted(),
    );
  });

  it('PX-32: experts of one case see each other’s parts, drafts and decisions never', async () => {
    const [mine, other] = [await expert('E-90004'), await expert('E-90005')];
    const caseId = await caseWithPapers();
    const own = await assign(caseId, mine.id, 1, 'open');
    const theirs = await assign(caseId, other.id, 2, 'signed');
    const at = world.clock.now();
    await world.db.insert(decisionDrafts).values([
      { assignmentId: own.id, content: { a: 1 }, version: 1, savedAt: at },
      { assignmentId: theirs.id, content: { b: 1 }, version: 1, savedAt: at },
    ]);
    await world.db.insert(decisions).values(decided(theirs));
    const seen = await asExpert(world.db, mine.id, async (tx) => ({
      parts: await tx.select({ id: assignments.id }).from(assignments),
      drafts: await tx.select({ id: decisionDrafts.assignmentId }).from(decisionDrafts),
      decisions: await tx.select({ id: decisions.id }).from(decisions),
    }));
    expect(seen).toEqual({ parts: [{ id: own.id }], drafts: [{ id: own.id }], decisions: [] });
    const foreignDraft = asExpert(world.db, mine.id, (tx) =>
      tx
        .insert(decisionDrafts)
        .values({ assignmentId: theirs.id, content: {}, version: 1, savedAt: at })
        .onConflictDoUpdate({ target: decisionDrafts.assignmentId, set: { content: {} } }),
    );
    await expect(foreignDraft).rejects.toMatchObject({ cause: { code: '42501' } });
    await asExpert(world.db, mine.id, (tx) => tx.update(decisionDrafts).set({ version: 2 }));
    const kept = await world.db.select().from(decisionDrafts);
    expect(kept.find((row) => row.assignmentId === own.id)?.version).toBe(2);
    expect(kept.find((row) => row.assignmentId === theirs.id)?.version).toBe(1);
  });

  it('T05: without an expert’s id the role sees nothing, and the next user of the connection is the product again', async () => {
    const nobody = await world.db.transaction(async (tx) => {
      await tx.execute(sql`set local role saraptama_expert`);
      return [
        await tx.select({ id: dossiers.caseId }).from(dossiers),
        await tx.select({ id: assignments.id }).from(assignments),
        await tx.select({ id: decisions.id }).from(decisions),
      ];
    });
    expect(nobody).toEqual([[], [], []]);
    const mine = await expert('E-90006');
    await Promise.all(
      Array.from({ length: 200 }, async (_, turn) => {
        if (turn % 2 === 0) await asExpert(world.db, mine.id, (tx) => tx.execute(sql`select 1`));
        const [state] = await world.db.execute<{ role: string; expert: string | null }>(
          sql`select current_user as role, nullif(current_setting('saraptama.expert', true), '') as expert`,
        );
        expect(state).toEqual({ role: 'saraptama_app', expert: null });
      }),
    );
    expect(await world.db.select({ id: persons.id }).from(persons).limit(1)).toHaveLength(1);
  });
});
