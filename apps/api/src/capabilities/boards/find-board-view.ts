import type { BoardView } from '@mse/contracts/boards';
import { boards, visits } from '@mse/db/schema';
import { lastCalls, SHOWN_CALLS } from '@mse/domain/boards';
import { toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { boardTokenHash } from './board-token.ts';

export interface FoundBoard {
  id: string;
  departmentId: string;
  view: z.input<typeof BoardView>;
}

/** B01: what the holder of a token shows now; null for a token that opens nothing. */
export async function findBoardView(deps: Deps, token: string, at: Date): Promise<FoundBoard | null> {
  const [board] = await deps.db
    .select()
    .from(boards)
    .where(and(eq(boards.tokenHash, boardTokenHash(token)), isNull(boards.closedAt)));
  const department = board && deps.reference.department(board.departmentId);
  if (!board || !department) return null;
  const today = and(eq(visits.departmentId, board.departmentId), eq(visits.day, toBusinessDate(at)));
  const [called, waiting] = await Promise.all([
    deps.db
      .select({
        ticketNo: visits.ticketNo,
        room: visits.room,
        calledAt: visits.calledAt,
        calls: visits.calls,
      })
      .from(visits)
      .where(
        and(
          today,
          isNotNull(visits.calledAt),
          board.rooms.length > 0 ? inArray(visits.room, board.rooms) : isNotNull(visits.room),
        ),
      )
      .orderBy(desc(visits.calledAt), visits.ticketNo)
      .limit(SHOWN_CALLS),
    deps.db.$count(visits, and(today, eq(visits.state, 'waiting'))),
  ]);
  const calls = called.flatMap(({ ticketNo, room, calledAt, calls }) =>
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
      waiting,
    },
  };
}
