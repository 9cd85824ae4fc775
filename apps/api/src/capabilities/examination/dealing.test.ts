import { assignments, cases, dealings, expertAbsences, expertNosologies, experts } from '@mse/db/schema';
import { type CaseToDeal, explainDealing, panelsOn, type PresentExpert } from '@mse/domain/dealing';
import { EXPERT_KINDS } from '@mse/domain/policies';
import { addDays, plainDate, plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import { and, asc, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom, startWorld, type World } from '../../../test/harness.ts';
import { addExpert, partsOf, readCase } from '../../../test/panel.ts';
import { dealCases, dealWaiting } from './deal-cases.ts';
import { remakeDealing } from './explain-dealing.ts';
import { moveOpenCases } from './move-open-cases.ts';

const REGIONS = ['11', '35', '55', '75'];
const GROUPS = ['oncology', 'tuberculosis', 'down-syndrome'];

let world: World;

/** Waiting cases straight into the table: many, and only what the dealing looks at. */
async function addWaiting(
  count: number,
  chance: ReturnType<typeof seededRandom>,
  fixed: Partial<typeof cases.$inferInsert> = {},
) {
  const at = world.clock.now();
  const person = await world.person();
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const form = await world.form(person.id, { track: 'remote-proactive' });
    const id = world.random.id(at);
    const special = chance.below(5) === 0;
    await world.db.insert(cases).values({
      id,
      formId: form.id,
      personId: person.id,
      regionCode: REGIONS[chance.below(REGIONS.length)] ?? '11',
      track: special ? 'special' : 'ordinary',
      nosologyGroup: special ? 'down-syndrome' : (GROUPS[chance.below(2)] ?? 'oncology'),
      purpose: 'disability-first',
      state: 'waiting',
      stateAt: at,
      acceptedAt: at,
      draftFormedAt: at,
      waitingSince: at,
      ...fixed,
    });
    ids.push(id);
  }
  return ids;
}

/** The experts as the tables say they are, read without the dealing's own statement. */
async function presentExperts(groups: readonly string[]): Promise<PresentExpert[]> {
  const today = toBusinessDate(world.clock.now());
  const [all, entered, absences, parts] = await Promise.all([
    world.db.select().from(experts),
    world.db.select().from(expertNosologies),
    world.db.select().from(expertAbsences),
    world.db.select().from(assignments),
  ]);
  const dayStart = toInstant(today, plainTime('00:00'));
  return all
    .filter((each) => each.enteredOn <= today && (each.excludedOn === null || each.excludedOn > today))
    .filter(
      (each) =>
        !absences.some(
          (absence) =>
            absence.expertId === each.id &&
            absence.cancelledAt === null &&
            absence.from <= today &&
            (absence.until === null || absence.until >= today),
        ),
    )
    .map((each) => {
      const own = parts.filter(({ expertId }) => expertId === each.id);
      const last = Math.max(...own.map(({ arrivedAt }) => arrivedAt.getTime()));
      return {
        id: each.id,
        kind: each.kind,
        regionCode: each.regionCode,
        open: own.filter(({ state }) => state === 'open').length,
        lastAt: own.length === 0 ? null : last,
        remaining: (each.dailyCap ?? 20) - own.filter(({ arrivedAt }) => arrivedAt >= dayStart).length,
        groups: groups.filter((group) =>
          entered.some(
            (row) =>
              row.expertId === each.id &&
              row.groupCode === group &&
              row.validFrom <= today &&
              (row.validUntil === null || row.validUntil >= today),
          ),
        ),
      };
    })
    .filter((each) => each.groups.length > 0);
}

/** Waiting cases as the tables say, in the order of arrival. */
async function waitingCases(): Promise<CaseToDeal[]> {
  const rows = await world.db
    .select()
    .from(cases)
    .where(eq(cases.state, 'waiting'))
    .orderBy(asc(cases.arrival));
  const parts = rows.length
    ? await world.db
        .select()
        .from(assignments)
        .where(
          inArray(
            assignments.caseId,
            rows.map(({ id }) => id),
          ),
        )
    : [];
  return rows.map((row) => {
    const own = parts.filter(({ caseId }) => caseId === row.id);
    return {
      id: row.id,
      regionCode: row.regionCode,
      group: row.nosologyGroup,
      track: row.track,
      taken: own.filter(({ state }) => state === 'open' || state === 'signed').map(({ seat }) => seat),
      before: own.map(({ expertId }) => expertId),
    };
  });
}

