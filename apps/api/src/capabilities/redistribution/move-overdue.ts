import type { MoveOverdueInput, MoveOverdueOutput } from '@mse/contracts/redistribution';
import { assignments } from '@mse/db/schema';
import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { moveParts } from '../examination/index.ts';

/** R07, PX-25: gives overdue parts to other experts; those that were signed or moved meanwhile are left alone. */
export async function moveOverdue(
  call: CallContext,
  { assignmentIds }: z.output<typeof MoveOverdueInput>,
): Promise<z.input<typeof MoveOverdueOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const parts = await tx
      .select({ id: assignments.id, expertId: assignments.expertId })
      .from(assignments)
      .where(
        and(
          inArray(assignments.id, assignmentIds),
          eq(assignments.state, 'open'),
          isNotNull(assignments.overdueAt),
        ),
      );
    const byExpert = [...Map.groupBy(parts, (part) => part.expertId)];
    const total = await moveParts(
      deps,
      tx,
      byExpert.map(([expertId, own]) => ({
        expertId,
        cause: 'overdue',
        assignmentIds: own.map(({ id }) => id),
        actor: caller.personId,
      })),
      at,
    );
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('redistribution.moveOverdue', caller),
      action: 'redistribution.moveOverdue',
      outcome: 'done',
      personId: null,
      subject: null,
      requestId: call.requestId,
      detail: { asked: assignmentIds.length, ...total },
    });
    return total;
  });
}
