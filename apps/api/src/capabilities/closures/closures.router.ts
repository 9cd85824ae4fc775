import {
  ClosePeriodInput,
  ClosePeriodOutput,
  ClosureInput,
  ClosureOutput,
  PreviewClosureInput,
  PreviewClosureOutput,
  TakeBackOutput,
  WeekInput,
  WeekOutput,
} from '@mse/contracts/closures';
import { procedure, router } from '../../trpc.ts';
import { closePeriod } from './close-period.ts';
import { getClosure } from './get-closure.ts';
import { previewClosure } from './preview-closure.ts';
import { takeBackClosure } from './take-back-closure.ts';
import { weekOfDepartment } from './week-of-department.ts';

export const closuresRouter = router({
  week: procedure('closures.week')
    .input(WeekInput)
    .output(WeekOutput)
    .query(({ ctx, input }) => weekOfDepartment(ctx.call, input)),
  preview: procedure('closures.preview')
    .input(PreviewClosureInput)
    .output(PreviewClosureOutput)
    .query(({ ctx, input }) => previewClosure(ctx.call, input)),
  close: procedure('closures.close')
    .input(ClosePeriodInput)
    .output(ClosePeriodOutput)
    .mutation(({ ctx, input }) => closePeriod(ctx.call, input)),
  closure: procedure('closures.closure')
    .input(ClosureInput)
    .output(ClosureOutput)
    .query(({ ctx, input }) => getClosure(ctx.call, input)),
  takeBack: procedure('closures.takeBack')
    .input(ClosureInput)
    .output(TakeBackOutput)
    .mutation(({ ctx, input }) => takeBackClosure(ctx.call, input)),
});
