import { toBusinessTime } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { settleWaitList } from './settle-wait-list.ts';

const PAUSE_MS = 2000;

/**
 * EQ-09: settles every wait list with something to do: an offer that has ended or whose day was closed, a place held for nobody, or a free place on a day
 * somebody waits for (a closure taken back, a new schedule). Answers how many offers were made. Several workers may do it at once.
 */
export async function sweepWaitLists(deps: Deps, at: Date): Promise<number> {
  const now = toBusinessTime(at);
  const stamp = sql`${at.toISOString()}::timestamptz`;
  const due = await deps.db.execute<{ departmentId: string }>(sql`
    select e.department_id as "departmentId" from wait_offer o join wait_entry e on e.id = o.entry_id join place p on p.id = o.place_id
     where o.state = 'open' and (o.expires_at <= ${stamp} or p.closed_by_trip is not null)
    union
    select p.department_id from place p
     where p.held_for_form is not null and p.booking_id is null
       and not exists (select from wait_offer o where o.place_id = p.id and o.state = 'open')
    union
    select d.department_id from (select distinct department_id from wait_entry where state = 'waiting') d
     where exists (
       select from wait_entry e join place p on p.department_id = e.department_id
          and p.day between e.wanted_from and e.wanted_until
          and (e.wanted_times = '{}' or left(p.starts_at::text, 5) = any(e.wanted_times)) and (p.day, p.starts_at) > (${now.date}::date, ${now.time}::time)
          and p.booking_id is null and p.closed_by_trip is null and (p.held_for_form is null or p.held_until <= ${stamp})
        where e.department_id = d.department_id and e.state = 'waiting'
          and not exists (select from wait_offer o where o.entry_id = e.id and o.place_id = p.id))`);
  let offers = 0;
  for (const { departmentId } of due)
    offers += await deps.db.transaction((tx) => settleWaitList(deps, tx, departmentId, at));
  await endOverdueWaiting(deps, at);
  return offers;
}

/** Whoever still waits when the last of the wanted days is over, waits no longer. */
async function endOverdueWaiting(deps: Deps, at: Date): Promise<void> {
  await deps.db.execute(sql`
    update wait_entry set state = 'over', state_at = ${at.toISOString()}::timestamptz
     where id in (select id from wait_entry where state = 'waiting' and wanted_until < ${toBusinessTime(at).date}::date
                     for update skip locked)`);
}

/** The worker's part in wait lists, every two seconds by the service's clock. A round that fails is made up for by the next. */
export function startWaitListTimers(deps: Deps): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const round = async () => {
    try {
      const offers = await sweepWaitLists(deps, deps.clock.now());
      if (offers > 0) deps.log.info({ offers }, 'freed places offered');
    } catch (error) {
      deps.log.warn({ err: error }, 'settling the wait lists failed; trying again');
    }
    if (!stopped) timer = setTimeout(next, PAUSE_MS);
  };
  const next = () => {
    running = round();
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
