import type {
  CalendarDayInput,
  ChangeCalendarDayOutput,
  RemoveCalendarDayInput,
} from '@mse/contracts/calendar';
import type { Transaction } from '@mse/db';
import { businessTrips, calendarDays, places } from '@mse/db/schema';
import { dayEffect, refuseDayChange } from '@mse/domain/calendar';
import { type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { addTotals, alignPlaces, NO_TOTALS } from '../schedule/align-places.ts';
import { lockCalendar } from '../schedule/lock-schedule.ts';
import { bookingsOn, findDay, scheduledOn, touchedBy } from './day-facts.ts';

type Output = z.input<typeof ChangeCalendarDayOutput>;
type Day = typeof calendarDays.$inferSelect;

/** P08: enters or changes a day of the calendar. See changeDay(). */
export function setCalendarDay(call: CallContext, input: z.output<typeof CalendarDayInput>): Promise<Output> {
  return changeDay(call, 'calendar.setDay', input.date, input);
}

/** P08: takes a day out of the calendar; it is again an ordinary day of its week. See changeDay(). */
export function removeCalendarDay(
  call: CallContext,
  input: z.output<typeof RemoveCalendarDayInput>,
): Promise<Output> {
  return changeDay(call, 'calendar.removeDay', input.date, null);
}

/**
 * EQ-02, EQ-09: changes the entry of a day and brings the places of all departments in line, in one transaction. A day that
 * closes is refused while bookings are in its way; they are named and must be moved first. Free places close through a row of
 * `business_trip` of kind `calendar` per department. Saying the same twice has one effect.
 */
async function changeDay(
  call: CallContext,
  action: 'calendar.setDay' | 'calendar.removeDay',
  date: PlainDate,
  after: Day | null,
): Promise<Output> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<Output> => {
    await lockCalendar(tx);
    const before = await findDay(tx, date);
    const refusal = refuseDayChange(date, before?.kind ?? null, after?.kind ?? null, toBusinessDate(at));
    if (refusal) return { ok: false, refusal };
    const effect = dayEffect(date, before?.kind ?? null, after?.kind ?? null);
    if (before && after && sameDay(before, after))
      return { ok: true, changed: false, effect, departments: 0, places: 0 };
    if (effect === 'closes') {
      // Nobody gets a place of the day any more; whoever was being given one has it now and is found below.
      await tx
        .select({ id: places.id })
        .from(places)
        .where(eq(places.day, date))
        .orderBy(asc(places.id))
        .for('update');
      const inTheWay = await bookingsOn(tx, date);
      if (inTheWay.length > 0) return { ok: false, refusal: 'bookings-in-the-way', inTheWay };
    }
    if (after)
      await tx
        .insert(calendarDays)
        .values(after)
        .onConflictDoUpdate({ target: calendarDays.date, set: after });
    else await tx.delete(calendarDays).where(eq(calendarDays.date, date));

    const touched =
      effect === 'closes'
        ? await closeDay(call, tx, date, after?.basis ?? before?.basis ?? '')
        : effect === 'opens'
          ? await openDay(call, tx, date)
          : { departments: 0, places: 0 };
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(action, caller),
      action,
      outcome: 'done',
      personId: null,
      subject: `calendar:${date}`,
      requestId: call.requestId,
      detail: { before, after, effect, ...touched },
    });
    return { ok: true, changed: true, effect, ...touched };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}

function sameDay(one: Day, other: Day): boolean {
  const written = ({ kind, name, basis }: Day) => JSON.stringify([kind, name.kk, name.ru, name.en, basis]);
  return written(one) === written(other);
}

/**
 * Every department with places on the day gets its closure; the places carry its mark, also those closed by a trip before:
 * when that trip is taken back, the day stays closed. Answers what people could book until now.
 */
async function closeDay(call: CallContext, tx: Transaction, date: PlainDate, basis: string) {
  const { deps, at } = call;
  const touched = await touchedBy(tx, date, 'closes');
  const concerned = await tx
    .selectDistinct({ departmentId: places.departmentId })
    .from(places)
    .where(eq(places.day, date))
    .orderBy(places.departmentId);
  if (concerned.length === 0) return touched;
  const closures = concerned.map(({ departmentId }) => ({
    id: deps.random.id(at),
    departmentId,
    from: date,
    until: date,
    kind: 'calendar' as const,
    reason: basis,
  }));
  await tx.insert(businessTrips).values(closures);
  await tx.execute(sql`
    update place p set closed_by_trip = t.id from business_trip t
     where p.day = ${date}::date and t.department_id = p.department_id and t.id = any(${`{${closures.map(({ id }) => id).join(',')}}`}::uuid[])
       and not exists (select from business_trip former where former.id = p.closed_by_trip and former.kind = 'withdrawn')`);
  return touched;
}

/** The closures of the day are taken back, and every department with a schedule for it gets its places. */
async function openDay(call: CallContext, tx: Transaction, date: PlainDate) {
  await tx
    .update(businessTrips)
    .set({ cancelledAt: call.at })
    .where(
      and(
        eq(businessTrips.kind, 'calendar'),
        eq(businessTrips.from, date),
        eq(businessTrips.until, date),
        isNull(businessTrips.cancelledAt),
      ),
    );
  let totals = NO_TOTALS;
  let departments = 0;
  for (const { departmentId } of await scheduledOn(tx, date)) {
    const done = await alignPlaces(call.deps, tx, departmentId, date, date, call.at);
    if (done.added + done.reopened > 0) departments += 1;
    totals = addTotals(totals, done);
  }
  return { departments, places: totals.added + totals.reopened };
}
