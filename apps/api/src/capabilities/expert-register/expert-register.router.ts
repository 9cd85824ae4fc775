import {
  AnnouncementInput,
  AnnouncementOutput,
  AnnouncementsOutput,
  ApplicationInput,
  ApplicationOutput,
  ApplicationsInput,
  ApplicationsOutput,
  ApplicationStepOutput,
  ChangeExpertInput,
  ChangeExpertOutput,
  ConfirmExclusionInput,
  ConfirmExclusionOutput,
  DecideReviewInput,
  EnterInput,
  EnterOutput,
  ExclusionEffectInput,
  EffectView,
  ExclusionOutput,
  ExclusionsOutput,
  ExpertInput,
  ExpertOutput,
  ExpertsInput,
  ExpertsOutput,
  ExportExpertsInput,
  ExportExpertsOutput,
  InviteOutput,
  IssueModemInput,
  ModemOutput,
  OpenContractInput,
  OpenContractOutput,
  PolicyStepInput,
  PolicyStepOutput,
  ProposeExclusionInput,
  ProposePolicyInput,
  ProposeRefusalInput,
  PublishAnnouncementOutput,
  RecordFailureInput,
  RecordFailureOutput,
  RecordTrainingInput,
  RecordTrainingOutput,
  RegisterDashboardOutput,
  RegisterSettingsOutput,
  ReturnModemInput,
  SaveAnnouncementInput,
  SaveAnnouncementOutput,
  SendContractInput,
  SendContractOutput,
  TurnDownExclusionInput,
  TurnDownRefusalInput,
  WithdrawAnnouncementInput,
  WithdrawAnnouncementOutput,
} from '@mse/contracts/expert-register';
import { AskSystemsOutput } from '@mse/contracts/expert-application';
import { procedure, router } from '../../trpc.ts';
import { publishAnnouncement, saveAnnouncement, withdrawAnnouncement } from './change-announcement.ts';
import { changeExpert, issueModem, recordTraining, returnModem } from './change-expert.ts';
import { askSystemsAgain } from './ask-systems-again.ts';
import { confirmRefusal, inviteToTest, proposeRefusal, turnDownRefusal } from './check-application.ts';
import { decideReview } from './decide-review.ts';
import { enterExpert } from './enter-expert.ts';
import { exportExperts } from './export-experts.ts';
import { getApplication } from './get-application.ts';
import { getExpert } from './get-expert.ts';
import { getAnnouncement, listAnnouncements } from './list-announcements.ts';
import { listApplications, registerDashboard } from './list-applications.ts';
import { listExperts } from './list-experts.ts';
import {
  confirmExclusion,
  exclusionEffect,
  listExclusions,
  proposeExclusion,
  turnDownExclusion,
} from './propose-exclusion.ts';
import { recordFailure } from './record-failure.ts';
import { approvePolicy, proposePolicy, registerSettings, turnDownPolicy } from './register-settings.ts';
import { openContract, sendContract } from './send-contract.ts';

