import { type Executor, insertMany } from '@mse/db';
import { auditEvents } from '@mse/db/schema';

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

/** Writes audit rows with the executor of the fact they tell: the same transaction, or none. */
export async function recordAudit(executor: Executor, ...entries: AuditEntry[]): Promise<void> {
  await insertMany(
    executor,
    auditEvents,
    entries.map((entry) => ({ ...entry, detail: entry.detail ?? {} })),
  );
}
