import {
  ExportReportInput,
  PublicFiguresInput,
  PublicFiguresOutput,
  ReportInput,
  ReportOutput,
  SheetOutput,
} from '@mse/contracts/reporting';
import { procedure, router } from '../../trpc.ts';
import { exportPublicFigures } from './export-public-figures.ts';
import { exportReport } from './export-report.ts';
import { getReport } from './get-report.ts';
import { publicFigures } from './public-figures.ts';

export const reportingRouter = router({
  report: procedure('reporting.report')
    .input(ReportInput)
    .output(ReportOutput)
    .query(({ ctx, input }) => getReport(ctx.call, input)),
  export: procedure('reporting.export')
    .input(ExportReportInput)
    .output(SheetOutput)
    .query(({ ctx, input }) => exportReport(ctx.call, input)),
  publicFigures: procedure('reporting.publicFigures')
    .input(PublicFiguresInput)
    .output(PublicFiguresOutput)
    .query(({ ctx, input }) => publicFigures(ctx.call, input)),
  exportPublicFigures: procedure('reporting.exportPublicFigures')
    .output(SheetOutput)
    .query(({ ctx }) => exportPublicFigures(ctx.call)),
});
