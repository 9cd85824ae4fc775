import type { ClosePeriodInput, ClosePeriodOutput } from '@mse/contracts/closures';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { closeDepartment, type CloseRefusal } from './close-department.ts';

type Output = z.input<typeof ClosePeriodOutput>;

/** Rolls everything back: nothing is closed. */
class NotClosed extends Error {
  readonly refusal: CloseRefusal;
  constructor(refusal: CloseRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

/**
 * K06, K08: closes a period of the head's department. Without bookings in the way it is closed at once; with them it is
 * saved together with their mass move, or not at all. Refuses when somebody booked or cancelled since the preview.
 */
export async function closePeriod(
  call: CallContext,
  input: z.output<typeof ClosePeriodInput>,
): Promise<Output> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const { department, caller } = deskCaller(call);
  const { from, until, kind, reason, shown, move } = input;
  try {
    return await deps.db.transaction(async (tx): Promise<Output> => {
      const closed = await closeDepartment(deps, tx, {
        departmentId: department.id,
        from,
        until,
        kind,
        reason,
        closedBy: personId,
        shown: move ? shown : null,
        at,
      });
      if (!closed.ok) throw new NotClosed(closed.refusal);
      const { closureId, massMoveId, closedPlaces, bookings } = closed.value;
      await recordAudit(tx, {
        at,
        actor: personId,
        actorRole: actingRole('closures.close', caller),
        action: 'closures.close',
        outcome: 'done',
        personId: null,
        subject: `closure:${closureId}`,
        requestId: call.requestId,
        detail: { department: department.id, from, until, kind, massMoveId, closedPlaces, bookings },
      });
      return { ok: true, closureId, massMoveId, closedPlaces };
    });
  } catch (error) {
    if (!(error instanceof NotClosed)) throw error;
    return { ok: false, refusal: error.refusal };
  }
}
