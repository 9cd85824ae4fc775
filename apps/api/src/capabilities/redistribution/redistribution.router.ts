import {
  ExplainPartInput,
  ExplainPartOutput,
  MoveOverdueInput,
  MoveOverdueOutput,
  RedistributionOutput,
  SimulateAbsenceInput,
  SimulateAbsenceOutput,
  StartAbsenceInput,
  StartAbsenceOutput,
} from '@mse/contracts/redistribution';
import { procedure, router } from '../../trpc.ts';
import { explainPart } from './explain-part.ts';
import { getRedistribution } from './get-redistribution.ts';
import { moveOverdue } from './move-overdue.ts';
import { simulateAbsence } from './simulate-absence.ts';
import { startAbsence } from './start-absence.ts';

export const redistributionRouter = router({
  overview: procedure('redistribution.overview')
    .output(RedistributionOutput)
    .query(({ ctx }) => getRedistribution(ctx.call)),
  simulateAbsence: procedure('redistribution.simulateAbsence')
    .input(SimulateAbsenceInput)
    .output(SimulateAbsenceOutput)
    .query(({ ctx, input }) => simulateAbsence(ctx.call, input)),
  startAbsence: procedure('redistribution.startAbsence')
    .input(StartAbsenceInput)
    .output(StartAbsenceOutput)
    .mutation(({ ctx, input }) => startAbsence(ctx.call, input)),
  moveOverdue: procedure('redistribution.moveOverdue')
    .input(MoveOverdueInput)
    .output(MoveOverdueOutput)
    .mutation(({ ctx, input }) => moveOverdue(ctx.call, input)),
  explainPart: procedure('redistribution.explainPart')
    .input(ExplainPartInput)
    .output(ExplainPartOutput)
    .query(({ ctx, input }) => explainPart(ctx.call, input)),
});
