import { assignments, cases, expertAbsences, experts } from '@mse/db/schema';
import type { DecisionContent, DisabilityOutcome } from '@mse/domain/examination';
import { EXPERT_KINDS } from '@mse/domain/policies';
import { addDays, plainDate, plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import { and, eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Deps } from '../../deps.ts';
import { DEPARTMENT_1, seededRandom, startWorld, type World } from '../../../test/harness.ts';
import { addCase, addExpert, conclusion, decide } from '../../../test/panel.ts';
import { YEAR_CASES, YEAR_SEED } from '../../../test/year-size.ts';
import { recordConclusion } from '../results/record-conclusion.ts';
import { changeCase, closeInvitations, moveOpenCases, sweepExamination } from './index.ts';

const FIRST_DAY = plainDate('2027-01-11');
const LAST_ARRIVAL = plainDate('2027-12-17');
const REGIONS = ['11', '15', '35', '39', '55', '71', '75', '79'];
const GROUPS = ['oncology', 'tuberculosis', 'paralysis', 'down-syndrome'];

class Crash extends Error {}

/** Deps whose transactions are lost at their very end now and then, as when a process or the database dies. */
function crashing(world: World, chance: () => boolean): Deps {
  const { deps } = world;
  const db = new Proxy(deps.db, {
    get(target, key, receiver) {
      if (key !== 'transaction') return Reflect.get(target, key, receiver) as unknown;
      return (run: Parameters<typeof target.transaction>[0]) =>
        target.transaction(async (tx) => {
          const result = await run(tx);
          if (chance()) throw new Crash('the process died before its commit');
          return result;
        });
    },
  });
  return { ...deps, db };
}

it(
  `PX-10 to PX-37, T20, T31: a year of ${YEAR_CASES} cases with absences, exclusions, outages and crashes leaves no case without an owner`,
  async () => {
    const world = await startWorld({ now: `${FIRST_DAY}T00:01`, seed: YEAR_SEED, horizonDays: 1 });
    const { db, clock } = world;
    const chance = seededRandom(YEAR_SEED);
    const oneIn = (count: number) => chance.below(count) === 0;
    const one = <Value>(values: readonly Value[]) => values[chance.below(values.length)] as Value;
    const counts = {
      crashes: 0,
      outageSweeps: 0,
      sweeps: 0,
      absences: 0,
      exclusions: 0,
      moves: 0,
      recusals: 0,
    };
    const fragile = crashing(world, () => {
      if (!oneIn(25)) return false;
      counts.crashes += 1;
      return true;
    });
    /** What must not be lost when it dies: it is tried again, as a person or a worker would. */
    const survive = async (run: () => Promise<unknown>) => {
      try {
        await run();
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
      }
    };
    const sweep = async () => {
      counts.sweeps += 1;
      // Two workers at once.
      await Promise.all([0, 1].map(() => survive(() => sweepExamination(fragile, clock.now()))));
    };

    try {
      // As many experts as the year's cases need, with room for those away.
      const perKind = Math.max(8, Math.ceil(YEAR_CASES / 500));
      for (const kind of EXPERT_KINDS)
        for (let index = 0; index < perKind; index += 1)
          await addExpert(world, kind, one(REGIONS), {
            groups: index < 3 ? GROUPS : GROUPS.filter(() => !oneIn(4)),
          });

      const calendar = world.reference.calendar();
      const workingDays: string[] = [];
      for (let day = FIRST_DAY; day <= LAST_ARRIVAL; day = addDays(day, 1))
        if (calendar.isWorkingDay(day)) workingDays.push(day);
      const started = performance.now();
      let opened = 0;
      let outage = 0;
      let deaf = false;

      /** What experts, people and the Committee do in a day. `eager`: nothing is left for later. */
      const live = async (eager: boolean) => {
        const open = await db
          .select({ id: assignments.id, expertId: assignments.expertId, overdueAt: assignments.overdueAt })
          .from(assignments)
          .innerJoin(cases, eq(cases.id, assignments.caseId))
          .where(eq(assignments.state, 'open'))
          .orderBy(assignments.dueAt, assignments.id);
        for (const part of open) {
          if (!eager && part.overdueAt !== null && oneIn(2)) {
            counts.moves += 1;
            await survive(() =>
              fragile.db.transaction((tx) =>
                moveOpenCases(
                  fragile,
                  tx,
                  { expertId: part.expertId, cause: 'overdue', assignmentIds: [part.id] },
                  clock.now(),
                ),
              ),
            );
          } else if (!eager && oneIn(60)) {
            counts.recusals += 1;
            await survive(() =>
              fragile.db.transaction((tx) =>
                moveOpenCases(
                  fragile,
                  tx,
                  { expertId: part.expertId, cause: 'recusal', assignmentIds: [part.id] },
                  clock.now(),
                ),
              ),
            );
          } else if (eager || !oneIn(3)) {
            const word = one<DisabilityOutcome>([
              'group-2',
              'group-2',
              'group-2',
              'group-3',
              'not-established',
              'group-1',
            ]);
            const content: DecisionContent = oneIn(12)
              ? { kind: 'nonconformity', kinds: ['evidence'], reasons: 'why' }
              : { kind: 'conclusion', conclusion: conclusion(word) };
            // Somebody may have taken the part meanwhile.
            const [still] = await db
              .select({ state: assignments.state })
              .from(assignments)
              .where(eq(assignments.id, part.id));
            if (still?.state === 'open')
              await survive(() => decide({ ...world, db: fragile.db }, part.id, content));
          }
        }
        for (const row of await db
          .select()
          .from(cases)
          .where(sql`${cases.state} in ('invited', 'invited-again', 'consultation')`)) {
          if (!eager && !oneIn(4) && row.state !== 'consultation') continue;
          const at = clock.now();
          await survive(() =>
            fragile.db.transaction(async (tx) => {
              if (row.state !== 'consultation' && oneIn(8)) {
                await closeInvitations(fragile, tx, [row.id], 'refused', row.personId, at);
                return;
              }
              if (row.state !== 'consultation' && !eager && oneIn(10)) {
                await changeCase(
                  fragile,
                  tx,
                  { caseId: row.id, event: 'consultation-asked', actor: 'system:test' },
                  at,
                );
                return;
              }
              const step = await changeCase(
                fragile,
                tx,
                { caseId: row.id, event: 'concluded-in-person', actor: 'system:test' },
                at,
              );
              if (step.ok)
                await recordConclusion(
                  fragile,
                  tx,
                  {
                    formId: row.formId,
                    caseId: row.id,
                    personId: row.personId,
                    departmentId: row.departmentId,
                    basis: 'in-person',
                    examinedOn: toBusinessDate(at),
                    content: conclusion('group-2'),
                    text: 'text',
                    signature: Buffer.from('signature'),
                    signedBy: row.personId,
                  },
                  at,
                );
            }),
          );
        }
      };

      for (const [index, day] of workingDays.entries()) {
        // An outage of one to three days now and then: nothing of ours runs.
        if (outage === 0 && oneIn(30)) outage = 1 + chance.below(3);
        deaf = outage > 0;
        if (deaf) outage -= 1;
        const known = await db
          .select()
          .from(experts)
          .where(sql`${experts.excludedOn} is null`);
        if (oneIn(4)) {
          counts.absences += 1;
          const from = addDays(plainDate(day), chance.below(3));
          await db.insert(expertAbsences).values({
            id: world.random.id(clock.now()),
            expertId: one(known).id,
            kind: 'sick-leave',
            from,
            until: addDays(from, chance.below(12)),
            createdBy: 'test',
            createdAt: clock.now(),
          });
        }
        if (oneIn(50) && known.length > perKind * 2) {
          counts.exclusions += 1;
          const leaver = one(known);
          await db
            .update(experts)
            .set({ excludedOn: plainDate(day), exclusionGround: 'own-application' })
            .where(eq(experts.id, leaver.id));
          await addExpert(world, leaver.kind, one(REGIONS), { groups: GROUPS, enteredOn: plainDate(day) });
        }
        const due = Math.round((YEAR_CASES * (index + 1)) / workingDays.length);
        for (const time of ['00:01', '09:40', '15:55', '16:10', '18:01'] as const) {
          clock.set(`${day}T${time}`);
          if (time === '09:40' || time === '16:10')
            while (opened < (time === '09:40' ? due - Math.floor((due - opened) / 3) : due)) {
              const special = oneIn(8);
              await addCase(world, {
                regionCode: one(REGIONS),
                departmentId: DEPARTMENT_1,
                track: special ? 'special' : 'ordinary',
                group: special ? 'down-syndrome' : one(GROUPS.slice(0, 3)),
              });
              opened += 1;
            }
          if (time === '15:55') await live(false);
          if (deaf) counts.outageSweeps += 1;
          else await sweep();
        }
      }
      // Faults stop, nobody new comes: within a few weeks everything must be over.
      const after = addDays(LAST_ARRIVAL, 1);
      for (let step = 0; step < 40; step += 1) {
        const day = addDays(after, step);
        for (const time of ['00:01', '10:00', '18:01'] as const) {
          clock.set(`${day}T${time}`);
          await sweep();
          if (time === '10:00' && calendar.isWorkingDay(day)) await live(step > 20);
        }
      }
      const seconds = (performance.now() - started) / 1000;

      const ask = async (what: string, query: ReturnType<typeof sql>) => {
        const rows = await db.execute(query);
        expect({ what, found: rows.slice(0, 3) }).toEqual({ what, found: [] });
      };
      await ask('a case without an end', sql`select id, state from examination_case where ended_at is null`);
      await ask('an open part', sql`select id from assignment where state = 'open'`);
      await ask(
        'a case that was dealt and has no term',
        sql`select id from examination_case where due_at is null`,
      );
      await ask(
        'an event that does not follow the one before',
        sql`
      select id from (select id, from_state, lag(to_state) over (partition by case_id order by id) as before from case_event) e
       where from_state is distinct from before`,
      );
      await ask(
        'a case whose state is not that of its last event',
        sql`
      select c.id from examination_case c where c.state <> (select e.to_state from case_event e where e.case_id = c.id order by e.id desc limit 1)`,
      );
      await ask(
        'an expert of the own region',
        sql`
      select a.id from assignment a join expert e on e.id = a.expert_id join examination_case c on c.id = a.case_id where e.region_code = c.region_code`,
      );
      await ask(
        'more parts in a day than the cap',
        sql`
      select expert_id from assignment group by expert_id, (arrived_at at time zone 'Asia/Almaty')::date having count(*) > 20`,
      );
      await ask(
        'a part dealt to somebody away or excluded',
        sql`
      select a.id from assignment a join expert e on e.id = a.expert_id
       where e.excluded_on <= (a.arrived_at at time zone 'Asia/Almaty')::date
          or exists (select from expert_absence b where b.expert_id = e.id and b.created_at < a.arrived_at
                        and (a.arrived_at at time zone 'Asia/Almaty')::date between b.from_day and coalesce(b.until_day, 'infinity'))`,
      );
      await ask(
        'an agreed case without its one conclusion',
        sql`
      select c.id from examination_case c where c.state in ('concluded', 'concluded-in-person')
         and (select count(*) from conclusion x where x.case_id = c.id) <> 1`,
      );
      await ask(
        'a conclusion of a case that was closed',
        sql`
      select x.id from conclusion x join examination_case c on c.id = x.case_id where c.state like 'closed%'`,
      );
      await ask(
        'an invitation without its one first call, or with a second too many',
        sql`
      select c.id from examination_case c join case_event e on e.case_id = c.id and e.event in ('mismatched', 'nonconforming')
       where (select count(*) from message m where m.form_id = c.form_id and m.once_key = 'm-01:case:' || c.id || ':first') <> 1
          or (select count(*) from message m where m.form_id = c.form_id and m.template = 'm-01')
             <> 1 + (select count(*) from case_event f where f.case_id = c.id and f.event = 'invited-again')`,
      );
      await ask(
        'a case closed before its second call',
        sql`
      select c.id from examination_case c where c.state = 'closed-no-show'
         and not exists (select from case_event e where e.case_id = c.id and e.event = 'invited-again')`,
      );
      await ask(
        'a closed case without its notice to the clinic and its SMS',
        sql`
      select c.id from examination_case c where c.state like 'closed%'
         and (not exists (select from message m where m.form_id = c.form_id and m.template = 'm-02')
              or not exists (select from outbound_message o where o.once_key = 'm-05:poorlyCompleted:case:' || c.id))`,
      );
      await ask(
        'a part done late that was not marked, once the sweep had run',
        sql`
      select a.id from assignment a where a.state_at > a.due_at + interval '4 days' and a.overdue_at is null`,
      );
      await ask(
        'a mark on a part that was in time',
        sql`select id from assignment where overdue_at is not null and state_at <= due_at`,
      );

      const [figures] = await db.execute<Record<string, number>>(sql`
      select (select count(*) from examination_case)::int as cases, (select count(*) from assignment)::int as parts,
             (select count(*) from assignment where cause <> 'dealt')::int as moved, (select count(*) from decision)::int as decisions,
             (select count(*) from decision where in_time)::int as in_time, (select count(*) from assignment where overdue_at is not null)::int as overdue_parts,
             (select count(*) from examination_case where overdue_at is not null)::int as overdue_cases,
             (select count(*) from case_event where event = 'seat-lost')::int as seats_waited,
             (select count(*) from examination_case where state = 'concluded')::int as concluded,
             (select count(*) from examination_case where state = 'concluded-in-person')::int as in_person,
             (select count(*) from examination_case where state = 'closed-no-show')::int as no_show,
             (select count(*) from examination_case where state = 'closed-refused')::int as refused,
             (select count(*) from dealing)::int as dealings`);
      expect(figures?.cases).toBe(YEAR_CASES);
      expect(counts.crashes).toBeGreaterThan(20);
      expect(await db.$count(cases, and(eq(cases.state, 'concluded')))).toBeGreaterThan(YEAR_CASES / 3);
      const lastDay = toInstant(addDays(after, 40), plainTime('00:00'));
      expect(clock.now() < lastDay).toBe(true);
      process.stdout.write(
        `A year of remote cases in ${seconds.toFixed(0)} s: ${JSON.stringify({ ...figures, ...counts })}\n`,
      );
    } finally {
      await world.close();
    }
  },
  12 * 3_600_000,
);
