import {
  DeliveriesInput,
  DeliveriesOutput,
  MeasureWordingInput,
  MeasureWordingOutput,
  ProposeWordingInput,
  ProposeWordingOutput,
  WordingInput,
  WordingOutput,
  WordingsOutput,
  WordingStepInput,
  WordingStepOutput,
} from '@mse/contracts/wordings';
import { procedure, router } from '../../trpc.ts';
import { approveWording, withdrawWording } from './change-wording.ts';
import { getMessageWordings } from './get-message-wordings.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listWordings } from './list-wordings.ts';
import { measureWording, proposeWording } from './propose-wording.ts';

export const wordingsRouter = router({
  list: procedure('wordings.list')
    .output(WordingsOutput)
    .query(({ ctx }) => listWordings(ctx.call)),
  message: procedure('wordings.message')
    .input(WordingInput)
    .output(WordingOutput)
    .query(({ ctx, input }) => getMessageWordings(ctx.call, input)),
  measure: procedure('wordings.measure')
    .input(MeasureWordingInput)
    .output(MeasureWordingOutput)
    .query(({ ctx, input }) => measureWording(ctx.call, input)),
  propose: procedure('wordings.propose')
    .input(ProposeWordingInput)
    .output(ProposeWordingOutput)
    .mutation(({ ctx, input }) => proposeWording(ctx.call, input)),
  approve: procedure('wordings.approve')
    .input(WordingStepInput)
    .output(WordingStepOutput)
    .mutation(({ ctx, input }) => approveWording(ctx.call, input)),
  withdraw: procedure('wordings.withdraw')
    .input(WordingStepInput)
    .output(WordingStepOutput)
    .mutation(({ ctx, input }) => withdrawWording(ctx.call, input)),
  deliveries: procedure('wordings.deliveries')
    .input(DeliveriesInput)
    .output(DeliveriesOutput)
    .query(({ ctx, input }) => listDeliveries(ctx.call, input)),
});
