import { addWorkingDays, type WorkingCalendar } from '../calendar/index.ts';
import { type PolicyRow, policyOn } from '../policies/index.ts';
import { type PlainDate, plainTime, toBusinessDate, toInstant } from '../shared/index.ts';

/** PX-34, PX-36, PX-37: times of an invitation, all from its first SMS. */
export interface InvitationTimes {
  invitedAt: Date;
  /** PX-36: first minute of the working day after those in which the person should have come. */
  repeatAt: Date;
  /** PX-37: end of the last working day; whoever has not come by then has not appeared. */
  closeAt: Date;
}

/** PX-36, PX-37: SMS on Monday → again on Thursday 00:00 → closed after Friday 18:00. The day of the first SMS is day zero. */
export function invitationTimes(
  policies: readonly PolicyRow[],
  calendar: WorkingCalendar,
  invitedAt: Date,
): InvitationTimes {
  const day = toBusinessDate(invitedAt);
  const { repeatAfter, closeAfter } = policyOn(policies, 'invitation.days', day);
  const { until } = policyOn(policies, 'invitation.window', day);
  return {
    invitedAt,
    repeatAt: toInstant(addWorkingDays(calendar, day, repeatAfter + 1), plainTime('00:00')),
    closeAt: toInstant(addWorkingDays(calendar, day, closeAfter), plainTime(until)),
  };
}

/**
 * PX-36: the end of an invitation once the second call goes out. On its day that is the end set before; a second call that comes later,
 * because the service stood still, still leaves the working days that were meant to follow it.
 */
export function secondCallTimes(
  policies: readonly PolicyRow[],
  calendar: WorkingCalendar,
  planned: { repeatAt: Date; closeAt: Date },
  calledAt: Date,
): Date {
  const day = toBusinessDate(calledAt);
  if (day <= toBusinessDate(planned.repeatAt)) return planned.closeAt;
  const { repeatAfter, closeAfter } = policyOn(policies, 'invitation.days', day);
  const { until } = policyOn(policies, 'invitation.window', day);
  // The day of a call in time is itself the first of those days.
  const first = calendar.isWorkingDay(day) ? day : addWorkingDays(calendar, day, 1);
  const end = toInstant(
    addWorkingDays(calendar, first, Math.max(0, closeAfter - repeatAfter - 1)),
    plainTime(until),
  );
  return end > planned.closeAt ? end : planned.closeAt;
}

/** PX-41: how a person is called for a control re-examination: an SMS to the number in the base of mobile citizens, or a postal call. */
export const CONTROL_CHANNELS = ['sms', 'post'] as const;
export type ControlChannel = (typeof CONTROL_CHANNELS)[number];

/** PX-41: the channel follows from whether the base of mobile citizens has a number. */
export function controlChannel(phone: string | null): ControlChannel {
  return phone === null ? 'post' : 'sms';
}

/**
 * PX-41: last day to come: so many working days from the SMS, or from the receipt of the postal call. Null while a postal call was not
 * received: then no term runs. The day of the SMS or of the receipt is day zero.
 */
export function controlDueOn(
  policies: readonly PolicyRow[],
  calendar: WorkingCalendar,
  call: { channel: ControlChannel; sentAt: Date; receivedOn: PlainDate | null },
): PlainDate | null {
  const start = call.channel === 'sms' ? toBusinessDate(call.sentAt) : call.receivedOn;
  return start === null ? null : addWorkingDays(calendar, start, policyOn(policies, 'control.days', start));
}
