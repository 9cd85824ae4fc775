import type { Executor } from '@mse/db';
import { sql } from 'drizzle-orm';

/**
 * C27: what the order sends goes to the number in the base of mobile citizens; a person who has confirmed another number in the
 * cabinet gets a copy there, as a message of its own with its own delivery. It is written when the first is handed over, so that
 * it goes to the number of that moment, and once however often the first is handed over. Codes have no copies.
 */
export async function copyToContactNumbers(
  executor: Executor,
  messageIds: readonly string[],
  at: Date,
): Promise<void> {
  if (messageIds.length === 0) return;
  const now = sql`${at.toISOString()}::timestamptz`;
  await executor.execute(sql`
    insert into message (id, person_id, template, language, form_id, booking_id, phone, params, once_key, state, created_at, due_at, expires_at, state_at)
    select gen_random_uuid(), m.person_id, m.template, m.language, m.form_id, m.booking_id, receiver.contact_phone,
           m.params || '{"copy": "yes"}'::jsonb, m.once_key || ':copy', 'queued', ${now}, ${now}, m.expires_at, ${now}
      from message m cross join lateral (
        select p.contact_phone from person p
         where (p.id = m.person_id or p.id in (select g.guardian_id from guardianship g where g.ward_id = m.person_id))
           and p.phone = m.phone and p.contact_phone <> p.phone
         limit 1) receiver
     where m.id = any(${sql.param(`{${messageIds.join(',')}}`)}::uuid[]) and m.template not in ('code', 'phone-changed') and m.params ->> 'copy' is null
    on conflict (once_key) do nothing`);
}