async function picksOf(dealingId: string) {
  const rows = await world.db
    .select()
    .from(assignments)
    .where(eq(assignments.dealingId, dealingId))
    .orderBy(asc(sql`(${assignments.reasons} ->> 'order')::integer`));
  return rows.map(({ caseId, seat, expertId, reasons }) => ({
    caseId,
    seat,
    expertId,
    open: reasons.open,
    turn: reasons.turn,
    eligible: reasons.eligible,
  }));
}

describe('dealing', () => {
  beforeAll(async () => {
    world = await startWorld({ now: '2026-11-02T09:00', seed: 7 });
  });
  afterAll(() => world.close());

  it('PX-10, PX-11, PX-13, PX-15, PX-16: in eighty dealings of a changing register the database does what the plain rule says', async () => {
    const chance = seededRandom(20261102);
    const one = <Value>(values: readonly Value[]) => values[chance.below(values.length)] as Value;
    let dealtTotal = 0;
    let unfitTotal = 0;
    let againTotal = 0;
    for (let round = 0; round < 80; round += 1) {
      world.clock.forward(30 + chance.below(400));
      const at = world.clock.now();
      const today = toBusinessDate(at);
      for (let index = chance.below(round < 10 ? 6 : 2); index > 0; index -= 1)
        await addExpert(world, one(EXPERT_KINDS), one(REGIONS), {
          groups: GROUPS.filter(() => chance.below(3) > 0)
            .concat(one(GROUPS))
            .filter((group, at, all) => all.indexOf(group) === at),
          dailyCap: 1 + chance.below(8),
          enteredOn: addDays(today, chance.below(3) - 1),
        });
      const known = await world.db.select().from(experts).orderBy(asc(experts.code));
      if (known.length > 0 && chance.below(2) === 0) {
        const expertId = one(known).id;
        const from = addDays(today, chance.below(3) - 1);
        await world.db.insert(expertAbsences).values({
          id: world.random.id(at),
          expertId,
          kind: 'sick-leave',
          from,
          until: chance.below(2) ? addDays(from, chance.below(4)) : null,
          createdBy: 'test',
          createdAt: at,
          cancelledAt: chance.below(3) ? null : at,
        });
        if (chance.below(4))
          await world.db.transaction((tx) =>
            moveOpenCases(world.deps, tx, { expertId, cause: 'absence' }, at),
          );
      }
      const leaver = chance.below(12) === 0 ? known.find(({ excludedOn }) => excludedOn === null) : undefined;
      if (leaver)
        await world.db
          .update(experts)
          .set({ excludedOn: addDays(today, chance.below(2)), exclusionGround: 'own-application' })
          .where(eq(experts.id, leaver.id));
      // Some of what is open gets done.
      const open = await world.db
        .select({ id: assignments.id })
        .from(assignments)
        .where(eq(assignments.state, 'open'))
        .orderBy(asc(assignments.caseId), asc(assignments.seat));
      for (const { id } of open)
        if (chance.below(3) === 0)
          await world.db
            .update(assignments)
            .set({ state: 'signed', stateAt: at })
            .where(eq(assignments.id, id));
      await addWaiting(chance.below(10), chance);

      const waiting = await waitingCases();
      const panel = panelsOn(world.deps.reference.policies(), today);
      const groups = [...new Set(waiting.map(({ group }) => group))].sort();
      const present = await presentExperts(groups);
      const limit = chance.below(4) === 0 ? 1 + chance.below(5) : 10_000;
      const dealt = await world.db.transaction((tx) => dealCases(world.deps, tx, at, { limit }));
      const [dealing] = await world.db.select().from(dealings).where(eq(dealings.id, dealt.dealingId));
      const expected = explainDealing({
        panels: panel,
        seed: dealing?.seed ?? 1,
        limit,
        experts: present,
        cases: waiting,
      });
      expect(dealt.caseIds).toEqual(expected.dealt);
      if (dealing) {
        expect(await picksOf(dealing.id)).toEqual(expected.picks);
        // And from what was kept of it the same dealing can be made again.
        const remade = await remakeDealing(world.db, dealing.id);
        expect(remade?.picks).toEqual(remade?.done);
      }
      dealtTotal += expected.dealt.length;
      unfitTotal += expected.unfit.length;
      againTotal += waiting.filter(({ before }) => before.length > 0).length;
    }
    // The walk has met what it is for.
    expect(dealtTotal).toBeGreaterThan(80);
    expect(unfitTotal).toBeGreaterThan(40);
    expect(againTotal).toBeGreaterThan(3);

    const wrong = await world.db.execute(sql`
      select a.id from assignment a join examination_case c on c.id = a.case_id join expert e on e.id = a.expert_id
       where e.region_code = c.region_code
          or not exists (select from expert_nosology n where n.expert_id = e.id and n.group_code = c.nosology_group)`);
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('dealing under pressure', () => {
  beforeAll(async () => {
    world = await startWorld({ now: '2026-11-02T09:00', seed: 8 });
  });
  afterAll(() => world.close());

  it('PX-10, PX-15: eight dealers at once deal no case twice and exceed no cap', async () => {
    world.clock.set('2026-11-26T09:00');
    const day = toBusinessDate(world.clock.now());
    for (const kind of EXPERT_KINDS)
      for (let index = 0; index < 4; index += 1)
        await addExpert(world, kind, '35', { groups: ['paralysis'], dailyCap: 9 });
    const chance = seededRandom(3);
    const ids = await addWaiting(40, chance, {
      regionCode: '11',
      track: 'ordinary',
      nosologyGroup: 'paralysis',
    });
    const counts = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        dealWaiting(world.deps, world.clock.now(), index % 2 ? 3 : 10_000),
      ),
    );
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(36);
    const parts = await world.db.select().from(assignments).where(inArray(assignments.caseId, ids));
    expect(new Set(parts.map(({ caseId, seat }) => `${caseId} ${seat}`)).size).toBe(parts.length);
    expect(parts).toHaveLength(36 * 3);
    const perDay = await world.db
      .select({ expertId: assignments.expertId, count: sql<number>`count(*)::int` })
      .from(assignments)
      .where(
        and(inArray(assignments.caseId, ids), gte(assignments.arrivedAt, toInstant(day, plainTime('00:00')))),
      )
      .groupBy(assignments.expertId);
    expect(perDay.map(({ count }) => count)).toEqual(Array(12).fill(9));
    // Those who found no panel keep their places: the last four to arrive.
    const waiting = await world.db
      .select({ id: cases.id })
      .from(cases)
      .where(and(eq(cases.state, 'waiting'), inArray(cases.id, ids)))
      .orderBy(asc(cases.arrival));
    expect(waiting.map(({ id }) => id)).toEqual(ids.slice(36));
    world.clock.set('2026-11-27T09:00');
    await dealWaiting(world.deps, world.clock.now());
    expect(await world.db.$count(cases, and(eq(cases.state, 'waiting'), inArray(cases.id, ids)))).toBe(0);
  }, 60_000);

  it('PX-14: until 30 November an independent expert sits third, from 1 December the staff sits alone', async () => {
    const chance = seededRandom(4);
    const group = 'hydrocephalus';
    for (const kind of EXPERT_KINDS)
      for (let index = 0; index < 2; index += 1) await addExpert(world, kind, '35', { groups: [group] });
    const seats = async (caseId: string) => {
      const parts = await partsOf(world, caseId);
      const kinds = await world.db.select().from(experts);
      return parts.map(({ expertId }) => kinds.find(({ id }) => id === expertId)?.kind);
    };
    const fixed = { regionCode: '11', track: 'ordinary' as const, nosologyGroup: group };
    world.clock.set('2026-11-30T23:59');
    const [before = ''] = await addWaiting(1, chance, fixed);
    await dealWaiting(world.deps, world.clock.now());
    expect(await seats(before)).toEqual(['department-head', 'chief-specialist', 'independent']);
    world.clock.set('2026-12-01T00:00');
    const [after = ''] = await addWaiting(1, chance, fixed);
    await dealWaiting(world.deps, world.clock.now());
    const late = await seats(after);
    expect(late.slice(0, 2)).toEqual(['department-head', 'chief-specialist']);
    expect(late[2]).not.toBe('independent');
    expect(late).toHaveLength(3);
  });

  it('PX-16, PX-17: a seat that nobody can take waits for itself; the others keep theirs, and the new part has one working day', async () => {
    world.clock.set('2026-12-08T10:00');
    const group = 'type-1-diabetes-children';
    const make = (kind: (typeof EXPERT_KINDS)[number]) => addExpert(world, kind, '35', { groups: [group] });
    const head = await make('department-head');
    await make('chief-specialist');
    const second = await make('chief-specialist');
    const [caseId = ''] = await addWaiting(1, seededRandom(5), {
      regionCode: '11',
      track: 'ordinary',
      nosologyGroup: group,
    });
    await dealWaiting(world.deps, world.clock.now());
    expect((await partsOf(world, caseId)).map(({ seat }) => seat)).toEqual([1, 2, 3]);
    world.clock.forward(60);
    const moved = await world.db.transaction((tx) =>
      moveOpenCases(world.deps, tx, { expertId: head.id, cause: 'absence' }, world.clock.now()),
    );
    expect(moved).toEqual({ moved: 0, left: 1 });
    expect((await readCase(world, caseId)).state).toBe('waiting');
    // The other parts are still there to be decided.
    expect((await partsOf(world, caseId)).map(({ state }) => state)).toEqual(['moved', 'open', 'open']);
    expect(await dealWaiting(world.deps, world.clock.now())).toBe(0);
    const stand = await make('department-head');
    expect(await dealWaiting(world.deps, world.clock.now())).toBe(1);
    const parts = await partsOf(world, caseId);
    expect(
      parts
        .filter(({ state }) => state === 'open')
        .map(({ seat, expertId, cause }) => [seat, expertId, cause]),
    ).toEqual([
      [1, stand.id, 'absence'],
      [2, expect.any(String), 'dealt'],
      [3, expect.any(String), 'dealt'],
    ]);
    expect(parts.map(({ expertId }) => expertId)).toContain(second.id);
    const next = parts.find(({ expertId }) => expertId === stand.id);
    expect(next?.dueAt).toEqual(toInstant(plainDate('2026-12-09'), plainTime('18:00')));
    // Ten working days from the day of dealing; 16 December is a holiday.
    expect((await readCase(world, caseId)).dueAt).toEqual(
      toInstant(plainDate('2026-12-22'), plainTime('18:00')),
    );
  });

  it('PX-15: a batch of 600 parts, with loads that differ and caps that end within it, is what the plain rule says', async () => {
    world.clock.set('2026-11-19T09:00');
    const chance = seededRandom(11);
    const group = 'mental-disorders';
    for (const kind of EXPERT_KINDS)
      for (let index = 0; index < 12; index += 1)
        await addExpert(world, kind, REGIONS[index % 4] ?? '35', {
          groups: [group],
          dailyCap: 12 + chance.below(9),
        });
    await addWaiting(40, chance, { track: 'ordinary', nosologyGroup: group });
    await dealWaiting(world.deps, world.clock.now());
    world.clock.forward(60);
    for (const { id } of await world.db
      .select({ id: assignments.id })
      .from(assignments)
      .where(eq(assignments.state, 'open')))
      if (chance.below(2))
        await world.db.update(assignments).set({ state: 'signed' }).where(eq(assignments.id, id));
    await addWaiting(200, chance, { track: 'ordinary', nosologyGroup: group });
    const dealt = await world.db.transaction((tx) => dealCases(world.deps, tx, world.clock.now()));
    const remade = await remakeDealing(world.db, dealt.dealingId);
    expect(dealt.parts).toBeGreaterThan(400);
    expect(remade?.done).toHaveLength(dealt.parts);
    expect(remade?.picks).toEqual(remade?.done);
    const capped = remade?.experts.filter(
      ({ id, remaining }) => remade.done.filter(({ expertId }) => expertId === id).length === remaining,
    );
    expect(capped?.length).toBeGreaterThan(3);
  }, 60_000);

  it('PX-15, PX-17: every dealing of these days can be made again from what was kept of it', async () => {
    const all = await world.db.select({ id: dealings.id }).from(dealings).orderBy(desc(dealings.at));
    expect(all.length).toBeGreaterThan(5);
    for (const { id } of all) {
      const remade = await remakeDealing(world.db, id);
      expect(remade?.picks).toEqual(remade?.done);
    }
  });
});
