import type { ClosureInput, TakeBackOutput } from '@mse/contracts/closures';
import { businessTrips } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { lockDepartment, openPlaces } from './close-places.ts';
import { findClosures, judgeTakeBack } from './closure-view.ts';

/**
 * EQ-09: takes a closure back: its places from today on can be booked again. Bookings that were moved stay where they are;
 * their people have been told. The row stays as history.
 */
export async function takeBackClosure(
  call: CallContext,
  input: z.output<typeof ClosureInput>,
): Promise<z.input<typeof TakeBackOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx) => {
    await lockDepartment(tx, department.id);
    const [closure] = await findClosures(tx, department.id, eq(businessTrips.id, input.id));
    if (!closure) throw notFound();
    const decision = judgeTakeBack(closure, today);
    if (!decision.ok) return { ok: false as const, refusal: decision.refusal };
    await tx.update(businessTrips).set({ cancelledAt: at }).where(eq(businessTrips.id, closure.id));
    const openedPlaces = await openPlaces(tx, {
      closureId: closure.id,
      departmentId: department.id,
      from: closure.from > today ? closure.from : today,
      until: closure.until,
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('closures.takeBack', caller),
      action: 'closures.takeBack',
      outcome: 'done',
      personId: null,
      subject: `closure:${closure.id}`,
      requestId: call.requestId,
      detail: { openedPlaces },
    });
    if (closure.from <= today) await deps.live.deskChanged(tx, department.id, today);
    return { ok: true as const, openedPlaces };
  });
}
