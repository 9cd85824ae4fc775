import type {
  AddStartTimesOutput,
  PreviewStartTimesOutput,
  StartTimesInput,
  StartTimesOutput,
} from '@mse/contracts/schedule';
import type { Executor } from '@mse/db';
import { startTimes } from '@mse/db/schema';
import { startTimesOn } from '@mse/domain/queue';
import { type PlainTime, toBusinessDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { lockCalendar } from './lock-schedule.ts';
import { scheduledBeyond, spreadsOf, startSpread } from './spread-start-times.ts';

type Input = z.output<typeof StartTimesInput>;
type Refusal = Extract<z.input<typeof AddStartTimesOutput>, { ok: false }>['refusal'];

/** EQ-02: the start times of the law, over, in force and to come, newest first. */
export async function listStartTimes(call: CallContext): Promise<z.input<typeof StartTimesOutput>> {
  call.seen(null, 'start-times');
  const today = toBusinessDate(call.at);
  const [rows, spreads] = await Promise.all([
    call.deps.db.select().from(startTimes).orderBy(startTimes.validFrom),
    spreadsOf(call.deps.db),
  ]);
  const inForce = rows.filter((row) => row.validFrom <= today).at(-1);
  return {
    today,
    rows: rows
      .map((row) => ({
        ...row,
        spread: spreads.get(row.validFrom) ?? null,
        state:
          row === inForce
            ? ('in-force' as const)
            : row.validFrom > today
              ? ('future' as const)
              : ('over' as const),
      }))
      .reverse(),
  };
}

/** Whether these start times can begin on the day; the rows known are handed in. Null when nothing speaks against it. */
async function refuseStartTimes(
  call: CallContext,
  executor: Executor,
  input: Input,
): Promise<Refusal | null> {
  if (input.validFrom <= toBusinessDate(call.at)) return 'day-passed';
  if (new Set(input.times).size < input.times.length) return 'repeats';
  const rows = await executor.select().from(startTimes);
  const same = startTimesOn(rows, input.validFrom).join() === sorted(input.times).join();
  return same ? 'nothing-changes' : null;
}

const sorted = (times: readonly PlainTime[]) => [...times].sort();

/** EQ-02: what new start times would touch: departments with schedules beyond the day, and their bookings at times that are no more. */
export async function previewStartTimes(
  call: CallContext,
  input: Input,
): Promise<z.input<typeof PreviewStartTimesOutput>> {
  const { deps } = call;
  call.seen(null, 'start-times');
  const refusal = await refuseStartTimes(call, deps.db, input);
  if (refusal) return { ok: false, refusal };
  const times = sorted(input.times);
  const [rows, scheduled, held] = await Promise.all([
    deps.db.select().from(startTimes),
    scheduledBeyond(deps.db, input.validFrom),
    deps.db.execute<{ id: string; bookings: number }>(sql`
      select department_id as id, count(*)::int as bookings from booking
       where state = 'booked' and day >= ${input.validFrom}::date and starts_at <> all(${`{${times.join(',')}}`}::time[]) group by department_id`),
  ]);
  const bookingsOf = new Map(held.map((row) => [row.id, row.bookings]));
  return {
    ok: true,
    before: [...startTimesOn(rows, input.validFrom)],
    after: times,
    departments: deps.reference
      .departments()
      .filter((department) => scheduled.some(({ departmentId }) => departmentId === department.id))
      .map(({ id, number, name }) => ({ number, name, bookings: bookingsOf.get(id) ?? 0 })),
  };
}

/**
 * EQ-02: start times of the law from a day on, for all departments: places at times that are no more are withdrawn, new ones are
 * made, bookings stay. The places of the departments follow in the background, see spreadStartTimes(): 200 departments take longer
 * than anybody waits for a page. A row for the same day that has not begun is replaced.
 */
export async function addStartTimes(
  call: CallContext,
  input: Input,
): Promise<z.input<typeof AddStartTimesOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx) => {
    await lockCalendar(tx);
    const refusal = await refuseStartTimes(call, tx, input);
    if (refusal) return { ok: false as const, refusal };
    const { validFrom, basis } = input;
    const times = sorted(input.times);
    const [former] = await tx
      .select()
      .from(startTimes)
      .where(sql`${startTimes.validFrom} = ${validFrom}::date`);
    await tx
      .insert(startTimes)
      .values({ validFrom, times, basis })
      .onConflictDoUpdate({ target: startTimes.validFrom, set: { times, basis } });
    const departments = await startSpread(deps, tx, { validFrom, startedBy: caller.personId, at });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('schedule.addStartTimes', caller),
      action: 'schedule.addStartTimes',
      outcome: 'done',
      personId: null,
      subject: `start-times:${validFrom}`,
      requestId: call.requestId,
      detail: { before: former ?? null, after: { times, basis }, departments },
    });
    return { ok: true as const, departments };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}
