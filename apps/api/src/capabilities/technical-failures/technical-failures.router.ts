import {
  AddSignatoryInput,
  AddSignatoryOutput,
  DecideFailureInput,
  DecideFailureOutput,
  EndSignatoryInput,
  EndSignatoryOutput,
  FailureActInput,
  FailureActOutput,
  ProposeFailureInput,
  ProposeFailureOutput,
  TechnicalFailuresOutput,
} from '@mse/contracts/technical-failures';
import { procedure, router } from '../../trpc.ts';
import { openFailure, withdrawFailure } from './decide-failure.ts';
import { addSignatory, endSignatory } from './keep-signatories.ts';
import { failureAct, listFailures } from './list-failures.ts';
import { proposeFailure } from './propose-failure.ts';

export const technicalFailuresRouter = router({
  list: procedure('technicalFailures.list')
    .output(TechnicalFailuresOutput)
    .query(({ ctx }) => listFailures(ctx.call)),
  act: procedure('technicalFailures.act')
    .input(FailureActInput)
    .output(FailureActOutput)
    .query(({ ctx, input }) => failureAct(ctx.call, input)),
  propose: procedure('technicalFailures.propose')
    .input(ProposeFailureInput)
    .output(ProposeFailureOutput)
    .mutation(({ ctx, input }) => proposeFailure(ctx.call, input)),
  open: procedure('technicalFailures.open')
    .input(DecideFailureInput)
    .output(DecideFailureOutput)
    .mutation(({ ctx, input }) => openFailure(ctx.call, input)),
  withdraw: procedure('technicalFailures.withdraw')
    .input(DecideFailureInput)
    .output(DecideFailureOutput)
    .mutation(({ ctx, input }) => withdrawFailure(ctx.call, input)),
  addSignatory: procedure('technicalFailures.addSignatory')
    .input(AddSignatoryInput)
    .output(AddSignatoryOutput)
    .mutation(({ ctx, input }) => addSignatory(ctx.call, input)),
  endSignatory: procedure('technicalFailures.endSignatory')
    .input(EndSignatoryInput)
    .output(EndSignatoryOutput)
    .mutation(({ ctx, input }) => endSignatory(ctx.call, input)),
});
