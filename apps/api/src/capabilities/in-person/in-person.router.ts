import {
  AcceptApplicationInput,
  AnswerConsultationInput,
  AnswerConsultationOutput,
  AskConsultationInput,
  AskDigitalInput,
  AskDigitalOutput,
  ConcludeInput,
  ConcludeOutput,
  ConclusionFormView,
  ConsultationInput,
  ConsultationsOutput,
  ConsultationView,
  RefuseVisitInput,
  RefuseVisitOutput,
  SaveConclusionInput,
  SaveConclusionOutput,
  StartConclusionOutput,
  AcceptApplicationOutput,
  ApplicationInput,
  ApplicationView,
  DecideRefusalInput,
  DecideRefusalOutput,
  InvitedOutput,
  MissedPeriodInput,
  MissedPeriodOutput,
  OpenApplicationInput,
  OpenApplicationOutput,
  ProposeRefusalInput,
  SaveApplicationInput,
  SaveApplicationOutput,
  StepOutput,
  TakeDigitalInput,
  TakeDigitalOutput,
  WithdrawInput,
} from '@mse/contracts/in-person';
import { procedure, router } from '../../trpc.ts';
import { acceptApplication } from './accept-application.ts';
import { answerConsultation } from './answer-consultation.ts';
import { askConsultation } from './ask-consultation.ts';
import { conclude } from './conclude.ts';
import { decideRefusal } from './decide-refusal.ts';
import { askDigital, takeDigital } from './digital-documents.ts';
import { keepMissedPeriod } from './enter-missed-period.ts';
import { getApplication } from './get-application.ts';
import { getConclusion } from './get-conclusion.ts';
import { getConsultation } from './get-consultation.ts';
import { listConsultations } from './list-consultations.ts';
import { listInvited } from './list-invited.ts';
import { openApplication } from './open-application.ts';
import { proposeRefusal } from './propose-refusal.ts';
import { refuseVisit } from './refuse-visit.ts';
import { saveApplication } from './save-application.ts';
import { saveConclusion } from './save-conclusion.ts';
import { startConclusion } from './start-conclusion.ts';
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
  askDigital: procedure('inPerson.askDigital')
    .input(AskDigitalInput)
    .output(AskDigitalOutput)
    .mutation(({ ctx, input }) => askDigital(ctx.call, input)),
  takeDigital: procedure('inPerson.takeDigital')
    .input(TakeDigitalInput)
    .output(TakeDigitalOutput)
    .mutation(({ ctx, input }) => takeDigital(ctx.call, input)),
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
  refuseVisit: procedure('inPerson.refuseVisit')
    .input(RefuseVisitInput)
    .output(RefuseVisitOutput)
    .mutation(({ ctx, input }) => refuseVisit(ctx.call, input)),
  enterMissedPeriod: procedure('inPerson.enterMissedPeriod')
    .input(MissedPeriodInput)
    .output(MissedPeriodOutput)
    .mutation(({ ctx, input }) => keepMissedPeriod(ctx.call, input)),
  askConsultation: procedure('inPerson.askConsultation')
    .input(AskConsultationInput)
    .output(StepOutput)
    .mutation(({ ctx, input }) => askConsultation(ctx.call, input)),
  conclusion: procedure('inPerson.conclusion')
    .input(ApplicationInput)
    .output(ConclusionFormView)
    .query(({ ctx, input }) => getConclusion(ctx.call, input)),
  saveConclusion: procedure('inPerson.saveConclusion')
    .input(SaveConclusionInput)
    .output(SaveConclusionOutput)
    .mutation(({ ctx, input }) => saveConclusion(ctx.call, input)),
  startConclusion: procedure('inPerson.startConclusion')
    .input(ApplicationInput)
    .output(StartConclusionOutput)
    .mutation(({ ctx, input }) => startConclusion(ctx.call, input)),
  conclude: procedure('inPerson.conclude')
    .input(ConcludeInput)
    .output(ConcludeOutput)
    .mutation(({ ctx, input }) => conclude(ctx.call, input)),
  consultations: procedure('inPerson.consultations')
    .output(ConsultationsOutput)
    .query(({ ctx }) => listConsultations(ctx.call)),
  consultation: procedure('inPerson.consultation')
    .input(ConsultationInput)
    .output(ConsultationView)
    .query(({ ctx, input }) => getConsultation(ctx.call, input)),
  answerConsultation: procedure('inPerson.answerConsultation')
    .input(AnswerConsultationInput)
    .output(AnswerConsultationOutput)
    .mutation(({ ctx, input }) => answerConsultation(ctx.call, input)),
});
