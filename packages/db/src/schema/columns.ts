import type { PlainTime, Trilingual } from '@mse/domain/shared';
import { customType, jsonb, text, timestamp } from 'drizzle-orm/pg-core';

/** An instant; always with zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
/** A text in the three languages. */
export const trilingual = (name: string) => jsonb(name).$type<Trilingual>();
/** A text limited to a closed list; the database checks it too (see `oneOf` in the migrations). */
export const literal = <Value extends string>(name: string) => text(name).$type<Value>();
/** Raw bytes. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
/** A time of day; the database says `09:00:00`, we say `09:00`. */
export const timeOfDay = customType<{ data: PlainTime; driverData: string }>({
  dataType: () => 'time(0)',
  fromDriver: (value) => value.slice(0, 5) as PlainTime,
});
