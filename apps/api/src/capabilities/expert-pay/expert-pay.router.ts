import {
  ActInput,
  ActView,
  AssessmentInput,
  AssessmentInputOnly,
  ExportPayInput,
  FormActOutput,
  MyMonthsOutput,
  PayFile,
  PayMonthInput,
  PayMonthOutput,
  ReturnActInput,
  ReturnActOutput,
  RunAssessmentInput,
  RunAssessmentOutput,
  SaveAccountInput,
  SaveAccountOutput,
  SignActInput,
  SignActOutput,
  SignAssessmentInput,
  SignAssessmentOutput,
  StartSigningOutput,
} from '@mse/contracts/expert-pay';
import { procedure, router } from '../../trpc.ts';
import { actPdf } from './act-pdf.ts';
import { assessmentPdf } from './assessment-pdf.ts';
import { returnAct, signAct, startActSigning } from './act-steps.ts';
import { exportMonth } from './export-month.ts';
import { formAct } from './form-act.ts';
import { getAct } from './get-act.ts';
import { listMonth } from './list-month.ts';
import { listMyMonths } from './list-my-months.ts';
import { runAssessment } from './run-assessment.ts';
import { saveAccount } from './save-account.ts';
import { signAssessment, startAssessment } from './sign-assessment.ts';

export const expertPayRouter = router({
  myMonths: procedure('expertPay.myMonths')
    .output(MyMonthsOutput)
    .query(({ ctx }) => listMyMonths(ctx.call)),
  saveAccount: procedure('expertPay.saveAccount')
    .input(SaveAccountInput)
    .output(SaveAccountOutput)
    .mutation(({ ctx, input }) => saveAccount(ctx.call, input)),
  startAssessment: procedure('expertPay.startAssessment')
    .input(AssessmentInput)
    .output(StartSigningOutput)
    .mutation(({ ctx, input }) => startAssessment(ctx.call, input)),
  signAssessment: procedure('expertPay.signAssessment')
    .input(SignAssessmentInput)
    .output(SignAssessmentOutput)
    .mutation(({ ctx, input }) => signAssessment(ctx.call, input)),
  assessmentPdf: procedure('expertPay.assessmentPdf')
    .input(AssessmentInputOnly)
    .output(PayFile)
    .query(({ ctx, input }) => assessmentPdf(ctx.call, input)),
  formAct: procedure('expertPay.formAct')
    .input(AssessmentInputOnly)
    .output(FormActOutput)
    .mutation(({ ctx, input }) => formAct(ctx.call, input)),
  act: procedure('expertPay.act')
    .input(ActInput)
    .output(ActView)
    .query(({ ctx, input }) => getAct(ctx.call, input)),
  actPdf: procedure('expertPay.actPdf')
    .input(ActInput)
    .output(PayFile)
    .query(({ ctx, input }) => actPdf(ctx.call, input)),
  startAct: procedure('expertPay.startAct')
    .input(ActInput)
    .output(StartSigningOutput)
    .mutation(({ ctx, input }) => startActSigning(ctx.call, 'performer', input)),
  signAct: procedure('expertPay.signAct')
    .input(SignActInput)
    .output(SignActOutput)
    .mutation(({ ctx, input }) => signAct(ctx.call, 'performer', input)),
  month: procedure('expertPay.month')
    .input(PayMonthInput)
    .output(PayMonthOutput)
    .query(({ ctx, input }) => listMonth(ctx.call, input)),
  runAssessment: procedure('expertPay.runAssessment')
    .input(RunAssessmentInput)
    .output(RunAssessmentOutput)
    .mutation(({ ctx, input }) => runAssessment(ctx.call, input)),
  startAcceptance: procedure('expertPay.startAcceptance')
    .input(ActInput)
    .output(StartSigningOutput)
    .mutation(({ ctx, input }) => startActSigning(ctx.call, 'committee', input)),
  acceptAct: procedure('expertPay.acceptAct')
    .input(SignActInput)
    .output(SignActOutput)
    .mutation(({ ctx, input }) => signAct(ctx.call, 'committee', input)),
  returnAct: procedure('expertPay.returnAct')
    .input(ReturnActInput)
    .output(ReturnActOutput)
    .mutation(({ ctx, input }) => returnAct(ctx.call, input)),
  exportMonth: procedure('expertPay.exportMonth')
    .input(ExportPayInput)
    .output(PayFile)
    .query(({ ctx, input }) => exportMonth(ctx.call, input)),
});
