import {
  AskExclusionInput,
  AskExclusionOutput,
  AskReviewInput,
  AskReviewOutput,
  AskSystemsOutput,
  MyExpertCabinetOutput,
  OpenOwnContractOutput,
  OpenSubmitOutput,
  OwnApplicationInput,
  OwnApplicationOutput,
  OwnStepOutput,
  PublicAnnouncementInput,
  PublicAnnouncementOutput,
  PublicAnnouncementsOutput,
  RemoveFileInput,
  RemoveFileOutput,
  SaveApplicationInput,
  SaveApplicationOutput,
  SignContractInput,
  SignContractOutput,
  StartApplicationInput,
  StartApplicationOutput,
  SubmitApplicationInput,
  SubmitApplicationOutput,
} from '@mse/contracts/expert-application';
import { procedure, router } from '../../trpc.ts';
import { askExclusion } from './ask-exclusion.ts';
import { askOwnSystems } from './ask-own-systems.ts';
import { askReview } from './ask-review.ts';
import { getOwnApplication } from './get-own-application.ts';
import { myExpertCabinet } from './my-expert-cabinet.ts';
import { publicAnnouncement, publicAnnouncements } from './public-announcements.ts';
import { removeFile, saveApplication } from './save-application.ts';
import { openOwnContract, signContract } from './sign-contract.ts';
import { startApplication } from './start-application.ts';
import { openSubmit, submitApplication, withdrawApplication } from './submit-application.ts';

export const expertApplicationRouter = router({
  announcements: procedure('expertApplication.announcements')
    .output(PublicAnnouncementsOutput)
    .query(({ ctx }) => publicAnnouncements(ctx.call)),
  announcement: procedure('expertApplication.announcement')
    .input(PublicAnnouncementInput)
    .output(PublicAnnouncementOutput)
    .query(({ ctx, input }) => publicAnnouncement(ctx.call, input)),
  mine: procedure('expertApplication.mine')
    .output(MyExpertCabinetOutput)
    .query(({ ctx }) => myExpertCabinet(ctx.call)),
  start: procedure('expertApplication.start')
    .input(StartApplicationInput)
    .output(StartApplicationOutput)
    .mutation(({ ctx, input }) => startApplication(ctx.call, input)),
  get: procedure('expertApplication.get')
    .input(OwnApplicationInput)
    .output(OwnApplicationOutput)
    .query(({ ctx, input }) => getOwnApplication(ctx.call, input)),
  askSystems: procedure('expertApplication.askSystems')
    .input(OwnApplicationInput)
    .output(AskSystemsOutput)
    .mutation(({ ctx, input }) => askOwnSystems(ctx.call, input)),
  save: procedure('expertApplication.save')
    .input(SaveApplicationInput)
    .output(SaveApplicationOutput)
    .mutation(({ ctx, input }) => saveApplication(ctx.call, input)),
  removeFile: procedure('expertApplication.removeFile')
    .input(RemoveFileInput)
    .output(RemoveFileOutput)
    .mutation(({ ctx, input }) => removeFile(ctx.call, input)),
  openSubmit: procedure('expertApplication.openSubmit')
    .input(OwnApplicationInput)
    .output(OpenSubmitOutput)
    .mutation(({ ctx, input }) => openSubmit(ctx.call, input)),
  submit: procedure('expertApplication.submit')
    .input(SubmitApplicationInput)
    .output(SubmitApplicationOutput)
    .mutation(({ ctx, input }) => submitApplication(ctx.call, input)),
  withdraw: procedure('expertApplication.withdraw')
    .input(OwnApplicationInput)
    .output(OwnStepOutput)
    .mutation(({ ctx, input }) => withdrawApplication(ctx.call, input)),
  askReview: procedure('expertApplication.askReview')
    .input(AskReviewInput)
    .output(AskReviewOutput)
    .mutation(({ ctx, input }) => askReview(ctx.call, input)),
  openContract: procedure('expertApplication.openContract')
    .input(OwnApplicationInput)
    .output(OpenOwnContractOutput)
    .mutation(({ ctx, input }) => openOwnContract(ctx.call, input)),
  signContract: procedure('expertApplication.signContract')
    .input(SignContractInput)
    .output(SignContractOutput)
    .mutation(({ ctx, input }) => signContract(ctx.call, input)),
  askExclusion: procedure('expertApplication.askExclusion')
    .input(AskExclusionInput)
    .output(AskExclusionOutput)
    .mutation(({ ctx, input }) => askExclusion(ctx.call, input)),
});
