import {
  ChangeVisitInput,
  ChangeVisitOutput,
  DeskDayInput,
  DeskDayOutput,
  DeskPersonInput,
  DeskPersonOutput,
  FindForArrivalInput,
  FindForArrivalOutput,
  JoinLiveQueueInput,
  JoinLiveQueueOutput,
  LiveQueueOutput,
  MarkArrivalInput,
  MarkArrivalOutput,
  MissedOutput,
  RestoreInput,
  RestoreOutput,
} from '@mse/contracts/desk';
import { procedure, router } from '../../trpc.ts';
import { changeVisit } from './change-visit.ts';
import { deskDay } from './desk-day.ts';
import { findForArrival } from './find-for-arrival.ts';
import { getDeskPerson } from './get-desk-person.ts';
import { joinLiveQueue } from './join-live-queue.ts';
import { listLiveQueue } from './list-live-queue.ts';
import { listMissed } from './list-missed.ts';
import { markArrival } from './mark-arrival.ts';
import { restore } from './restore.ts';

export const deskRouter = router({
  day: procedure('desk.day')
    .input(DeskDayInput)
    .output(DeskDayOutput)
    .query(({ ctx, input }) => deskDay(ctx.call, input)),
  findForArrival: procedure('desk.findForArrival')
    .input(FindForArrivalInput)
    .output(FindForArrivalOutput)
    .query(({ ctx, input }) => findForArrival(ctx.call, input)),
  visit: procedure('desk.visit')
    .input(DeskPersonInput)
    .output(DeskPersonOutput)
    .query(({ ctx, input }) => getDeskPerson(ctx.call, input)),
  markArrival: procedure('desk.markArrival')
    .input(MarkArrivalInput)
    .output(MarkArrivalOutput)
    .mutation(({ ctx, input }) => markArrival(ctx.call, input)),
  joinLiveQueue: procedure('desk.joinLiveQueue')
    .input(JoinLiveQueueInput)
    .output(JoinLiveQueueOutput)
    .mutation(({ ctx, input }) => joinLiveQueue(ctx.call, input)),
  changeVisit: procedure('desk.changeVisit')
    .input(ChangeVisitInput)
    .output(ChangeVisitOutput)
    .mutation(({ ctx, input }) => changeVisit(ctx.call, input)),
  missed: procedure('desk.missed')
    .output(MissedOutput)
    .query(({ ctx }) => listMissed(ctx.call)),
  restore: procedure('desk.restore')
    .input(RestoreInput)
    .output(RestoreOutput)
    .mutation(({ ctx, input }) => restore(ctx.call, input)),
  liveQueue: procedure('desk.liveQueue')
    .output(LiveQueueOutput)
    .query(({ ctx }) => listLiveQueue(ctx.call)),
});