export const expertRegisterRouter = router({
  dashboard: procedure('expertRegister.dashboard')
    .output(RegisterDashboardOutput)
    .query(({ ctx }) => registerDashboard(ctx.call)),
  announcements: procedure('expertRegister.announcements')
    .output(AnnouncementsOutput)
    .query(({ ctx }) => listAnnouncements(ctx.call)),
  announcement: procedure('expertRegister.announcement')
    .input(AnnouncementInput)
    .output(AnnouncementOutput)
    .query(({ ctx, input }) => getAnnouncement(ctx.call, input)),
  saveAnnouncement: procedure('expertRegister.saveAnnouncement')
    .input(SaveAnnouncementInput)
    .output(SaveAnnouncementOutput)
    .mutation(({ ctx, input }) => saveAnnouncement(ctx.call, input)),
  publishAnnouncement: procedure('expertRegister.publishAnnouncement')
    .input(AnnouncementInput)
    .output(PublishAnnouncementOutput)
    .mutation(({ ctx, input }) => publishAnnouncement(ctx.call, input)),
  withdrawAnnouncement: procedure('expertRegister.withdrawAnnouncement')
    .input(WithdrawAnnouncementInput)
    .output(WithdrawAnnouncementOutput)
    .mutation(({ ctx, input }) => withdrawAnnouncement(ctx.call, input)),
  applications: procedure('expertRegister.applications')
    .input(ApplicationsInput)
    .output(ApplicationsOutput)
    .query(({ ctx, input }) => listApplications(ctx.call, input)),
  application: procedure('expertRegister.application')
    .input(ApplicationInput)
    .output(ApplicationOutput)
    .query(({ ctx, input }) => getApplication(ctx.call, input)),
  askSystems: procedure('expertRegister.askSystems')
    .input(ApplicationInput)
    .output(AskSystemsOutput)
    .mutation(({ ctx, input }) => askSystemsAgain(ctx.call, input)),
  invite: procedure('expertRegister.invite')
    .input(ApplicationInput)
    .output(InviteOutput)
    .mutation(({ ctx, input }) => inviteToTest(ctx.call, input)),
  proposeRefusal: procedure('expertRegister.proposeRefusal')
    .input(ProposeRefusalInput)
    .output(ApplicationStepOutput)
    .mutation(({ ctx, input }) => proposeRefusal(ctx.call, input)),
  confirmRefusal: procedure('expertRegister.confirmRefusal')
    .input(ApplicationInput)
    .output(ApplicationStepOutput)
    .mutation(({ ctx, input }) => confirmRefusal(ctx.call, input)),
  turnDownRefusal: procedure('expertRegister.turnDownRefusal')
    .input(TurnDownRefusalInput)
    .output(ApplicationStepOutput)
    .mutation(({ ctx, input }) => turnDownRefusal(ctx.call, input)),
  recordFailure: procedure('expertRegister.recordFailure')
    .input(RecordFailureInput)
    .output(RecordFailureOutput)
    .mutation(({ ctx, input }) => recordFailure(ctx.call, input)),
  decideReview: procedure('expertRegister.decideReview')
    .input(DecideReviewInput)
    .output(ApplicationStepOutput)
    .mutation(({ ctx, input }) => decideReview(ctx.call, input)),
  openContract: procedure('expertRegister.openContract')
    .input(OpenContractInput)
    .output(OpenContractOutput)
    .mutation(({ ctx, input }) => openContract(ctx.call, input)),
  sendContract: procedure('expertRegister.sendContract')
    .input(SendContractInput)
    .output(SendContractOutput)
    .mutation(({ ctx, input }) => sendContract(ctx.call, input)),
  enter: procedure('expertRegister.enter')
    .input(EnterInput)
    .output(EnterOutput)
    .mutation(({ ctx, input }) => enterExpert(ctx.call, input)),
  experts: procedure('expertRegister.experts')
    .input(ExpertsInput)
    .output(ExpertsOutput)
    .query(({ ctx, input }) => listExperts(ctx.call, input)),
  expert: procedure('expertRegister.expert')
    .input(ExpertInput)
    .output(ExpertOutput)
    .query(({ ctx, input }) => getExpert(ctx.call, input)),
  export: procedure('expertRegister.export')
    .input(ExportExpertsInput)
    .output(ExportExpertsOutput)
    .query(({ ctx, input }) => exportExperts(ctx.call, input)),
  changeExpert: procedure('expertRegister.changeExpert')
    .input(ChangeExpertInput)
    .output(ChangeExpertOutput)
    .mutation(({ ctx, input }) => changeExpert(ctx.call, input)),
  recordTraining: procedure('expertRegister.recordTraining')
    .input(RecordTrainingInput)
    .output(RecordTrainingOutput)
    .mutation(({ ctx, input }) => recordTraining(ctx.call, input)),
  issueModem: procedure('expertRegister.issueModem')
    .input(IssueModemInput)
    .output(ModemOutput)
    .mutation(({ ctx, input }) => issueModem(ctx.call, input)),
  returnModem: procedure('expertRegister.returnModem')
    .input(ReturnModemInput)
    .output(ModemOutput)
    .mutation(({ ctx, input }) => returnModem(ctx.call, input)),
  exclusions: procedure('expertRegister.exclusions')
    .output(ExclusionsOutput)
    .query(({ ctx }) => listExclusions(ctx.call)),
  exclusionEffect: procedure('expertRegister.exclusionEffect')
    .input(ExclusionEffectInput)
    .output(EffectView)
    .query(({ ctx, input }) => exclusionEffect(ctx.call, input)),
  proposeExclusion: procedure('expertRegister.proposeExclusion')
    .input(ProposeExclusionInput)
    .output(ExclusionOutput)
    .mutation(({ ctx, input }) => proposeExclusion(ctx.call, input)),
  confirmExclusion: procedure('expertRegister.confirmExclusion')
    .input(ConfirmExclusionInput)
    .output(ConfirmExclusionOutput)
    .mutation(({ ctx, input }) => confirmExclusion(ctx.call, input)),
  turnDownExclusion: procedure('expertRegister.turnDownExclusion')
    .input(TurnDownExclusionInput)
    .output(ExclusionOutput)
    .mutation(({ ctx, input }) => turnDownExclusion(ctx.call, input)),
  settings: procedure('expertRegister.settings')
    .output(RegisterSettingsOutput)
    .query(({ ctx }) => registerSettings(ctx.call)),
  proposePolicy: procedure('expertRegister.proposePolicy')
    .input(ProposePolicyInput)
    .output(PolicyStepOutput)
    .mutation(({ ctx, input }) => proposePolicy(ctx.call, input)),
  approvePolicy: procedure('expertRegister.approvePolicy')
    .input(PolicyStepInput)
    .output(PolicyStepOutput)
    .mutation(({ ctx, input }) => approvePolicy(ctx.call, input)),
  turnDownPolicy: procedure('expertRegister.turnDownPolicy')
    .input(PolicyStepInput)
    .output(PolicyStepOutput)
    .mutation(({ ctx, input }) => turnDownPolicy(ctx.call, input)),
});
