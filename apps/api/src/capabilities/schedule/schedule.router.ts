import {
  AddStartTimesOutput,
  PreviewStartTimesOutput,
  PublishScheduleInput,
  PublishScheduleOutput,
  ScheduleDepartmentsInput,
  ScheduleDepartmentsOutput,
  SchedulePreviewInput,
  SchedulePreviewOutput,
  ScheduleWarningOutput,
  ScheduleYearInput,
  ScheduleYearOutput,
  StartTimesInput,
  StartTimesOutput,
} from '@mse/contracts/schedule';
import { procedure, router } from '../../trpc.ts';
import { getScheduleWarning } from './get-schedule-warning.ts';
import { getScheduleYear } from './get-schedule-year.ts';
import { listScheduleDepartments } from './list-schedule-departments.ts';
import { previewSchedule } from './preview-schedule.ts';
import { publishSchedule } from './publish-schedule.ts';
import { addStartTimes, listStartTimes, previewStartTimes } from './start-times.ts';

export const scheduleRouter = router({
  year: procedure('schedule.year')
    .input(ScheduleYearInput)
    .output(ScheduleYearOutput)
    .query(({ ctx, input }) => getScheduleYear(ctx.call, input)),
  preview: procedure('schedule.preview')
    .input(SchedulePreviewInput)
    .output(SchedulePreviewOutput)
    .query(({ ctx, input }) => previewSchedule(ctx.call, input)),
  publish: procedure('schedule.publish')
    .input(PublishScheduleInput)
    .output(PublishScheduleOutput)
    .mutation(({ ctx, input }) => publishSchedule(ctx.call, input)),
  warning: procedure('schedule.warning')
    .output(ScheduleWarningOutput)
    .query(({ ctx }) => getScheduleWarning(ctx.call)),
  departments: procedure('schedule.departments')
    .input(ScheduleDepartmentsInput)
    .output(ScheduleDepartmentsOutput)
    .query(({ ctx, input }) => listScheduleDepartments(ctx.call, input)),
  startTimes: procedure('schedule.startTimes')
    .output(StartTimesOutput)
    .query(({ ctx }) => listStartTimes(ctx.call)),
  previewStartTimes: procedure('schedule.previewStartTimes')
    .input(StartTimesInput)
    .output(PreviewStartTimesOutput)
    .query(({ ctx, input }) => previewStartTimes(ctx.call, input)),
  addStartTimes: procedure('schedule.addStartTimes')
    .input(StartTimesInput)
    .output(AddStartTimesOutput)
    .mutation(({ ctx, input }) => addStartTimes(ctx.call, input)),
});
