import type { RefuseVisitInput, RefuseVisitOutput } from '@mse/contracts/in-person';
import { cases, inPersonApplications } from '@mse/db/schema';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { closeInvitations } from '../examination/index.ts';

/** PX-37: the person does not want to be examined in person: the case is closed and the clinic and the person are told. */
export async function refuseVisit(
  call: CallContext,
  input: z.output<typeof RefuseVisitInput>,
): Promise<z.input<typeof RefuseVisitOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const [found] = await tx
      .select()
      .from(cases)
      .where(and(eq(cases.id, input.caseId), eq(cases.departmentId, department.id)))
      .for('update');
    if (!found) throw notFound();
    const open = await tx.$count(
      inPersonApplications,
      and(eq(inPersonApplications.caseId, found.id), isNull(inPersonApplications.endedAt)),
    );
    if (open > 0) return { ok: false as const, refusal: 'application-open' as const };
    const closed = await closeInvitations(deps, tx, [found.id], 'refused', caller.personId, at);
    if (closed === 0) return { ok: false as const, refusal: 'not-invited' as const };
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('inPerson.refuseVisit', caller),
      action: 'inPerson.refuseVisit',
      outcome: 'done',
      personId: found.personId,
      subject: `case:${found.id}`,
      requestId: call.requestId,
    });
    return { ok: true as const };
  });
}
