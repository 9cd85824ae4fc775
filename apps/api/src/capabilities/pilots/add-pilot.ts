import type { AddPilotInput, AddPilotOutput } from '@mse/contracts/pilots';
import { queuePilots } from '@mse/db/schema';
import { decidePilot } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/**
 * GV-04: switches the queue on for a region and a period, by an act. A prolongation is one more row. It counts in this process at
 * once and in every other within ten seconds.
 */
export async function addPilot(
  call: CallContext,
  input: z.output<typeof AddPilotInput>,
): Promise<z.input<typeof AddPilotOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof AddPilotOutput>> => {
    // Two periods entered at the same moment are judged one after the other.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:pilots'))`);
    const decision = decidePilot(await tx.select().from(queuePilots), input, toBusinessDate(at));
    if (!decision.ok) return decision;
    const id = deps.random.id(at);
    await tx.insert(queuePilots).values({ id, ...input });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('pilots.add', caller),
      action: 'pilots.add',
      outcome: 'done',
      personId: null,
      subject: `pilot:${id}`,
      requestId: call.requestId,
      detail: { ...input },
    });
    return { ok: true, id };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}
