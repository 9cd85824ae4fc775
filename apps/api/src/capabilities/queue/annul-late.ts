import { MESSAGE_LIFE_MINUTES } from '@mse/domain/notifications';
import { LATENESS_MINUTES } from '@mse/domain/queue';
import { addMinutes } from '@mse/domain/shared';
import type { Deps } from '../../deps.ts';

/** Bookings annulled in one statement; more are left for the next. */
const BATCH = 500;
const SMS_4_MINUTES = MESSAGE_LIFE_MINUTES['sms-4'] ?? 0;

/** EQ-14: appointed starts before this instant are late at `at`. Whole seconds decide: +15:00 is in time, +15:01 is late. */
export function lateBefore(at: Date): Date {
  return addMinutes(new Date(Math.floor(at.getTime() / 1000) * 1000), -LATENESS_MINUTES);
}

/**
 * EQ-14: annuls bookings without an arrival mark more than 15 minutes after their start: state, SMS-4, audit row and word to the
 * desk in one statement. Their places stay taken, because their time is past. Answers how many.
 * Safe with several workers at once: each takes the rows no other holds.
 */
export async function annulLate(deps: Deps, at: Date): Promise<number> {
  const now = at.toISOString();
  let total = 0;
  for (;;) {
    const [row] = await deps.db.$client<{ annulled: number }[]>`
      with late as materialized (
        select id from booking where state = 'booked' and starts_instant < ${lateBefore(at).toISOString()}::timestamptz
         order by starts_instant limit ${BATCH} for update skip locked),
      annulled as (
        update booking b set state = 'annulled', state_at = ${now}::timestamptz, version = version + 1
          from late where b.id = late.id returning b.*),
      told as (
        insert into message (id, person_id, template, language, form_id, booking_id, phone, once_key, state, created_at, due_at, expires_at, state_at)
        select gen_random_uuid(), a.person_id, 'sms-4', case when coalesce(p.phone, p.contact_phone) is null then g.message_language else p.message_language end,
               a.form_id, a.id, coalesce(p.phone, p.contact_phone, g.phone, g.contact_phone), 'sms-4:booking:' || a.id,
               case when coalesce(p.phone, p.contact_phone, g.phone, g.contact_phone) is null then 'dead' else 'queued' end,
               ${now}::timestamptz, ${now}::timestamptz, ${addMinutes(at, SMS_4_MINUTES).toISOString()}::timestamptz, ${now}::timestamptz
          from annulled a join person p on p.id = a.person_id join person g on g.id = a.booked_by),
      recorded as (
        insert into audit_event (at, actor, actor_role, action, outcome, person_id, subject, detail)
        select ${now}::timestamptz, 'system:worker', 'system', 'queue.annulLate', 'done', a.person_id, 'booking:' || a.id, '{}'::jsonb from annulled a),
      announced as materialized (
        select pg_notify('desk', department_id || ':' || day) from (select distinct department_id, day from annulled) desk)
      select (select count(*)::int from annulled) as annulled, (select count(*)::int from announced) as desks`;
    const annulled = row?.annulled ?? 0;
    total += annulled;
    if (annulled < BATCH) return total;
  }
}
