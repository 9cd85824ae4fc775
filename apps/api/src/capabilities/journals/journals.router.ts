import {
  FinishInput,
  FinishOutput,
  MilitaryTasksOutput,
  MonthInput,
  MonthOutput,
  ProtocolInput,
  ProtocolOutput,
  RenewInput,
  RenewOutput,
  StartCorrectionInput,
  StartCorrectionOutput,
  StartMonthSigningInput,
  StartSigningOutput,
} from '@mse/contracts/journals';
import { procedure, router } from '../../trpc.ts';
import { getMonth } from './get-month.ts';
import { getProtocol } from './get-protocol.ts';
import { listMilitary } from './military.ts';
import {
  finishSigning,
  renewSigning,
  startCorrection,
  startDaySigning,
  startMilitaryList,
  startMonthSigning,
} from './sign-journal.ts';

export const journalsRouter = router({
  month: procedure('journals.month')
    .input(MonthInput)
    .output(MonthOutput)
    .query(({ ctx, input }) => getMonth(ctx.call, input)),
  protocol: procedure('journals.protocol')
    .input(ProtocolInput)
    .output(ProtocolOutput)
    .query(({ ctx, input }) => getProtocol(ctx.call, input)),
  military: procedure('journals.military')
    .output(MilitaryTasksOutput)
    .query(({ ctx }) => listMilitary(ctx.call)),
  startCorrection: procedure('journals.startCorrection')
    .input(StartCorrectionInput)
    .output(StartCorrectionOutput)
    .mutation(({ ctx, input }) => startCorrection(ctx.call, input)),
  startDay: procedure('journals.startDay')
    .input(ProtocolInput)
    .output(StartSigningOutput)
    .mutation(({ ctx, input }) => startDaySigning(ctx.call, input)),
  startMonth: procedure('journals.startMonth')
    .input(StartMonthSigningInput)
    .output(StartSigningOutput)
    .mutation(({ ctx, input }) => startMonthSigning(ctx.call, input)),
  startMilitary: procedure('journals.startMilitary')
    .output(StartSigningOutput)
    .mutation(({ ctx }) => startMilitaryList(ctx.call)),
  renew: procedure('journals.renew')
    .input(RenewInput)
    .output(RenewOutput)
    .mutation(({ ctx, input }) => renewSigning(ctx.call, input)),
  finish: procedure('journals.finish')
    .input(FinishInput)
    .output(FinishOutput)
    .mutation(({ ctx, input }) => finishSigning(ctx.call, input)),
});
