/** A calendar date `YYYY-MM-DD`. It is not an instant: it has no zone and no hour. */
export type PlainDate = string & { readonly __brand: 'PlainDate' };
/** A time of day `HH:mm` on a 24-hour clock. */
export type PlainTime = string & { readonly __brand: 'PlainTime' };

/** The one business zone. All of Kazakhstan is UTC+05:00 since 1 March 2024. */
export const BUSINESS_ZONE = 'Asia/Almaty';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY_MS = 86_400_000;

/** Tells whether a text is a real calendar date (`2026-02-30` is not). */
export function isPlainDate(text: string): text is PlainDate {
  if (!DATE.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Reads `YYYY-MM-DD`; throws on anything else, because by then the input was validated. */
export function plainDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new Error('Not a calendar date');
  return text;
}

/** Tells whether a text is `HH:mm`. */
export function isPlainTime(text: string): text is PlainTime {
  return TIME.test(text);
}

/** Reads `HH:mm`; throws on anything else. */
export function plainTime(text: string): PlainTime {
  if (!isPlainTime(text)) throw new Error('Not a time of day');
  return text;
}

/** The date `days` calendar days later (earlier when negative). */
export function addDays(date: PlainDate, days: number): PlainDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as PlainDate;
}

/** The same day of a later month, or that month's last day when it is shorter (31 January + 1 = 28 or 29 February). */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12;
  // setUTCFullYear, because Date.UTC takes the years 0 to 99 for those of the last century.
  const end = new Date(0);
  end.setUTCFullYear(targetYear, targetMonth + 1, 0);
  const start = new Date(0);
  start.setUTCFullYear(targetYear, targetMonth, Math.min(day, end.getUTCDate()));
  return start.toISOString().slice(0, 10) as PlainDate;
}

/** Whole calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** Day of the week: 1 is Monday, 7 is Sunday. */
export function weekday(date: PlainDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** Every date from `from` to `to`, both included; empty when `to` is earlier. */
export function eachDay(from: PlainDate, to: PlainDate): PlainDate[] {
  const days: PlainDate[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

const businessParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: BUSINESS_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The calendar date and time of day that a clock on the wall in Kazakhstan shows at an instant. */
export function toBusinessTime(instant: Date): { date: PlainDate; time: PlainTime } {
  const parts: Record<string, string> = {};
  for (const part of businessParts.formatToParts(instant)) parts[part.type] = part.value;
  return {
    date: `${parts.year}-${parts.month}-${parts.day}` as PlainDate,
    time: `${parts.hour}:${parts.minute}` as PlainTime,
  };
}

/** The calendar date in Kazakhstan at an instant. */
export function toBusinessDate(instant: Date): PlainDate {
  return toBusinessTime(instant).date;
}

/** The instant at which the wall clock in Kazakhstan shows `time` on `date`. */
export function toInstant(date: PlainDate, time: PlainTime): Date {
  const zoned = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(BUSINESS_ZONE);
  return new Date(zoned.epochMilliseconds);
}

/** `minutes` later than an instant. */
export function addMinutes(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * 60_000);
}
