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

const boardQuery = preparedOnce((db: Database) =>
  db
    .select()
    .from(boards)
    .where(and(eq(boards.tokenHash, sql.placeholder('tokenHash')), isNull(boards.closedAt)))
    .prepare('board'),
);
const calledQuery = preparedOnce((db: Database) =>
  db
    .select({
      ticketNo: visits.ticketNo,
      room: visits.room,
      calledAt: visits.calledAt,
      calls: visits.calls,
      waiting: sql<boolean>`${visits.state} = 'waiting'`,
    })
    .from(visits)
    .where(
      and(eq(visits.departmentId, sql.placeholder('departmentId')), eq(visits.day, sql.placeholder('day'))),
    )
    .prepare('board_visits'),
);

/** B01: what the holder of a token shows now; null for a token that opens nothing. */
export async function findBoardView(deps: Deps, token: string, at: Date): Promise<FoundBoard | null> {
  const [board] = await boardQuery(deps.db).execute({ tokenHash: boardTokenHash(token) });
  const department = board && deps.reference.department(board.departmentId);
  if (!board || !department) return null;
  const known = await calledQuery(deps.db).execute({
    departmentId: board.departmentId,
    day: toBusinessDate(at),
  });
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
      waiting: known.filter(({ waiting }) => waiting).length,
    },
  };
}
