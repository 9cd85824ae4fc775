import { PlaceChoice } from '@mse/contracts/queue';
import type { z } from 'zod';

export type Place = z.output<typeof PlaceChoice>;

/** A place as the value of a radio button: `2026-11-25T09:00`. */
export function placeValue(place: { day: string; startsAt: string }): string {
  return `${place.day}T${place.startsAt}`;
}

/** Reads the value of a radio button; undefined when it is not a day and a time. */
export function readPlace(value: unknown): Place | undefined {
  if (typeof value !== 'string') return undefined;
  const [day, startsAt] = value.split('T');
  const read = PlaceChoice.safeParse({ day, startsAt });
  return read.success ? read.data : undefined;
}
