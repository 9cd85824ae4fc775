import { CALENDAR_REFUSALS, DAY_KINDS } from '@mse/domain/calendar';
import { z } from 'zod';
import { Day, refused, Trilingual } from './common.ts';
import { Year } from './schedule.ts';

const Kind = z.enum(DAY_KINDS, { error: 'choice' });
const Name = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(200, { error: 'too-long' });

/** P08: a day as it stands in the calendar. `canChange`: it lies ahead. */
export const CalendarDayShown = z.object({
  date: z.string(),
  kind: Kind,
  name: Trilingual,
  basis: z.string(),
  canChange: z.boolean(),
});
export const CalendarYearInput = z.strictObject({ year: Year.optional() });
export const CalendarYearOutput = z.object({
  year: z.int(),
  years: z.array(z.int()),
  today: z.string(),
  days: z.array(CalendarDayShown),
  workingDays: z.int(),
});

/** A day to be entered or changed. */
export const CalendarDayInput = z.strictObject({
  date: Day,
  kind: Kind,
  name: z.strictObject({ kk: Name, ru: Name, en: Name }),
  basis: z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(500, { error: 'too-long' }),
});
/** `kind` null takes the entry out. */
export const PreviewCalendarDayInput = z.strictObject({ date: Day, kind: Kind.nullable() });
export const RemoveCalendarDayInput = z.strictObject({ date: Day });

const Touched = z.object({
  /** What becomes of reception on the day. */
  effect: z.enum(['closes', 'opens', 'none']),
  departments: z.int(),
  /** Free places that close, or places that open. */
  places: z.int(),
});
const InTheWay = z.object({ department: z.int(), startsAt: z.string(), ticketNo: z.string() });
const Blocked = z.object({
  ok: z.literal(false),
  refusal: z.literal('bookings-in-the-way'),
  inTheWay: z.array(InTheWay),
});
const OTHER_REFUSALS = CALENDAR_REFUSALS.filter((refusal) => refusal !== 'bookings-in-the-way') as [
  Exclude<(typeof CALENDAR_REFUSALS)[number], 'bookings-in-the-way'>,
  ...Exclude<(typeof CALENDAR_REFUSALS)[number], 'bookings-in-the-way'>[],
];

export const PreviewCalendarDayOutput = z.union([
  Touched.extend({ ok: z.literal(true), before: CalendarDayShown.nullable(), inTheWay: z.array(InTheWay) }),
  refused(OTHER_REFUSALS),
]);
/** EQ-09: bookings in the way refuse the change; nothing is changed then. */
export const ChangeCalendarDayOutput = z.union([
  Touched.extend({ ok: z.literal(true), changed: z.boolean() }),
  Blocked,
  refused(OTHER_REFUSALS),
]);

/**
 * P08: what the law wants in the calendar of a year, and how far it is there. `new`: not entered; `entered`: as proposed; `differs`: entered
 * as another kind; `needless`: a day off on a weekend; `passed`: today or before; `announced`: has no date until it is made known.
 */
export const PROPOSAL_STATES = ['new', 'entered', 'differs', 'needless', 'passed', 'announced'] as const;
export const CalendarProposalInput = z.strictObject({ year: Year.optional() });
export const CalendarProposalOutput = z.object({
  /** The year after the running one unless told otherwise. */
  year: z.int(),
  years: z.array(z.int()),
  days: z.array(
    z.object({
      key: z.string(),
      date: z.string().nullable(),
      kind: z.enum(['holiday', 'day-off']),
      name: Trilingual,
      basis: z.string(),
      /** The holiday on a weekend whose day off this is. */
      movedFrom: z.string().nullable(),
      state: z.enum(PROPOSAL_STATES),
      /** Free places that entering the day would close, and bookings that are in its way. */
      places: z.int(),
      bookings: z.int(),
    }),
  ),
});
