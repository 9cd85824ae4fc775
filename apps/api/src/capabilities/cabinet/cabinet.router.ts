import { CabinetOverviewOutput, MessagesInput, MessagesOutput, WardsOutput } from '@mse/contracts/queue';
import { procedure, router } from '../../trpc.ts';
import { cabinetOverview } from './cabinet-overview.ts';
import { listMessages } from './list-messages.ts';
import { listWards } from './list-wards.ts';

export const cabinetRouter = router({
  overview: procedure('cabinet.overview')
    .output(CabinetOverviewOutput)
    .query(({ ctx }) => cabinetOverview(ctx.call)),
  wards: procedure('cabinet.wards')
    .output(WardsOutput)
    .query(({ ctx }) => listWards(ctx.call)),
  messages: procedure('cabinet.messages')
    .input(MessagesInput)
    .output(MessagesOutput)
    .query(({ ctx, input }) => listMessages(ctx.call, input)),
});
