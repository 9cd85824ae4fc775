import {
  DemoPeopleOutput,
  Done,
  EndSessionInput,
  FinishMobileSignatureInput,
  FinishMobileSignatureOutput,
  FinishSignatureInput,
  FinishSignatureOutput,
  ListSessionsOutput,
  RequestCodeInput,
  RequestCodeOutput,
  SetLanguageInput,
  StartMobileSignatureInput,
  StartMobileSignatureOutput,
  StartSignatureInput,
  StartSignatureOutput,
  VerifyCodeInput,
  VerifyCodeOutput,
  WhoAmIOutput,
} from '@mse/contracts/identity';
import { procedure, router } from '../../trpc.ts';
import { endAllSessions } from './end-all-sessions.ts';
import { endSession } from './end-session.ts';
import { finishMobileSignature } from './finish-mobile-signature.ts';
import { finishSignature } from './finish-signature.ts';
import { listDemoPeople } from './list-demo-people.ts';
import { listSessions } from './list-sessions.ts';
import { requestCode } from './request-code.ts';
import { setLanguage } from './set-language.ts';
import { signOut } from './sign-out.ts';
import { startMobileSignature } from './start-mobile-signature.ts';
import { startSignature } from './start-signature.ts';
import { verifyCode } from './verify-code.ts';
import { whoAmI } from './who-am-i.ts';

export const identityRouter = router({
  requestCode: procedure('identity.requestCode')
    .input(RequestCodeInput)
    .output(RequestCodeOutput)
    .mutation(({ ctx, input }) => requestCode(ctx.call, input)),
  verifyCode: procedure('identity.verifyCode')
    .input(VerifyCodeInput)
    .output(VerifyCodeOutput)
    .mutation(({ ctx, input }) => verifyCode(ctx.call, input)),
  startSignature: procedure('identity.startSignature')
    .input(StartSignatureInput)
    .output(StartSignatureOutput)
    .mutation(({ ctx, input }) => startSignature(ctx.call, input)),
  finishSignature: procedure('identity.finishSignature')
    .input(FinishSignatureInput)
    .output(FinishSignatureOutput)
    .mutation(({ ctx, input }) => finishSignature(ctx.call, input)),
  startMobileSignature: procedure('identity.startMobileSignature')
    .input(StartMobileSignatureInput)
    .output(StartMobileSignatureOutput)
    .mutation(({ ctx, input }) => startMobileSignature(ctx.call, input)),
  finishMobileSignature: procedure('identity.finishMobileSignature')
    .input(FinishMobileSignatureInput)
    .output(FinishMobileSignatureOutput)
    .mutation(({ ctx, input }) => finishMobileSignature(ctx.call, input)),
  whoAmI: procedure('identity.whoAmI')
    .output(WhoAmIOutput)
    .query(({ ctx }) => whoAmI(ctx.call)),
  listSessions: procedure('identity.listSessions')
    .output(ListSessionsOutput)
    .query(({ ctx }) => listSessions(ctx.call)),
  endSession: procedure('identity.endSession')
    .input(EndSessionInput)
    .output(Done)
    .mutation(({ ctx, input }) => endSession(ctx.call, input)),
  endAllSessions: procedure('identity.endAllSessions')
    .output(Done)
    .mutation(({ ctx }) => endAllSessions(ctx.call)),
  signOut: procedure('identity.signOut')
    .output(Done)
    .mutation(({ ctx }) => signOut(ctx.call)),
  setLanguage: procedure('identity.setLanguage')
    .input(SetLanguageInput)
    .output(Done)
    .mutation(({ ctx, input }) => setLanguage(ctx.call, input)),
  demoPeople: procedure('identity.demoPeople')
    .output(DemoPeopleOutput)
    .query(({ ctx }) => listDemoPeople(ctx.call)),
});
