import { SigningInput, SigningOutput, StartPhoneSigningOutput } from '@mse/contracts/signing';
import { procedure, router } from '../../trpc.ts';
import { getSigning } from './get-signing.ts';
import { startPhoneSigning } from './start-phone-signing.ts';

export const signingRouter = router({
  get: procedure('signing.get')
    .input(SigningInput)
    .output(SigningOutput)
    .query(({ ctx, input }) => getSigning(ctx.call, input)),
  startPhone: procedure('signing.startPhone')
    .input(SigningInput)
    .output(StartPhoneSigningOutput)
    .mutation(({ ctx, input }) => startPhoneSigning(ctx.call, input)),
});
