import type { PreviewCalendarDayInput, PreviewCalendarDayOutput } from '@mse/contracts/calendar';
import { dayEffect, refuseDayChange } from '@mse/domain/calendar';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { bookingsOn, findDay, touchedBy } from './day-facts.ts';

/** P08: what entering a day, or taking it out (`kind` null), would touch. Changes nothing. */
export async function previewCalendarDay(
  call: CallContext,
  input: z.output<typeof PreviewCalendarDayInput>,
): Promise<z.input<typeof PreviewCalendarDayOutput>> {
  const { deps, at } = call;
  const { date, kind } = input;
  call.seen(null, `calendar:${date}`);
  const before = await findDay(deps.db, date);
  const refusal = refuseDayChange(date, before?.kind ?? null, kind, toBusinessDate(at));
  if (refusal) return { ok: false, refusal };
  const effect = dayEffect(date, before?.kind ?? null, kind);
  return {
    ok: true,
    effect,
    ...(await touchedBy(deps.db, date, effect)),
    before: before && { ...before, canChange: true },
    inTheWay: effect === 'closes' ? await bookingsOn(deps.db, date) : [],
  };
}
