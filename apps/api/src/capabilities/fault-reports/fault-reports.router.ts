import {
  AnswerFaultReportInput,
  AnswerFaultReportOutput,
  FaultReportInput,
  FaultReportOutput,
  MyFaultReportsOutput,
  OpenFaultReportsOutput,
  ReportFaultInput,
  ReportFaultOutput,
} from '@mse/contracts/fault-reports';
import { procedure, router } from '../../trpc.ts';
import { answerFaultReport } from './answer-fault-report.ts';
import { getFaultReport, myFaultReports, openFaultReports } from './list-fault-reports.ts';
import { reportFault } from './report-fault.ts';

export const faultReportsRouter = router({
  report: procedure('faultReports.report')
    .input(ReportFaultInput)
    .output(ReportFaultOutput)
    .mutation(({ ctx, input }) => reportFault(ctx.call, input)),
  mine: procedure('faultReports.mine')
    .output(MyFaultReportsOutput)
    .query(({ ctx }) => myFaultReports(ctx.call)),
  open: procedure('faultReports.open')
    .output(OpenFaultReportsOutput)
    .query(({ ctx }) => openFaultReports(ctx.call)),
  get: procedure('faultReports.get')
    .input(FaultReportInput)
    .output(FaultReportOutput)
    .query(({ ctx, input }) => getFaultReport(ctx.call, input)),
  answer: procedure('faultReports.answer')
    .input(AnswerFaultReportInput)
    .output(AnswerFaultReportOutput)
    .mutation(({ ctx, input }) => answerFaultReport(ctx.call, input)),
});
