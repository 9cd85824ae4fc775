import { MonitoringInput, MonitoringOutput } from '@mse/contracts/expert-monitoring';
import { PayFile } from '@mse/contracts/expert-pay';
import { procedure, router } from '../../trpc.ts';
import { expertsOfMonth } from './experts-of-month.ts';
import { monthPdf } from './month-pdf.ts';

export const expertMonitoringRouter = router({
  month: procedure('expertMonitoring.month')
    .input(MonitoringInput)
    .output(MonitoringOutput)
    .query(({ ctx, input }) => expertsOfMonth(ctx.call, input)),
  monthPdf: procedure('expertMonitoring.monthPdf')
    .input(MonitoringInput)
    .output(PayFile)
    .query(({ ctx, input }) => monthPdf(ctx.call, input)),
});
