import {
  DeadLettersOutput,
  OperationsHealthOutput,
  RetryDeadLetterInput,
  RetryDeadLetterOutput,
} from '@mse/contracts/operations';
import { procedure, router } from '../../trpc.ts';
import { listDeadLetters } from './list-dead-letters.ts';
import { operationsHealth } from './operations-health.ts';
import { retryDeadLetter } from './retry-dead-letter.ts';

export const operationsRouter = router({
  deadLetters: procedure('operations.deadLetters')
    .output(DeadLettersOutput)
    .query(({ ctx }) => listDeadLetters(ctx.call)),
  retryDeadLetter: procedure('operations.retryDeadLetter')
    .input(RetryDeadLetterInput)
    .output(RetryDeadLetterOutput)
    .mutation(({ ctx, input }) => retryDeadLetter(ctx.call, input)),
  health: procedure('operations.health')
    .output(OperationsHealthOutput)
    .query(({ ctx }) => operationsHealth(ctx.call)),
});
