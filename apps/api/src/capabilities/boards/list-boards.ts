import type { BoardListOutput } from '@mse/contracts/boards';
import { boards } from '@mse/db/schema';
import { isBoardOff } from '@mse/domain/boards';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';

/** K11: the open boards of the own department, each with whether it is off. */
export async function listBoards(call: CallContext): Promise<z.input<typeof BoardListOutput>> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  call.seen(null, `boards:${department.id}`);
  const rows = await deps.db
    .select()
    .from(boards)
    .where(and(eq(boards.departmentId, department.id), isNull(boards.closedAt)))
    .orderBy(asc(boards.name));
  return {
    serverTime: at.toISOString(),
    rooms: department.rooms,
    boards: rows.map((board) => ({
      id: board.id,
      name: board.name,
      rooms: board.rooms,
      volume: board.volume,
      emergency: board.emergency,
      createdAt: board.createdAt.toISOString(),
      lastSeenAt: board.lastSeenAt?.toISOString() ?? null,
      off: isBoardOff(board.lastSeenAt, at),
    })),
  };
}
