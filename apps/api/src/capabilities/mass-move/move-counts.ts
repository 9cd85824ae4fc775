import type { MassMoveView } from '@mse/contracts/mass-move';
import type { Executor } from '@mse/db';
import { businessTrips, massMoveItems, massMoves } from '@mse/db/schema';
import type { MoveItemState } from '@mse/domain/mass-move';
import { desc, eq, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';

type View = z.input<typeof MassMoveView>;

/** Mass moves that fit a condition, newest first, each with its closure and how far it has come. */
export async function findMassMoves(executor: Executor, condition: SQL | undefined): Promise<View[]> {
  const inState = (state: MoveItemState) =>
    sql<number>`(count(*) filter (where ${massMoveItems.state} = ${state}))::int`;
  const rows = await executor
    .select({
      move: massMoves,
      kind: businessTrips.kind,
      reason: businessTrips.reason,
      all: sql<number>`count(*)::int`,
      pending: inState('pending'),
      moved: inState('moved'),
      noPlace: inState('no-place'),
      endedMeanwhile: inState('ended-meanwhile'),
      failed: inState('failed'),
      toCall: sql<number>`(count(*) filter (where ${massMoveItems.toCall}))::int`,
      called: sql<number>`(count(*) filter (where ${massMoveItems.toCall} and ${massMoveItems.calledAt} is not null))::int`,
    })
    .from(massMoves)
    .innerJoin(businessTrips, eq(businessTrips.id, massMoves.closureId))
    .innerJoin(massMoveItems, eq(massMoveItems.massMoveId, massMoves.id))
    .where(condition)
    .groupBy(massMoves.id, businessTrips.id)
    .orderBy(desc(massMoves.createdAt), desc(massMoves.id));
  return rows.map(({ move, kind, reason, ...counts }) => ({
    id: move.id,
    closureId: move.closureId,
    from: move.from,
    until: move.until,
    kind: kind as View['kind'],
    reason,
    state: move.state,
    createdAt: move.createdAt.toISOString(),
    finishedAt: move.finishedAt?.toISOString() ?? null,
    counts,
  }));
}
