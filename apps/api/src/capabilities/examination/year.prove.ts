import { cases, expertAbsences, experts } from '@mse/db/schema';
import { EXPERT_KINDS } from '@mse/domain/policies';
import { addDays, type PlainDate, plainDate } from '@mse/domain/shared';
import { eq, isNull, sql } from 'drizzle-orm';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startTestServer, startWorld } from '../../../test/harness.ts';
import { YEAR_CASES, YEAR_SEED } from '../../../test/year-size.ts';
import { compareTerms, countDeadlines, lookAtEvening, settleAccounts } from '../../../test/year-accounts.ts';
import {
  layOutYear,
  addExperts,
  arrivalBy,
  chanceOf,
  Crash,
  crashing,
  isLostConnection,
  type OpenPart,
  openParts,
  opinionOf,
  receive,
  REGIONS,
  sign,
  takeAway,
  visit,
  visitsToMake,
} from '../../../test/year-world.ts';
import { addExpert } from '../../../test/panel.ts';
import { sweepExamination } from './index.ts';

const FIRST_DAY = plainDate('2027-01-11');
const LAST_ARRIVAL = plainDate('2027-12-17');
/** Days after the last arrival in which everything must come to its end; in the last ones nobody leaves anything for later. */
const DAYS_AFTER = 40;
const EAGER_AFTER = 25;
/** Rows of one transaction of the simulated people. */
const BATCH = 300;
const RESTARTS = 6;

/** What happens on a day: forms arrive, experts and people act, and after each of it two workers sweep at once. */
type Hour = { time: string; share?: number; live?: boolean; visits?: boolean };

/**
 * A year of remote cases in virtual time. The service is the product's own: dealing, terms, invitations, redistribution, comparison,
 * conclusions with acts, documents and journals, by the functions its worker and its desk call. Simulated are the people: clinics whose
 * forms were accepted (their checks and the making of papers are proven elsewhere), experts who decide, give back or forget, persons who
 * come, refuse or do not appear, the Committee. Signatures are taken as given, they are proven elsewhere; files of documents and the
 * delivery of messages are left to their queues.
 *
 * Faults: transactions lost at their end, workers that stand still for days, the whole service away for days, experts away or excluded,
 * and PostgreSQL killed with everything in flight. After each the year goes on from what was committed. `YEAR_SEED` plans the same
 * year again: arrivals, opinions, faults; which of two workers comes first is not ours to say.
 */
