import {
  AddPilotInput,
  AddPilotOutput,
  PilotsOutput,
  ReceptionOutput,
  TakeBackPilotInput,
  TakeBackPilotOutput,
} from '@mse/contracts/pilots';
import { procedure, router } from '../../trpc.ts';
import { addPilot } from './add-pilot.ts';
import { listPilots } from './list-pilots.ts';
import { listReception } from './list-reception.ts';
import { takeBackPilot } from './take-back-pilot.ts';

export const pilotsRouter = router({
  reception: procedure('pilots.reception')
    .output(ReceptionOutput)
    .query(({ ctx }) => listReception(ctx.call)),
  list: procedure('pilots.list')
    .output(PilotsOutput)
    .query(({ ctx }) => listPilots(ctx.call)),
  add: procedure('pilots.add')
    .input(AddPilotInput)
    .output(AddPilotOutput)
    .mutation(({ ctx, input }) => addPilot(ctx.call, input)),
  takeBack: procedure('pilots.takeBack')
    .input(TakeBackPilotInput)
    .output(TakeBackPilotOutput)
    .mutation(({ ctx, input }) => takeBackPilot(ctx.call, input)),
});
