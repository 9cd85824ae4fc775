import type { BoardView } from '@mse/contracts/boards';
import type { Database } from '@mse/db';
import { boards, visits } from '@mse/db/schema';
import { lastCalls } from '@mse/domain/boards';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { preparedOnce } from '../../platform/prepared.ts';
import { boardTokenHash } from './board-token.ts';

export interface FoundBoard {
  id: string;
  departmentId: string;
  view: z.input<typeof BoardView>;
}

/** The board with the visits of its department's day, in one question: between a call and its showing nothing else is waited for. */
const query = preparedOnce((db: Database) =>
  db
    .select({
      board: boards,
      visit: {
        ticketNo: visits.ticketNo,
        room: visits.room,
        calledAt: visits.calledAt,
        calls: visits.calls,
        state: visits.state,
      },
    })
    .from(boards)
    .leftJoin(
      visits,
      and(eq(visits.departmentId, boards.departmentId), eq(visits.day, sql.placeholder('day'))),
    )
    .where(and(eq(boards.tokenHash, sql.placeholder('tokenHash')), isNull(boards.closedAt)))
    .prepare('board_view'),
);

/** B01: what the holder of a token shows now; null for a token that opens nothing. */
export async function findBoardView(deps: Deps, token: string, at: Date): Promise<FoundBoard | null> {
  const rows = await query(deps.db).execute({
    tokenHash: boardTokenHash(token),
    day: toBusinessDate(at),
  });
  const board = rows[0]?.board;
  const department = board && deps.reference.department(board.departmentId);
  if (!board || !department) return null;
  const known = rows.flatMap(({ visit }) => visit ?? []);
  const calls = known.flatMap(({ ticketNo, room, calledAt, calls }) =>
    room !== null && calledAt ? [{ ticketNo, room, calledAt, calls }] : [],
  );
  return {
    id: board.id,
    departmentId: board.departmentId,
    view: {
      department: { number: department.number, name: department.name },
      name: board.name,
      volume: board.volume,
      emergency: board.emergency,
      testCalls: board.testCalls,
      serverTime: at.toISOString(),
      calls: lastCalls(calls, board.rooms).map((call) => ({
        ...call,
        calledAt: call.calledAt.toISOString(),
      })),
      waiting: known.filter(({ state }) => state === 'waiting').length,
    },
  };
}
