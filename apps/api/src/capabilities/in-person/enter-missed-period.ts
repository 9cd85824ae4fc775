import type { MissedPeriodInput, MissedPeriodOutput } from '@mse/contracts/in-person';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { enterMissedPeriod } from '../examination/index.ts';
import { ownApplication } from './own-application.ts';

/** PX-40: the head judges a missed period at a re-examination: its days, whether there was a valid reason, and from when it is credited. */
export async function keepMissedPeriod(
  call: CallContext,
  input: z.output<typeof MissedPeriodInput>,
): Promise<z.input<typeof MissedPeriodOutput>> {
  const { deps, at } = call;
  const { caller } = deskCaller(call);
  return deps.db.transaction(async (tx) => {
    const application = await ownApplication(call, tx, input.applicationId, { lock: true });
    const { applicationId: _, ...period } = input;
    const entered = await enterMissedPeriod(
      tx,
      {
        ...period,
        formId: application.formId,
        examinedOn: toBusinessDate(at),
        enteredBy: caller.personId,
      },
      at,
    );
    if (!entered.ok) return entered;
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('inPerson.enterMissedPeriod', caller),
      action: 'inPerson.enterMissedPeriod',
      outcome: 'done',
      personId: application.personId,
      subject: `application:${application.id}`,
      requestId: call.requestId,
    });
    return { ok: true as const };
  });
}
