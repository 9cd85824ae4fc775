import { MAX_PERIODS, SCHEDULE_REFUSALS } from '@mse/domain/schedule';
import { z } from 'zod';
import { Day, Instant, refused, StartTime, Trilingual } from './common.ts';

/** A year as typed or chosen. */
export const Year = z.coerce
  .number({ error: 'invalid' })
  .int({ error: 'invalid' })
  .min(2025, { error: 'invalid' })
  .max(2100, { error: 'invalid' });

/** Places per start time; the database holds the same bounds. */
export const PlacesPerStart = z.coerce
  .number({ error: 'places' })
  .int({ error: 'places' })
  .min(1, { error: 'places' })
  .max(50, { error: 'places' });

/** A period of a year's schedule as a person writes it. */
export const Period = z.strictObject({ from: Day, until: Day, placesPerStart: PlacesPerStart });

const DepartmentName = z.object({ id: z.string(), number: z.int(), name: Trilingual });
const PeriodShown = z.object({ from: z.string(), until: z.string(), placesPerStart: z.int() });
export const StartTimesRow = z.object({
  validFrom: z.string(),
  times: z.array(z.string()),
  basis: z.string(),
});
export const CoverageName = z.enum(['whole', 'part', 'none']);
export const WarningName = z.enum(['none', 'due', 'overdue']);

/** K07: a department's year as it stands. */
export const ScheduleYearInput = z.strictObject({ year: Year.optional() });
export const ScheduleYearOutput = z.object({
  department: DepartmentName,
  today: z.string(),
  year: z.int(),
  years: z.array(z.int()),
  /** First day a publication may change; null when the year is over. */
  first: z.string().nullable(),
  last: z.string(),
  /** In force in the whole year. */
  inForce: z.array(PeriodShown),
  /** What the form begins with: in force from `first` on, or the year before carried on. */
  draft: z.array(PeriodShown),
  publishedAt: Instant.nullable(),
  /** Start times in force in the year, oldest first (EQ-02). */
  startTimes: z.array(StartTimesRow),
  coverage: CoverageName,
  uncoveredDays: z.int(),
  warning: WarningName,
  dueOn: z.string(),
  /** Days of the calendar entered for the year; none usually means that the year is not entered yet. */
  calendarDays: z.int(),
  /** Whether places differ from what schedule, start times and calendar ask for: it must be published again. */
  outdated: z.boolean(),
});

const Periods = z.array(Period).max(MAX_PERIODS, { error: 'invalid' });
const Fault = z.object({
  ok: z.literal(false),
  refusal: z.enum(SCHEDULE_REFUSALS),
  period: z.int().nullable(),
});
const Totals = z.object({ added: z.int(), reopened: z.int(), withdrawn: z.int(), kept: z.int() });

/** K07: what a publication would change, before anything is. */
export const SchedulePreviewInput = z.strictObject({ year: Year, periods: Periods });
export const SchedulePreviewOutput = z.union([
  z.object({
    ok: z.literal(true),
    year: z.int(),
    first: z.string(),
    last: z.string(),
    periods: z.array(PeriodShown),
    /** Fingerprint of what the preview was made from; goes into the publication. */
    seen: z.string(),
    changed: z.boolean(),
    totals: Totals,
    months: z.array(
      z.object({
        month: z.string(),
        daysBefore: z.int(),
        daysAfter: z.int(),
        placesBefore: z.int(),
        placesAfter: z.int(),
        booked: z.int(),
      }),
    ),
    /** Booked places the schedule no longer has: the bookings stay until somebody moves them. */
    inTheWay: z.array(z.object({ day: z.string(), startsAt: z.string(), ticketNo: z.string() })),
    takenOut: z.object({
      weekends: z.int(),
      days: z.array(
        z.object({
          date: z.string(),
          kind: z.enum(['holiday', 'day-off', 'working']),
          name: Trilingual,
          basis: z.string(),
        }),
      ),
      closures: z.array(
        z.object({
          from: z.string(),
          until: z.string(),
          kind: z.enum(['trip', 'closed']),
          reason: z.string(),
          days: z.int(),
        }),
      ),
    }),
    uncovered: z.array(z.string()),
    startTimes: z.array(StartTimesRow),
    calendarDays: z.int(),
  }),
  Fault,
]);

/** EQ-03, EQ-04: publication. Repeating it changes nothing more. */
export const PublishScheduleInput = z.strictObject({
  year: Year,
  periods: Periods,
  seen: z.string().max(100),
});
export const PublishScheduleOutput = z.union([
  z.object({ ok: z.literal(true), changed: z.boolean(), totals: Totals }),
  Fault,
  refused(['changed-meanwhile']),
]);

/** EQ-04: what the caller must be told about next year; null when there is nothing. */
export const ScheduleWarningOutput = z.object({
  warning: WarningName,
  year: z.int(),
  dueOn: z.string(),
  /** Departments without it: the caller's own, or of the whole service. */
  departments: z.int(),
});

/** EQ-04: departments and how far their schedule of a year is. */
export const ScheduleDepartmentsInput = z.strictObject({ year: Year.optional() });
export const ScheduleDepartmentsOutput = z.object({
  year: z.int(),
  years: z.array(z.int()),
  warning: WarningName,
  dueOn: z.string(),
  departments: z.array(
    DepartmentName.extend({
      coverage: CoverageName,
      uncoveredDays: z.int(),
      periods: z.array(PeriodShown),
      publishedAt: Instant.nullable(),
      places: z.int(),
      booked: z.int(),
    }),
  ),
});

/** EQ-02: start times by law, as dated rows with their basis. */
export const START_TIMES_REFUSALS = ['day-passed', 'nothing-changes', 'repeats'] as const;
export const StartTimesOutput = z.object({
  today: z.string(),
  rows: z.array(
    StartTimesRow.extend({
      state: z.enum(['over', 'in-force', 'future']),
      /** How far they have reached the places of the departments; null for what was there from the beginning. */
      spread: z
        .object({ departments: z.int(), done: z.int(), finished: z.boolean(), totals: Totals })
        .nullable(),
    }),
  ),
});
export const StartTimesInput = z.strictObject({
  validFrom: Day,
  times: z.array(StartTime).min(1, { error: 'required' }).max(24, { error: 'too-long' }),
  basis: z.string().trim().min(1, { error: 'required' }).max(500, { error: 'too-long' }),
});
export const PreviewStartTimesOutput = z.union([
  z.object({
    ok: z.literal(true),
    before: z.array(z.string()),
    after: z.array(z.string()),
    /** Departments whose published schedules reach beyond the day, and bookings there at times that are no more: they stay. */
    departments: z.array(z.object({ number: z.int(), name: Trilingual, bookings: z.int() })),
  }),
  refused(START_TIMES_REFUSALS),
]);
export const AddStartTimesOutput = z.union([
  /** Departments whose places follow in the background. */
  z.object({ ok: z.literal(true), departments: z.int() }),
  refused(START_TIMES_REFUSALS),
]);
