import type { BookingState } from '@mse/domain/queue';

/** Refusals that another time can mend; the others need something else first. */
const MENDED_BY_TIME = [
  'time-taken',
  'time-passed',
  'after-form-validity',
  'request-key-reused',
  'same-time',
];

/** Whether choosing another time answers a refusal. */
export function isMendedByTime(refusal: string): boolean {
  return MENDED_BY_TIME.includes(refusal);
}

/** How a booking's state looks. */
export function bookingTone(state: BookingState): 'good' | 'told' | 'quiet' | 'bad' {
  switch (state) {
    case 'booked':
      return 'good';
    case 'arrived':
      return 'told';
    case 'served':
    case 'cancelled':
    case 'moved':
      return 'quiet';
    case 'annulled':
      return 'bad';
  }
}
