import type { CallForControlInput, CallForControlOutput } from '@mse/contracts/control';
import { conclusions, controlCalls, controlResults } from '@mse/db/schema';
import { and, eq, gte, isNull, notExists, or } from 'drizzle-orm';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { callForControl } from '../examination/index.ts';
import { lockForm } from '../queue/end-booking.ts';

/** PX-41: calls the person of an act for a control re-examination. A call whose term has not passed is not made twice. */
export async function callPerson(
  call: CallContext,
  input: z.output<typeof CallForControlInput>,
): Promise<z.input<typeof CallForControlOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const [act] = await tx
      .select({ formId: conclusions.formId })
      .from(conclusions)
      .where(eq(conclusions.actNo, input.actNo));
    if (!act) return { ok: false as const, refusal: 'act-unknown' as const };
    await lockForm(tx, act.formId);
    const running = await tx.$count(
      controlCalls,
      and(
        eq(controlCalls.formId, act.formId),
        or(isNull(controlCalls.dueOn), gte(controlCalls.dueOn, toBusinessDate(at))),
        // Who was examined may be called anew.
        notExists(
          tx
            .select({ id: controlResults.callId })
            .from(controlResults)
            .where(eq(controlResults.callId, controlCalls.id)),
        ),
      ),
    );
    if (running > 0) return { ok: false as const, refusal: 'called-already' as const };
    const { channel, dueOn } = await callForControl(
      deps,
      tx,
      {
        formId: act.formId,
        calledBy: caller.personId,
        actorRole: actingRole('control.callPerson', caller),
        address: { kk: input.addressKk, ru: input.addressRu, en: input.addressEn },
      },
      at,
    );
    return { ok: true as const, channel, dueOn };
  });
}
