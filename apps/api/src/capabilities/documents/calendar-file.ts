import { addMinutes, type Language, type PlainDate, plainTime, toInstant } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type Booking, ticketLink } from './ticket-pdf.ts';

/** The law gives no length of a visit; an hour keeps the place in a person's day. */
const VISIT_MINUTES = 60;
const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;

/**
 * A8: the visit as a calendar file (RFC 5545) with alarms three days and two hours before. Its words are neutral, because
 * calendars are synchronised abroad: neither a name nor what the visit is about. The UID stays the booking's own, SEQUENCE is the
 * booking's version, and a booking that no longer holds takes the entry out of the calendar (METHOD:CANCEL).
 * `stamp` is when the booking reached its state.
 */
export function calendarFile(
  booking: Booking,
  options: { language: Language; portalUrl: string; version: number; stamp: Date },
): string {
  const t = translator(options.language);
  const holds = booking.state === 'booked' || booking.state === 'arrived' || booking.state === 'served';
  const link = ticketLink(options.portalUrl, booking.ticketCode);
  const start = toInstant(booking.day as PlainDate, plainTime(booking.startsAt));
  const calendar = ical({
    prodId: { company: 'Saraptama', product: 'Queue', language: options.language.toUpperCase() },
    method: holds ? ICalCalendarMethod.PUBLISH : ICalCalendarMethod.CANCEL,
  });
  const event = calendar.createEvent({
    id: `booking-${booking.id}@${new URL(options.portalUrl).hostname}`,
    sequence: options.version,
    stamp: options.stamp,
    start,
    end: addMinutes(start, VISIT_MINUTES),
    status: holds ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    summary: t('documents:calendar.summary', { number: booking.ticketNo }),
    location: booking.department.address[options.language],
    description: [
      t('documents:calendar.bring'),
      t('documents:calendar.late'),
      t('documents:calendar.link', { link }),
    ].join('\n'),
    url: link,
  });
  if (holds) {
    for (const triggerBefore of [3 * DAY_SECONDS, 2 * HOUR_SECONDS]) {
      event.createAlarm({
        type: ICalAlarmType.display,
        triggerBefore,
        description: t('documents:calendar.summary', { number: booking.ticketNo }),
      });
    }
  }
  return calendar.toString();
}
