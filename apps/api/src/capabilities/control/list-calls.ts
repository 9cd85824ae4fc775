import type { ControlCallsOutput } from '@mse/contracts/control';
import { conclusions, controlCalls, controlResults, persons } from '@mse/db/schema';
import { fullName, maskIin, toBusinessDate } from '@mse/domain/shared';
import { desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

const SHOWN = 100;

/** PX-41: people called for a control re-examination, the newest first, with the term of each. */
export async function listCalls(call: CallContext): Promise<z.input<typeof ControlCallsOutput>> {
  const today = toBusinessDate(call.at);
  const rows = await call.deps.db
    .select({
      found: controlCalls,
      person: persons,
      actNo: conclusions.actNo,
      result: controlResults.callId,
    })
    .from(controlCalls)
    .innerJoin(persons, eq(persons.id, controlCalls.personId))
    .innerJoin(conclusions, eq(conclusions.formId, controlCalls.formId))
    .leftJoin(controlResults, eq(controlResults.callId, controlCalls.id))
    .orderBy(desc(controlCalls.calledAt))
    .limit(SHOWN);
  return {
    calls: rows.map(({ found, person, actNo, result }) => {
      call.seen(person.id, `control-call:${found.id}`);
      return {
        callId: found.id,
        actNo,
        personName: fullName(person),
        iinMasked: maskIin(person.iin),
        channel: found.channel,
        calledAt: found.calledAt.toISOString(),
        receivedOn: found.receivedOn,
        dueOn: found.dueOn,
        overdue: result === null && found.dueOn !== null && found.dueOn < today,
        done: result !== null,
      };
    }),
  };
}
