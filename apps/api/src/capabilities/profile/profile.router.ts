import { Done } from '@mse/contracts/identity';
import {
  AccessLine,
  AccessLineInput,
  AccessLogInput,
  AccessLogOutput,
  AskWardsOutput,
  ConsentHistoryOutput,
  DisputeAccessInput,
  DisputeAccessOutput,
  FinishPhoneChangeInput,
  FinishPhoneChangeOutput,
  NeedsInput,
  NeedsOutput,
  ProfileOutput,
  SaveProfileInput,
  SaveWardNeedsInput,
  StartPhoneChangeInput,
  StartPhoneChangeOutput,
} from '@mse/contracts/profile';
import { procedure, router } from '../../trpc.ts';
import { accessLine, accessLog, disputeAccess } from './access-log.ts';
import { askWardsAnew } from './ask-wards-anew.ts';
import { finishPhoneChange, removePhone, startPhoneChange } from './change-phone.ts';
import { consentHistory } from './consent-history.ts';
import { getNeeds, getProfile } from './get-profile.ts';
import { saveProfile } from './save-profile.ts';
import { saveWardNeeds } from './save-ward-needs.ts';

export const profileRouter = router({
  mine: procedure('profile.mine')
    .output(ProfileOutput)
    .query(({ ctx }) => getProfile(ctx.call)),
  needs: procedure('profile.needs')
    .input(NeedsInput)
    .output(NeedsOutput)
    .query(({ ctx, input }) => getNeeds(ctx.call, input)),
  save: procedure('profile.save')
    .input(SaveProfileInput)
    .output(Done)
    .mutation(({ ctx, input }) => saveProfile(ctx.call, input)),
  saveWardNeeds: procedure('profile.saveWardNeeds')
    .input(SaveWardNeedsInput)
    .output(Done)
    .mutation(({ ctx, input }) => saveWardNeeds(ctx.call, input)),
  startPhoneChange: procedure('profile.startPhoneChange')
    .input(StartPhoneChangeInput)
    .output(StartPhoneChangeOutput)
    .mutation(({ ctx, input }) => startPhoneChange(ctx.call, input)),
  finishPhoneChange: procedure('profile.finishPhoneChange')
    .input(FinishPhoneChangeInput)
    .output(FinishPhoneChangeOutput)
    .mutation(({ ctx, input }) => finishPhoneChange(ctx.call, input)),
  removePhone: procedure('profile.removePhone')
    .output(Done)
    .mutation(({ ctx }) => removePhone(ctx.call)),
  askWardsAnew: procedure('profile.askWardsAnew')
    .output(AskWardsOutput)
    .mutation(({ ctx }) => askWardsAnew(ctx.call)),
  accessLog: procedure('profile.accessLog')
    .input(AccessLogInput)
    .output(AccessLogOutput)
    .query(({ ctx, input }) => accessLog(ctx.call, input)),
  accessLine: procedure('profile.accessLine')
    .input(AccessLineInput)
    .output(AccessLine)
    .query(({ ctx, input }) => accessLine(ctx.call, input)),
  disputeAccess: procedure('profile.disputeAccess')
    .input(DisputeAccessInput)
    .output(DisputeAccessOutput)
    .mutation(({ ctx, input }) => disputeAccess(ctx.call, input)),
  consents: procedure('profile.consents')
    .output(ConsentHistoryOutput)
    .query(({ ctx }) => consentHistory(ctx.call)),
});
