import type { Executor } from '@mse/db';
import { sql } from 'drizzle-orm';

/** One line of the audit: who, in which role, did or saw what of whose data. Ids only. */
export interface AuditEntry {
  at: Date;
  actor: string;
  actorRole: string;
  action: string;
  outcome: 'done' | 'refused' | 'seen';
  personId: string | null;
  /** `booking:<id>`, `form:<id>` … */
  subject: string | null;
  requestId: string | null;
  detail?: Record<string, unknown>;
}

/**
 * Writes audit rows with the executor of the fact they tell: the same transaction, or none. However many there are, they travel as one
 * value: a page shows fifty people, and fifty rows of ten parameters cost more to send than to write.
 */
export async function recordAudit(executor: Executor, ...entries: AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = JSON.stringify(entries.map((entry) => ({ ...entry, detail: entry.detail ?? {} })));
  await executor.execute(sql`
    insert into audit_event (at, actor, actor_role, action, outcome, person_id, subject, request_id, detail)
    select at, actor, "actorRole", action, outcome, "personId", subject, "requestId", detail
      from jsonb_to_recordset(${rows}::jsonb) as r (at timestamptz, actor text, "actorRole" text, action text, outcome text,
                                                    "personId" uuid, subject text, "requestId" text, detail jsonb)`);
}