it(
  `PX-10 to PX-37, PX-39, SN-05, SN-06, T20, T31: a year of ${YEAR_CASES} cases with absences, exclusions, outages, crashes and restarts leaves no case without an owner, and every deadline is accounted for`,
  async () => {
    const server = await startTestServer(`saraptama-year-${process.pid}`, {
      // What was committed must survive the kill of the server; the machine itself does not fail here.
      synchronous_commit: 'on',
      shared_buffers: '1GB',
      max_wal_size: '4GB',
      // Statements that get slow as the tables grow are found in the server's log.
      log_min_duration_statement: '1000',
      log_parameter_max_length: '100',
    });
    const world = await startWorld({
      now: `${FIRST_DAY}T00:01`,
      seed: YEAR_SEED,
      horizonDays: 1,
      server,
    });
    const { db, clock, deps } = world;
    const say = (line: string) => process.stdout.write(`${line}\n`);
    say(`A year of ${YEAR_CASES} cases, YEAR_SEED=${YEAR_SEED}`);
    const faults = chanceOf(YEAR_SEED, 'faults');
    const register = chanceOf(YEAR_SEED, 'register');
    const clinics = chanceOf(YEAR_SEED, 'clinics');
    const people = chanceOf(YEAR_SEED, 'people');
    const counts = {
      crashes: 0,
      restarts: 0,
      lostInRestarts: 0,
      workerOutageDays: 0,
      wholeOutageDays: 0,
      sweeps: 0,
      absences: 0,
      exclusions: 0,
      overdueTakenAway: 0,
      recusals: 0,
      consultations: 0,
    };
    let calm = false;
    let opened = 0;
    /** Two lanes, each with a stream of crashes of its own: two workers, two who sign at once. */
    const lanes = ['one', 'two'].map((name) => {
      const chance = chanceOf(YEAR_SEED, `crashes ${name}`);
      return crashing(deps, () => {
        if (calm || !chance.oneIn(25)) return false;
        counts.crashes += 1;
        return true;
      });
    });
    const [fragile] = lanes;
    if (!fragile) throw new Error('there are two lanes');
    /** What is lost when it dies is tried again another time, as a person or a worker would. Answers whether it was done. */
    const survive = async (run: () => Promise<unknown>) => {
      try {
        await run();
        return true;
      } catch (error) {
        if (error instanceof Crash) return false;
        // A connection from before a restart says so when it is used again.
        if (counts.restarts === 0 || !isLostConnection(error)) throw error;
        counts.lostInRestarts += 1;
        return false;
      }
    };
    const inLanes = async <Item>(
      items: readonly Item[],
      size: number,
      run: (lane: typeof deps, batch: Item[]) => Promise<unknown>,
    ) => {
      const batches: Item[][] = [];
      for (let from = 0; from < items.length; from += size) batches.push(items.slice(from, from + size));
      let next = 0;
      await Promise.all(
        lanes.map(async (lane) => {
          for (let own = batches[next++]; own; own = batches[next++]) {
            const batch = own;
            await survive(() => run(lane, batch));
          }
        }),
      );
    };

    const goodSweeps: Date[] = [];
    let swept = false;
    const sweep = async () => {
      counts.sweeps += 1;
      const at = clock.now();
      const done = await Promise.all(lanes.map((lane) => survive(() => sweepExamination(lane, at))));
      swept = done.every(Boolean);
      if (swept) goodSweeps.push(at);
    };

    /** PostgreSQL dies with two sweeps and a signing under way, and comes back with what was committed. */
    const restart = async () => {
      const at = clock.now();
      const parts = await openParts(deps);
      const flying = Promise.allSettled([
        ...[0, 1].map(() => sweepExamination(deps, at)),
        ...[parts.slice(0, BATCH), parts.slice(BATCH, 2 * BATCH)].map((batch) =>
          sign(
            deps,
            batch.map((part) => ({ part, content: opinionOf(part, people) })),
            at,
          ),
        ),
      ]);
      await pause(20 + faults.below(150));
      await server.server.kill9();
      counts.lostInRestarts += (await flying).filter(({ status }) => status === 'rejected').length;
      await server.server.start();
      counts.restarts += 1;
      for (;;) if (await survive(async () => void (opened = await db.$count(cases)))) break;
    };

    try {
      await layOutYear(world);
      const calendar = world.reference.calendar();
      const days: PlainDate[] = [];
      for (let day = FIRST_DAY; day <= LAST_ARRIVAL; day = addDays(day, 1)) days.push(day);
      const workingDays = days.filter((day) => calendar.isWorkingDay(day));
      // A cap of twenty a day; from December the staff take the third seat too, and an outage leaves days of work behind.
      const perKind = Math.max(16, Math.ceil((YEAR_CASES / workingDays.length / 20) * 1.5 * 1.6));
      for (const kind of EXPERT_KINDS) await addExperts(world, kind, perKind, register);
      /** Some experts leave things for later. */
      const slow = new Set<string>();
      const noteSlow = (id: string) => {
        if (register.oneIn(12)) slow.add(id);
      };
      for (const { id } of await db.select({ id: experts.id }).from(experts).orderBy(experts.id))
        noteSlow(id);
      const restartDays = new Set(
        Array.from(
          { length: RESTARTS },
          (_, index) => workingDays[Math.floor(((index + 0.6) * workingDays.length) / RESTARTS)],
        ),
      );
      const started = performance.now();
      let outage = { days: 0, whole: false };

      const experience = async (eager: boolean) => {
        const at = clock.now();
        const overdue: OpenPart[] = [];
        const recused: OpenPart[] = [];
        const decided: OpenPart[] = [];
        for (const part of await openParts(deps)) {
          if (!eager && part.overdueAt !== null && people.oneIn(2)) overdue.push(part);
          else if (!eager && people.oneIn(400)) recused.push(part);
          else if (eager || people.percent(slow.has(part.expertId) ? 10 : 60)) decided.push(part);
        }
        counts.overdueTakenAway += overdue.length;
        counts.recusals += recused.length;
        for (let from = 0; from < overdue.length; from += BATCH)
          await survive(() => takeAway(fragile, overdue.slice(from, from + BATCH), 'overdue', at));
        for (let from = 0; from < recused.length; from += BATCH)
          await survive(() => takeAway(fragile, recused.slice(from, from + BATCH), 'recusal', at));
        const signed = decided.map((part) => ({ part, content: opinionOf(part, people) }));
        await inLanes(signed, BATCH, (lane, batch) => sign(lane, batch, at));
      };

      const receiveVisitors = async (eager: boolean) => {
        const at = clock.now();
        const coming = (await visitsToMake(deps)).filter(() => eager || people.oneIn(4));
        await inLanes(coming, BATCH, (lane, batch) => {
          const refused = [];
          const consulted = [];
          const concluded = [];
          for (const each of batch) {
            if (each.state !== 'consultation' && people.oneIn(8)) refused.push(each);
            else if (each.state !== 'consultation' && !eager && people.oneIn(10)) consulted.push(each);
            else concluded.push(each);
          }
          counts.consultations += consulted.length;
          return visit(lane, { refused, consulted, concluded }, at);
        });
      };

      const changeRegister = async (day: PlainDate) => {
        const known = await db
          .select({ id: experts.id, kind: experts.kind })
          .from(experts)
          .where(isNull(experts.excludedOn))
          .orderBy(experts.id);
        for (let left = Math.ceil(perKind / 40); left > 0; left -= 1) {
          if (!register.oneIn(2)) continue;
          counts.absences += 1;
          const from = addDays(day, register.below(3));
          await db.insert(expertAbsences).values({
            id: deps.random.id(clock.now()),
            expertId: register.one(known).id,
            kind: 'sick-leave',
            from,
            until: addDays(from, register.below(12)),
            createdBy: 'test',
            createdAt: clock.now(),
          });
        }
        if (register.oneIn(15)) {
          counts.exclusions += 1;
          const leaver = register.one(known);
          await db
            .update(experts)
            .set({ excludedOn: day, exclusionGround: 'own-application' })
            .where(eq(experts.id, leaver.id));
          const heir = await addExpert(world, leaver.kind, register.one(REGIONS), { enteredOn: day });
          noteSlow(heir.id);
        }
      };

      let worked = 0;
      for (const day of days) {
        const works = calendar.isWorkingDay(day);
        clock.set(`${day}T00:00`);
        if (outage.days === 0 && works && faults.oneIn(25))
          outage = { days: 1 + faults.below(3), whole: faults.oneIn(2) };
        const away = outage.days > 0;
        if (away) outage.days -= 1;
        if (away && outage.whole) counts.wholeOutageDays += 1;
        else if (away) counts.workerOutageDays += 1;
        if (works) await changeRegister(day);
        const minute = (from: number, hours: number) => {
          const seconds = from * 3600 + clinics.below(hours * 3600);
          return [seconds / 3600, (seconds / 60) % 60, seconds % 60]
            .map((part) => String(Math.floor(part)).padStart(2, '0'))
            .join(':');
        };
        const hours: Hour[] = works
          ? [
              { time: '00:01' },
              { time: minute(8, 3), share: 0.4 },
              { time: '11:50', live: true },
              { time: minute(12, 3), share: 0.6 },
              { time: '15:55', live: true },
              // At the cut-off to the second, a second late, or later.
              { time: clinics.one(['16:00:00', '16:00:01', minute(16, 1)]), share: 1 },
              { time: '17:40', live: true, visits: true },
              { time: '18:01' },
            ]
          : [{ time: '00:01' }, { time: minute(9, 12), share: 1 }];
        const before = worked;
        if (works) worked += 1;
        /** Cases that have come by the end of the day; a few of the next working day's come on days off. */
        const due = works
          ? Math.round((YEAR_CASES * worked) / workingDays.length)
          : Math.min(YEAR_CASES, Math.round((YEAR_CASES * (before + 0.02)) / workingDays.length));
        for (const { time, share, live, visits } of hours) {
          clock.set(`${day}T${time}`);
          const at = clock.now();
          // While nothing of ours runs, forms stay with their senders.
          if (away) swept = false;
          if (away && outage.whole) continue;
          if (share !== undefined) {
            const until = opened + Math.ceil((due - opened) * share);
            while (opened < until) {
              const arrivals = Array.from({ length: Math.min(BATCH, until - opened) }, () =>
                arrivalBy(clinics),
              );
              if (await survive(() => receive(fragile, arrivals, opened + 1, at))) opened += arrivals.length;
            }
          }
          if (live) await experience(false);
          if (visits) await receiveVisitors(false);
          if (live && time === '11:50' && restartDays.has(day)) await restart();
          if (!away) await sweep();
        }
        const evening = await lookAtEvening(world, clock.now(), swept);
        expect({ day, ...evening }).toMatchObject({ ownerless: [], forgotten: [] });
        say(
          `${day} ${((performance.now() - started) / 1000).toFixed(0)} s: opened ${opened}, open ${evening.openCases} ${JSON.stringify(evening.open)}, late ${evening.lateCases}${away ? (outage.whole ? ', all away' : ', workers away') : ''}${restartDays.has(day) ? ', database killed' : ''}`,
        );
      }
      expect(opened).toBe(YEAR_CASES);

      // Nobody new comes and nothing fails any more: within a few weeks everything must be over.
      calm = true;
      for (let step = 1; step <= DAYS_AFTER; step += 1) {
        const day = addDays(LAST_ARRIVAL, step);
        for (const time of ['00:01', '10:00', '16:30', '18:01']) {
          clock.set(`${day}T${time}`);
          if (calendar.isWorkingDay(day) && time === '10:00') await experience(step > EAGER_AFTER);
          if (calendar.isWorkingDay(day) && time === '16:30') await receiveVisitors(step > EAGER_AFTER);
          await sweep();
        }
        const evening = await lookAtEvening(world, clock.now(), swept);
        expect({ day, ...evening }).toMatchObject({ ownerless: [], forgotten: [] });
        say(`${day}: open ${evening.openCases} ${JSON.stringify(evening.open)}, late ${evening.lateCases}`);
        if (evening.openCases === 0) break;
      }
      const seconds = (performance.now() - started) / 1000;
      say(`The year is over after ${seconds.toFixed(0)} s; its accounts follow`);

      await settleAccounts(world, goodSweeps);
      const compared = await compareTerms(world, world.reference.calendarDays());
      const deadlines = await countDeadlines(world);
      const [figures] = await db.execute<Record<string, number>>(sql`
        select (select count(*) from examination_case)::int as cases, (select count(*) from assignment)::int as parts,
               (select count(*) from assignment where cause <> 'dealt')::int as moved, (select count(*) from decision)::int as decisions,
               (select count(*) from case_event where event = 'seat-lost')::int as seats_waited,
               (select count(*) from examination_case where state = 'concluded')::int as concluded,
               (select count(*) from examination_case where state = 'concluded-in-person')::int as in_person,
               (select count(*) from examination_case where state = 'closed-no-show')::int as no_show,
               (select count(*) from examination_case where state = 'closed-refused')::int as refused,
               (select count(*) from dealing)::int as dealings, (select count(*) from expert)::int as experts,
               (select count(*) from case_event)::int as events, (select count(*) from audit_event)::int as audit_rows,
               (select count(*) from message)::int as messages, (select count(*) from outbound_message)::int as outbound,
               (select count(*) from issued_document)::int as documents`);
      say(
        JSON.stringify(
          {
            seconds: Math.round(seconds),
            accounted: Math.round((performance.now() - started) / 1000),
            figures,
            counts,
            compared,
            deadlines,
          },
          null,
          1,
        ),
      );
      const inOneLine = (
        lines: { total: number; in_time: number; marked: number; between_looks: number }[],
      ) => lines.every((line) => line.in_time + line.marked + line.between_looks === line.total);
      expect([inOneLine(deadlines.parts), inOneLine(deadlines.cases)]).toEqual([true, true]);
      expect(figures?.cases).toBe(YEAR_CASES);
      expect(compared.cases.rows).toBe(YEAR_CASES);
      expect(compared.parts.rows).toBe(figures?.parts);
      expect(counts.restarts).toBe(RESTARTS);
      expect(counts.crashes).toBeGreaterThan(20);
      expect(figures?.concluded).toBeGreaterThan(YEAR_CASES / 2);
    } finally {
      await world.close();
      await server.server.stop();
    }
  },
  6 * 3_600_000,
);
