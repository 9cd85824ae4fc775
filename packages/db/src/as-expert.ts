import { sql } from 'drizzle-orm';
import { APP_ROLE, type Database, EXPERT_ROLE, type Transaction } from './client.ts';
import { assignments } from './schema/index.ts';

/**
 * IN-01, PX-04: runs queries as the experts' role on behalf of one expert, in a transaction of its own. They see `blind` for the expert's
 * own open and signed parts, and the expert's own assignments, drafts and decisions; of anything else the database refuses to speak.
 * Of `assignment` read the columns of `OWN_ASSIGNMENT`: how and to whom else a case was dealt is not granted. Drafts may be written,
 * everything else is written by the product.
 */
export function asExpert<Value>(
  db: Database,
  expertId: string,
  run: (tx: Transaction) => Promise<Value>,
): Promise<Value> {
  return db.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('saraptama.expert', ${expertId}, true), set_config('role', ${EXPERT_ROLE}, true)`,
    );
    return run(tx);
  });
}

/** Goes on as the product within a transaction of `asExpert`: what the experts' role cannot write, such as the audit, comes last. */
export async function asProduct(tx: Transaction): Promise<void> {
  await tx.execute(sql`select set_config('role', ${APP_ROLE}, true)`);
}

/** The columns of an expert's own part that the experts' role may read. */
export const OWN_ASSIGNMENT = {
  id: assignments.id,
  caseId: assignments.caseId,
  expertId: assignments.expertId,
  caseCode: assignments.caseCode,
  state: assignments.state,
  stateAt: assignments.stateAt,
  cause: assignments.cause,
  arrivedAt: assignments.arrivedAt,
  dueAt: assignments.dueAt,
  warnedAt: assignments.warnedAt,
  overdueAt: assignments.overdueAt,
  openedAt: assignments.openedAt,
} as const;
