import {
  AddPhraseInput,
  AddPhraseOutput,
  CaseOutput,
  ChangePhraseInput,
  ChangePhraseOutput,
  CommonPhrasesOutput,
  DecisionFormOutput,
  DecisionSheetOutput,
  MarkNoticesSeenInput,
  MarkNoticesSeenOutput,
  PageInput,
  PageOutput,
  PartInput,
  PhrasesOutput,
  RecuseInput,
  RecuseOutput,
  RemovePhraseInput,
  RemovePhraseOutput,
  ReportIdentityInput,
  ReportIdentityOutput,
  SaveDraftInput,
  SaveDraftOutput,
  SignDecisionInput,
  SignDecisionOutput,
  SignedDecisionOutput,
  StartDecisionSigningOutput,
  WorkListInput,
  WorkListOutput,
} from '@mse/contracts/expert-desk';
import { procedure, router } from '../../trpc.ts';
import { endPhrase, listCommonPhrases, offerPhrase } from './common-phrases.ts';
import { getCase } from './get-case.ts';
import { getDecisionForm } from './get-decision-form.ts';
import { getDecisionSheet } from './get-decision-sheet.ts';
import { getPage } from './get-page.ts';
import { getSignedDecision } from './get-signed-decision.ts';
import { listWork } from './list-work.ts';
import { markNoticesSeen } from './notices.ts';
import { addPhrase, changePhrase, listPhrases, removePhrase } from './phrases.ts';
import { recuse } from './recuse.ts';
import { reportIdentity } from './report-identity.ts';
import { saveDraft } from './save-draft.ts';
import { signDecision } from './sign-decision.ts';
import { startDecisionSigning } from './start-decision-signing.ts';

export const expertDeskRouter = router({
  list: procedure('expertDesk.list')
    .input(WorkListInput)
    .output(WorkListOutput)
    .query(({ ctx, input }) => listWork(ctx.call, input)),
  markNoticesSeen: procedure('expertDesk.markNoticesSeen')
    .input(MarkNoticesSeenInput)
    .output(MarkNoticesSeenOutput)
    .mutation(({ ctx, input }) => markNoticesSeen(ctx.call, input)),
  case: procedure('expertDesk.case')
    .input(PartInput)
    .output(CaseOutput)
    .query(({ ctx, input }) => getCase(ctx.call, input)),
  page: procedure('expertDesk.page')
    .input(PageInput)
    .output(PageOutput)
    .query(({ ctx, input }) => getPage(ctx.call, input)),
  form: procedure('expertDesk.form')
    .input(PartInput)
    .output(DecisionFormOutput)
    .query(({ ctx, input }) => getDecisionForm(ctx.call, input)),
  saveDraft: procedure('expertDesk.saveDraft')
    .input(SaveDraftInput)
    .output(SaveDraftOutput)
    .mutation(({ ctx, input }) => saveDraft(ctx.call, input)),
  startSigning: procedure('expertDesk.startSigning')
    .input(PartInput)
    .output(StartDecisionSigningOutput)
    .mutation(({ ctx, input }) => startDecisionSigning(ctx.call, input)),
  sign: procedure('expertDesk.sign')
    .input(SignDecisionInput)
    .output(SignDecisionOutput)
    .mutation(({ ctx, input }) => signDecision(ctx.call, input)),
  decision: procedure('expertDesk.decision')
    .input(PartInput)
    .output(SignedDecisionOutput)
    .query(({ ctx, input }) => getSignedDecision(ctx.call, input)),
  sheet: procedure('expertDesk.sheet')
    .input(PartInput)
    .output(DecisionSheetOutput)
    .query(({ ctx, input }) => getDecisionSheet(ctx.call, input)),
  reportIdentity: procedure('expertDesk.reportIdentity')
    .input(ReportIdentityInput)
    .output(ReportIdentityOutput)
    .mutation(({ ctx, input }) => reportIdentity(ctx.call, input)),
  recuse: procedure('expertDesk.recuse')
    .input(RecuseInput)
    .output(RecuseOutput)
    .mutation(({ ctx, input }) => recuse(ctx.call, input)),
  phrases: procedure('expertDesk.phrases')
    .output(PhrasesOutput)
    .query(({ ctx }) => listPhrases(ctx.call)),
  addPhrase: procedure('expertDesk.addPhrase')
    .input(AddPhraseInput)
    .output(AddPhraseOutput)
    .mutation(({ ctx, input }) => addPhrase(ctx.call, input)),
  changePhrase: procedure('expertDesk.changePhrase')
    .input(ChangePhraseInput)
    .output(ChangePhraseOutput)
    .mutation(({ ctx, input }) => changePhrase(ctx.call, input)),
  removePhrase: procedure('expertDesk.removePhrase')
    .input(RemovePhraseInput)
    .output(RemovePhraseOutput)
    .mutation(({ ctx, input }) => removePhrase(ctx.call, input)),
  commonPhrases: procedure('expertDesk.commonPhrases')
    .output(CommonPhrasesOutput)
    .query(({ ctx }) => listCommonPhrases(ctx.call)),
  offerPhrase: procedure('expertDesk.offerPhrase')
    .input(AddPhraseInput)
    .output(AddPhraseOutput)
    .mutation(({ ctx, input }) => offerPhrase(ctx.call, input)),
  endPhrase: procedure('expertDesk.endPhrase')
    .input(RemovePhraseInput)
    .output(RemovePhraseOutput)
    .mutation(({ ctx, input }) => endPhrase(ctx.call, input)),
});
