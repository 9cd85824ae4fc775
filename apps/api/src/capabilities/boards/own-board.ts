import type { Transaction } from '@mse/db';
import { boards } from '@mse/db/schema';
import type { BoardRefusal } from '@mse/domain/boards';
import type { Action } from '@mse/domain/access';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull, ne } from 'drizzle-orm';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';

export type Board = typeof boards.$inferSelect;
type Refusal = { ok: false; refusal: BoardRefusal };

/**
 * K11: changes an open board of the caller's department: the row, an audit row and word to every screen of the department in one
 * transaction. A board of another department, or a closed one, reads as NOT_FOUND.
 */
export async function changeOwnBoard(
  call: CallContext,
  action: Action,
  boardId: string,
  decide: (board: Board, tx: Transaction) => Promise<Partial<Board> | Refusal> | Partial<Board> | Refusal,
): Promise<{ ok: true; board: Board } | Refusal> {
  const { department } = deskCaller(call);
  return call.deps.db.transaction(async (tx) => {
    const [board] = await tx
      .select()
      .from(boards)
      .where(and(eq(boards.id, boardId), eq(boards.departmentId, department.id), isNull(boards.closedAt)))
      .for('update');
    if (!board) throw notFound();
    const change = await decide(board, tx);
    if ('refusal' in change) return change;
    await tx.update(boards).set(change).where(eq(boards.id, board.id));
    await noteBoard(call, tx, action, board.id);
    return { ok: true as const, board: { ...board, ...change } };
  });
}

/** The audit row of a board, and word to the department's screens that something changed. */
export async function noteBoard(
  call: CallContext,
  tx: Transaction,
  action: Action,
  boardId: string,
): Promise<void> {
  const { caller, department } = deskCaller(call);
  await recordAudit(tx, {
    at: call.at,
    actor: caller.personId,
    actorRole: actingRole(action, caller),
    action,
    outcome: 'done',
    personId: null,
    subject: `board:${boardId}`,
    requestId: call.requestId,
  });
  await call.deps.live.deskChanged(tx, department.id, toBusinessDate(call.at));
}

/** Why a board cannot have this name and these rooms; null when it can. Two open boards of a department never share a name. */
export async function boardRefusal(
  call: CallContext,
  tx: Transaction,
  wish: { name: string; rooms: readonly string[] },
  boardId: string | null,
): Promise<BoardRefusal | null> {
  const { department } = deskCaller(call);
  if (wish.rooms.some((room) => !department.rooms.includes(room))) return 'room-unknown';
  const same = await tx
    .select({ id: boards.id })
    .from(boards)
    .where(
      and(
        eq(boards.departmentId, department.id),
        eq(boards.name, wish.name),
        isNull(boards.closedAt),
        boardId === null ? undefined : ne(boards.id, boardId),
      ),
    );
  return same.length > 0 ? 'name-taken' : null;
}
