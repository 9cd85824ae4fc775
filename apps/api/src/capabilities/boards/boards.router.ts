import {
  BoardChangeOutput,
  BoardInput,
  BoardListOutput,
  BoardTokenOutput,
  BoardViewInput,
  BoardViewOutput,
  ChangeBoardInput,
  CreateBoardInput,
  SetEmergencyInput,
} from '@mse/contracts/boards';
import { procedure, router } from '../../trpc.ts';
import { changeBoard } from './change-board.ts';
import { closeBoard } from './close-board.ts';
import { createBoard } from './create-board.ts';
import { listBoards } from './list-boards.ts';
import { renewToken } from './renew-token.ts';
import { setEmergency } from './set-emergency.ts';
import { testCall } from './test-call.ts';
import { viewBoard } from './view-board.ts';

export const boardsRouter = router({
  view: procedure('boards.view')
    .input(BoardViewInput)
    .output(BoardViewOutput)
    .query(({ ctx, input }) => viewBoard(ctx.call, input)),
  list: procedure('boards.list')
    .output(BoardListOutput)
    .query(({ ctx }) => listBoards(ctx.call)),
  create: procedure('boards.create')
    .input(CreateBoardInput)
    .output(BoardTokenOutput)
    .mutation(({ ctx, input }) => createBoard(ctx.call, input)),
  change: procedure('boards.change')
    .input(ChangeBoardInput)
    .output(BoardChangeOutput)
    .mutation(({ ctx, input }) => changeBoard(ctx.call, input)),
  setEmergency: procedure('boards.setEmergency')
    .input(SetEmergencyInput)
    .output(BoardChangeOutput)
    .mutation(({ ctx, input }) => setEmergency(ctx.call, input)),
  testCall: procedure('boards.testCall')
    .input(BoardInput)
    .output(BoardChangeOutput)
    .mutation(({ ctx, input }) => testCall(ctx.call, input)),
  renewToken: procedure('boards.renewToken')
    .input(BoardInput)
    .output(BoardTokenOutput)
    .mutation(({ ctx, input }) => renewToken(ctx.call, input)),
  close: procedure('boards.close')
    .input(BoardInput)
    .output(BoardChangeOutput)
    .mutation(({ ctx, input }) => closeBoard(ctx.call, input)),
});
