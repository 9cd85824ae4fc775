import {
  CalendarDayInput,
  CalendarProposalInput,
  CalendarProposalOutput,
  CalendarYearInput,
  CalendarYearOutput,
  ChangeCalendarDayOutput,
  PreviewCalendarDayInput,
  PreviewCalendarDayOutput,
  RemoveCalendarDayInput,
} from '@mse/contracts/calendar';
import { procedure, router } from '../../trpc.ts';
import { removeCalendarDay, setCalendarDay } from './change-calendar-day.ts';
import { listCalendarYear } from './list-calendar-year.ts';
import { previewCalendarDay } from './preview-calendar-day.ts';
import { proposeCalendarYear } from './propose-calendar-year.ts';

export const calendarRouter = router({
  year: procedure('calendar.year')
    .input(CalendarYearInput)
    .output(CalendarYearOutput)
    .query(({ ctx, input }) => listCalendarYear(ctx.call, input)),
  proposal: procedure('calendar.proposal')
    .input(CalendarProposalInput)
    .output(CalendarProposalOutput)
    .query(({ ctx, input }) => proposeCalendarYear(ctx.call, input)),
  previewDay: procedure('calendar.previewDay')
    .input(PreviewCalendarDayInput)
    .output(PreviewCalendarDayOutput)
    .query(({ ctx, input }) => previewCalendarDay(ctx.call, input)),
  setDay: procedure('calendar.setDay')
    .input(CalendarDayInput)
    .output(ChangeCalendarDayOutput)
    .mutation(({ ctx, input }) => setCalendarDay(ctx.call, input)),
  removeDay: procedure('calendar.removeDay')
    .input(RemoveCalendarDayInput)
    .output(ChangeCalendarDayOutput)
    .mutation(({ ctx, input }) => removeCalendarDay(ctx.call, input)),
});
