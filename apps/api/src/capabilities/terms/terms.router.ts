import {
  AddTermInput,
  AddTermOutput,
  TakeBackTermInput,
  TakeBackTermOutput,
  TermsOnInput,
  TermsOnOutput,
  TermsOutput,
} from '@mse/contracts/terms';
import { procedure, router } from '../../trpc.ts';
import { addTerm } from './add-term.ts';
import { listTerms } from './list-terms.ts';
import { takeBackTerm } from './take-back-term.ts';
import { termsOfDay } from './terms-of-day.ts';

export const termsRouter = router({
  on: procedure('terms.on')
    .input(TermsOnInput)
    .output(TermsOnOutput)
    .query(({ ctx, input }) => termsOfDay(ctx.call, input)),
  list: procedure('terms.list')
    .output(TermsOutput)
    .query(({ ctx }) => listTerms(ctx.call)),
  add: procedure('terms.add')
    .input(AddTermInput)
    .output(AddTermOutput)
    .mutation(({ ctx, input }) => addTerm(ctx.call, input)),
  takeBack: procedure('terms.takeBack')
    .input(TakeBackTermInput)
    .output(TakeBackTermOutput)
    .mutation(({ ctx, input }) => takeBackTerm(ctx.call, input)),
});
