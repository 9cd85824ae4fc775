import { Done } from '@mse/contracts/identity';
import {
  AcceptOfferInput,
  AcceptOfferOutput,
  DeclineOfferInput,
  DeclineOfferOutput,
  LeaveInput,
  MyWaitsOutput,
  SubscribeInput,
  SubscribeOutput,
  WaitOptionsInput,
  WaitOptionsOutput,
} from '@mse/contracts/wait-list';
import { procedure, router } from '../../trpc.ts';
import { acceptOffer } from './accept-offer.ts';
import { declineOffer, leaveWaitList } from './give-up.ts';
import { listMyWaits } from './list-my-waits.ts';
import { subscribe } from './subscribe.ts';
import { waitOptions } from './wait-options.ts';

export const waitListRouter = router({
  mine: procedure('waitList.mine')
    .output(MyWaitsOutput)
    .query(({ ctx }) => listMyWaits(ctx.call)),
  options: procedure('waitList.options')
    .input(WaitOptionsInput)
    .output(WaitOptionsOutput)
    .query(({ ctx, input }) => waitOptions(ctx.call, input)),
  subscribe: procedure('waitList.subscribe')
    .input(SubscribeInput)
    .output(SubscribeOutput)
    .mutation(({ ctx, input }) => subscribe(ctx.call, input)),
  leave: procedure('waitList.leave')
    .input(LeaveInput)
    .output(Done)
    .mutation(({ ctx, input }) => leaveWaitList(ctx.call, input)),
  accept: procedure('waitList.accept')
    .input(AcceptOfferInput)
    .output(AcceptOfferOutput)
    .mutation(({ ctx, input }) => acceptOffer(ctx.call, input)),
  decline: procedure('waitList.decline')
    .input(DeclineOfferInput)
    .output(DeclineOfferOutput)
    .mutation(({ ctx, input }) => declineOffer(ctx.call, input)),
});
