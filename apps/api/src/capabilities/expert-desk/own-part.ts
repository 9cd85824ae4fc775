import { asExpert, type Executor, OWN_ASSIGNMENT, type Transaction } from '@mse/db';
import { assignments, cases } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { findEntry } from '../expert-register/index.ts';

/** The caller as the register knows them. */
export interface OwnExpert {
  id: string;
  code: string;
}

/** A part of a case on the caller's desk, or decided by the caller. */
export interface OwnPart {
  id: string;
  caseId: string;
  caseCode: string;
  state: 'open' | 'signed';
  cause: (typeof assignments.$inferSelect)['cause'];
  arrivedAt: Date;
  dueAt: Date;
  openedAt: Date | null;
}

/** The caller's row of the register; undefined for whoever is not entered, or not any more. */
export async function findOwnExpert(call: CallContext): Promise<OwnExpert | undefined> {
  return findEntry(call.deps.db, signedIn(call).personId);
}

/** The same for whoever has a desk: who is excluded has none any more. */
export async function ownExpert(call: CallContext): Promise<OwnExpert> {
  const expert = await findOwnExpert(call);
  if (!expert) throw notFound();
  return expert;
}

/**
 * PX-04: reads for an answer to an expert. Everything the answer shows of a case is read by `read` under the experts' role of the
 * database, which sees the caller's own parts and the papers made for experts, and nothing of a person. Somebody else's part, one that
 * was moved or given back, and one that never was are one answer.
 */
export async function readOwnPart<Value>(
  call: CallContext,
  assignmentId: string,
  read: (tx: Transaction, part: OwnPart, expert: OwnExpert) => Promise<Value>,
): Promise<Value> {
  const expert = await ownExpert(call);
  const { part, value } = await asExpert(call.deps.db, expert.id, async (tx) => {
    const part = await findPart(tx, assignmentId);
    return { part, value: await read(tx, part, expert) };
  });
  await noteSeen(call, part);
  return value;
}

async function findPart(tx: Transaction, assignmentId: string): Promise<OwnPart> {
  const [row] = await tx.select(OWN_ASSIGNMENT).from(assignments).where(eq(assignments.id, assignmentId));
  if (!row || (row.state !== 'open' && row.state !== 'signed')) throw notFound();
  const { id, caseId, caseCode, state, cause, arrivedAt, dueAt, openedAt } = row;
  return { id, caseId, caseCode, state, cause, arrivedAt, dueAt, openedAt };
}

/**
 * Locks the caller's part for a change, as the product. Null when it is not open any more: signed, moved, given back or dropped.
 * Somebody else's is not found.
 */
export async function lockOpenPart(
  tx: Executor,
  assignmentId: string,
  expert: OwnExpert,
): Promise<OwnPart | null> {
  const [row] = await tx.select().from(assignments).where(eq(assignments.id, assignmentId)).for('update');
  if (!row || row.expertId !== expert.id) throw notFound();
  const { id, caseId, caseCode, state, cause, arrivedAt, dueAt, openedAt } = row;
  return state === 'open' ? { id, caseId, caseCode, state, cause, arrivedAt, dueAt, openedAt } : null;
}

/** Whose papers a case holds: for the audit alone, never for an answer. */
export async function personOfCase(executor: Executor, caseId: string): Promise<string> {
  const [row] = await executor.select({ personId: cases.personId }).from(cases).where(eq(cases.id, caseId));
  if (!row) throw new Error('A part without its case');
  return row.personId;
}

/** Subject of audit rows about a part. */
export const subjectOf = (part: Pick<OwnPart, 'id'>) => `assignment:${part.id}`;

/** C28: the person can see that an expert read the papers, and never which one. */
async function noteSeen(call: CallContext, part: OwnPart): Promise<void> {
  call.seen(await personOfCase(call.deps.db, part.caseId), subjectOf(part));
}
