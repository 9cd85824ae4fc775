import type { BoardTokenOutput, CreateBoardInput } from '@mse/contracts/boards';
import { boards } from '@mse/db/schema';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { boardTokenHash, newBoardToken } from './board-token.ts';
import { boardRefusal, noteBoard } from './own-board.ts';

/** K11: a screen for a waiting room. Its token is in this answer and nowhere else. */
export async function createBoard(
  call: CallContext,
  input: z.output<typeof CreateBoardInput>,
): Promise<z.input<typeof BoardTokenOutput>> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const token = newBoardToken(deps.random);
  return deps.db.transaction(async (tx) => {
    // A form sent twice at once makes one board: the second waits here and finds the name taken.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`board:${department.id}`}, 0))`);
    const refusal = await boardRefusal(call, tx, input, null);
    if (refusal) return { ok: false as const, refusal };
    const boardId = deps.random.id(at);
    await tx.insert(boards).values({
      id: boardId,
      departmentId: department.id,
      name: input.name,
      rooms: input.rooms,
      tokenHash: boardTokenHash(token),
      createdAt: at,
    });
    await noteBoard(call, tx, 'boards.create', boardId);
    return { ok: true as const, boardId, name: input.name, token };
  });
}
