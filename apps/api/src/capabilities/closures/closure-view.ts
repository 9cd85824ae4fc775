import type { ClosureView } from '@mse/contracts/closures';
import { businessTrips, massMoves } from '@mse/db/schema';
import { decideTakeBack } from '@mse/domain/closures';
import type { Executor } from '@mse/db';
import type { PlainDate } from '@mse/domain/shared';
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';

/** Kinds of rows that close days; others only mark places. */
const CLOSING_KINDS = ['trip', 'closed', 'calendar'] as const;
type ClosingKind = (typeof CLOSING_KINDS)[number];

/** Closures of a department that also fit `condition`, in the order of days, each with its newest mass move. */
export async function findClosures(executor: Executor, departmentId: string, condition: SQL | undefined) {
  const rows = await executor
    .select({ closure: businessTrips, moveId: massMoves.id, moveState: massMoves.state })
    .from(businessTrips)
    .leftJoin(
      massMoves,
      sql`${massMoves.id} = (select m.id from mass_move m where m.closure_id = ${businessTrips.id} order by m.created_at desc limit 1)`,
    )
    .where(
      and(
        eq(businessTrips.departmentId, departmentId),
        inArray(businessTrips.kind, [...CLOSING_KINDS]),
        condition,
      ),
    )
    .orderBy(businessTrips.from, businessTrips.id);
  return rows.map(({ closure, moveId, moveState }) => ({
    ...closure,
    kind: closure.kind as ClosingKind,
    moveId,
    moveRunning: moveState === 'running',
  }));
}
export type FoundClosure = Awaited<ReturnType<typeof findClosures>>[number];

/** EQ-09: whether a closure may be taken back on a date. */
export function judgeTakeBack(closure: FoundClosure, today: PlainDate) {
  return decideTakeBack({ ...closure, takenBack: closure.cancelledAt !== null }, today);
}

/** A closure as the staff of its department see it. */
export function closureView(closure: FoundClosure, today: PlainDate): z.input<typeof ClosureView> {
  const { id, from, until, kind, reason, cancelledAt, moveId } = closure;
  const takeBack = judgeTakeBack(closure, today);
  return {
    id,
    from,
    until,
    kind,
    reason,
    takenBackAt: cancelledAt?.toISOString() ?? null,
    massMoveId: moveId,
    takeBackRefusal: takeBack.ok ? null : takeBack.refusal,
  };
}
