import type { PostalReceiptInput, PostalReceiptOutput } from '@mse/contracts/control';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { receivePostalCall } from '../examination/index.ts';

/** PX-41: the day on which a postal call was received; the three working days run from it. */
export async function noteReceipt(
  call: CallContext,
  input: z.output<typeof PostalReceiptInput>,
): Promise<z.input<typeof PostalReceiptOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  if (input.receivedOn > toBusinessDate(at)) return { ok: false, refusal: 'in-the-future' };
  return deps.db.transaction(async (tx) => {
    const received = await receivePostalCall(deps, tx, input);
    if (!received.ok) return received;
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('control.received', caller),
      action: 'control.received',
      outcome: 'done',
      personId: received.value.personId,
      subject: `control-call:${input.callId}`,
      requestId: call.requestId,
    });
    return { ok: true as const, dueOn: received.value.dueOn };
  });
}
