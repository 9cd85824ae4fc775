import {
  ExportProblemsInput,
  NoteProblemInput,
  NoteProblemOutput,
  ProblemInput,
  ProblemOutput,
  ProblemsOutput,
  RegisterProblemInput,
  RegisterProblemOutput,
  ReopenProblemInput,
  ReopenProblemOutput,
  SendProblemInput,
  SendProblemOutput,
  TakeUpProposalInput,
  TakeUpProposalOutput,
} from '@mse/contracts/problems';
import { SheetOutput } from '@mse/contracts/reporting';
import { procedure, router } from '../../trpc.ts';
import { noteProblem, reopenProblem, sendProblem } from './change-problem.ts';
import { exportProblems } from './export-problems.ts';
import { getProblem } from './get-problem.ts';
import { listProblems } from './list-problems.ts';
import { registerProblem, takeUpProposal } from './register-problem.ts';

export const problemsRouter = router({
  list: procedure('problems.list')
    .output(ProblemsOutput)
    .query(({ ctx }) => listProblems(ctx.call)),
  get: procedure('problems.get')
    .input(ProblemInput)
    .output(ProblemOutput)
    .query(({ ctx, input }) => getProblem(ctx.call, input)),
  register: procedure('problems.register')
    .input(RegisterProblemInput)
    .output(RegisterProblemOutput)
    .mutation(({ ctx, input }) => registerProblem(ctx.call, input)),
  takeUp: procedure('problems.takeUp')
    .input(TakeUpProposalInput)
    .output(TakeUpProposalOutput)
    .mutation(({ ctx, input }) => takeUpProposal(ctx.call, input)),
  send: procedure('problems.send')
    .input(SendProblemInput)
    .output(SendProblemOutput)
    .mutation(({ ctx, input }) => sendProblem(ctx.call, input)),
  note: procedure('problems.note')
    .input(NoteProblemInput)
    .output(NoteProblemOutput)
    .mutation(({ ctx, input }) => noteProblem(ctx.call, input)),
  reopen: procedure('problems.reopen')
    .input(ReopenProblemInput)
    .output(ReopenProblemOutput)
    .mutation(({ ctx, input }) => reopenProblem(ctx.call, input)),
  export: procedure('problems.export')
    .input(ExportProblemsInput)
    .output(SheetOutput)
    .query(({ ctx, input }) => exportProblems(ctx.call, input)),
});
