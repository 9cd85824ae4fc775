import type { Executor } from '@mse/db';
import { controlCalls, forms, missedPeriods, persons } from '@mse/db/schema';
import { controlChannel, controlDueOn } from '@mse/domain/deadlines';
import { judgeMissedPeriod, type MissedPeriod, type MissedPeriodRefusal } from '@mse/domain/examination';
import { sendingTime } from '@mse/domain/notifications';
import {
  addDays,
  ok,
  type PlainDate,
  plainTime,
  refuse,
  type Result,
  toBusinessDate,
  toInstant,
  type Trilingual,
} from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { writeSms } from './invite.ts';

type Call = typeof controlCalls.$inferSelect;

/**
 * PX-41: calls a person for a control re-examination: by SMS M-04 where the base of mobile citizens has a number, else a postal call is to be
 * sent, whose term begins with its receipt. `address` is where the methodology and control department receives.
 */
export async function callForControl(
  deps: Deps,
  tx: Executor,
  wanted: { formId: string; calledBy: string; actorRole: string; address: Trilingual },
  at: Date,
): Promise<Call> {
  const [found] = await tx
    .select({ personId: forms.personId, representativeId: forms.representativeId, phone: persons.phone })
    .from(forms)
    .innerJoin(persons, eq(persons.id, forms.personId))
    .where(eq(forms.id, wanted.formId));
  if (!found) throw new Error('The form of a control re-examination is not there');
  const channel = controlChannel(found.phone);
  // The term runs from the moment the SMS is to go out.
  const sentAt = sendingTime('m-04', at);
  const dueOn = controlDueOn(deps.reference.policies(), deps.reference.calendar(), {
    channel,
    sentAt,
    receivedOn: null,
  });
  const [call] = await tx
    .insert(controlCalls)
    .values({
      id: deps.random.id(at),
      personId: found.personId,
      formId: wanted.formId,
      channel,
      calledAt: at,
      calledBy: wanted.calledBy,
      receivedOn: null,
      dueOn,
    })
    .returning();
  if (!call) throw new Error('A call was not stored');
  if (channel === 'sms' && dueOn)
    await writeSms(
      deps,
      tx,
      'm-04',
      [
        {
          row: { formId: wanted.formId, personId: found.personId, representativeId: null },
          onceKey: `m-04:control:${call.id}`,
          expiresAt: toInstant(addDays(dueOn, 1), plainTime('00:00')),
          params: (language) => ({ address: wanted.address[language] }),
        },
      ],
      at,
    );
  await recordAudit(tx, {
    at,
    actor: wanted.calledBy,
    actorRole: wanted.actorRole,
    action: 'examination.callForControl',
    outcome: 'done',
    personId: found.personId,
    subject: `form:${wanted.formId}`,
    requestId: null,
    detail: { channel, due: dueOn },
  });
  return call;
}

/** PX-41: the postal call was received on a day; the term begins. Refused when it is no postal call or was received already. */
export async function receivePostalCall(
  deps: Deps,
  tx: Executor,
  receipt: { callId: string; receivedOn: PlainDate },
): Promise<Result<Call, 'not-open'>> {
  const [call] = await tx
    .select()
    .from(controlCalls)
    .where(
      and(
        eq(controlCalls.id, receipt.callId),
        eq(controlCalls.channel, 'post'),
        isNull(controlCalls.receivedOn),
      ),
    )
    .for('update');
  if (!call || receipt.receivedOn < toBusinessDate(call.calledAt)) return refuse('not-open');
  const dueOn = controlDueOn(deps.reference.policies(), deps.reference.calendar(), {
    channel: 'post',
    sentAt: call.calledAt,
    receivedOn: receipt.receivedOn,
  });
  const [changed] = await tx
    .update(controlCalls)
    .set({ receivedOn: receipt.receivedOn, dueOn })
    .where(eq(controlCalls.id, call.id))
    .returning();
  return changed ? ok(changed) : refuse('not-open');
}

/** PX-40: keeps a missed period as a person has judged it, once for a form. */
export async function enterMissedPeriod(
  tx: Executor,
  entry: MissedPeriod & { formId: string; examinedOn: PlainDate; enteredBy: string },
  at: Date,
): Promise<Result<'entered', MissedPeriodRefusal | 'already-entered'>> {
  const { formId, examinedOn, enteredBy, ...period } = entry;
  const judged = judgeMissedPeriod(period, examinedOn);
  if (!judged.ok) return judged;
  const rows = await tx
    .insert(missedPeriods)
    .values({ formId, ...judged.value, enteredBy, enteredAt: at })
    .onConflictDoNothing()
    .returning({ formId: missedPeriods.formId });
  return rows.length > 0 ? ok('entered') : refuse('already-entered');
}
