import {
  MarkCalledInput,
  MarkCalledOutput,
  MassMoveInput,
  MassMoveOutput,
  MassMovesOutput,
  ResumeOutput,
} from '@mse/contracts/mass-move';
import { procedure, router } from '../../trpc.ts';
import { getMassMove } from './get-mass-move.ts';
import { listMassMoves } from './list-mass-moves.ts';
import { markCalled } from './mark-called.ts';
import { resumeMassMove } from './resume-mass-move.ts';

export const massMoveRouter = router({
  list: procedure('massMove.list')
    .output(MassMovesOutput)
    .query(({ ctx }) => listMassMoves(ctx.call)),
  progress: procedure('massMove.progress')
    .input(MassMoveInput)
    .output(MassMoveOutput)
    .query(({ ctx, input }) => getMassMove(ctx.call, input)),
  resume: procedure('massMove.resume')
    .input(MassMoveInput)
    .output(ResumeOutput)
    .mutation(({ ctx, input }) => resumeMassMove(ctx.call, input)),
  markCalled: procedure('massMove.markCalled')
    .input(MarkCalledInput)
    .output(MarkCalledOutput)
    .mutation(({ ctx, input }) => markCalled(ctx.call, input)),
});
