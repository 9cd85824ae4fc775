import {
  AcceptApplicationInput,
  AcceptApplicationOutput,
  ApplicationInput,
  ApplicationView,
  DecideRefusalInput,
  DecideRefusalOutput,
  InvitedOutput,
  OpenApplicationInput,
  OpenApplicationOutput,
  ProposeRefusalInput,
  SaveApplicationInput,
  SaveApplicationOutput,
  StepOutput,
  WithdrawInput,
} from '@mse/contracts/in-person';
import { procedure, router } from '../../trpc.ts';
import { acceptApplication } from './accept-application.ts';
import { decideRefusal } from './decide-refusal.ts';
import { getApplication } from './get-application.ts';
import { listInvited } from './list-invited.ts';
import { openApplication } from './open-application.ts';
import { proposeRefusal } from './propose-refusal.ts';
import { saveApplication } from './save-application.ts';
import { withdrawApplication } from './withdraw-application.ts';

export const inPersonRouter = router({
  invited: procedure('inPerson.invited')
    .output(InvitedOutput)
    .query(({ ctx }) => listInvited(ctx.call)),
  open: procedure('inPerson.open')
    .input(OpenApplicationInput)
    .output(OpenApplicationOutput)
    .mutation(({ ctx, input }) => openApplication(ctx.call, input)),
  application: procedure('inPerson.application')
    .input(ApplicationInput)
    .output(ApplicationView)
    .query(({ ctx, input }) => getApplication(ctx.call, input)),
  save: procedure('inPerson.save')
    .input(SaveApplicationInput)
    .output(SaveApplicationOutput)
    .mutation(({ ctx, input }) => saveApplication(ctx.call, input)),
  accept: procedure('inPerson.accept')
    .input(AcceptApplicationInput)
    .output(AcceptApplicationOutput)
    .mutation(({ ctx, input }) => acceptApplication(ctx.call, input)),
  proposeRefusal: procedure('inPerson.proposeRefusal')
    .input(ProposeRefusalInput)
    .output(StepOutput)
    .mutation(({ ctx, input }) => proposeRefusal(ctx.call, input)),
  decideRefusal: procedure('inPerson.decideRefusal')
    .input(DecideRefusalInput)
    .output(DecideRefusalOutput)
    .mutation(({ ctx, input }) => decideRefusal(ctx.call, input)),
  withdraw: procedure('inPerson.withdraw')
    .input(WithdrawInput)
    .output(StepOutput)
    .mutation(({ ctx, input }) => withdrawApplication(ctx.call, input)),
});
