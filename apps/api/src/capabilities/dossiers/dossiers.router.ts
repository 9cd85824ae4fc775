import {
  HeldItemInput,
  HeldItemOutput,
  HeldItemsOutput,
  MarkUnreadableInput,
  MarkUnreadableOutput,
  ReleaseItemInput,
  ReleaseItemOutput,
} from '@mse/contracts/dossiers';
import { procedure, router } from '../../trpc.ts';
import { getHeldItem } from './get-held-item.ts';
import { listHeldItems } from './list-held-items.ts';
import { markUnreadable, releaseItem } from './settle-item.ts';

/** PX-04: papers that the machine could not strip of identity by itself. */
export const dossiersRouter = router({
  held: procedure('dossiers.held')
    .output(HeldItemsOutput)
    .query(({ ctx }) => listHeldItems(ctx.call)),
  item: procedure('dossiers.item')
    .input(HeldItemInput)
    .output(HeldItemOutput)
    .query(({ ctx, input }) => getHeldItem(ctx.call, input)),
  release: procedure('dossiers.release')
    .input(ReleaseItemInput)
    .output(ReleaseItemOutput)
    .mutation(({ ctx, input }) => releaseItem(ctx.call, input)),
  markUnreadable: procedure('dossiers.markUnreadable')
    .input(MarkUnreadableInput)
    .output(MarkUnreadableOutput)
    .mutation(({ ctx, input }) => markUnreadable(ctx.call, input)),
});
