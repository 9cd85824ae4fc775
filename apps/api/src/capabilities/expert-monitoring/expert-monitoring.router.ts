import { MonitoringInput, MonitoringOutput } from '@mse/contracts/expert-monitoring';
import { procedure, router } from '../../trpc.ts';
import { expertsOfMonth } from './experts-of-month.ts';

export const expertMonitoringRouter = router({
  month: procedure('expertMonitoring.month')
    .input(MonitoringInput)
    .output(MonitoringOutput)
    .query(({ ctx, input }) => expertsOfMonth(ctx.call, input)),
});
