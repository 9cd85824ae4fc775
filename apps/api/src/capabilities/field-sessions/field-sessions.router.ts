import {
  AnswerRequestInput,
  AnswerRequestOutput,
  AskPlaceInput,
  AskPlaceOutput,
  CancelSessionInput,
  CancelSessionOutput,
  EnterRequestInput,
  EnterRequestOutput,
  FindPersonInput,
  FindPersonOutput,
  MovePersonInput,
  MovePersonOutput,
  MoveSessionInput,
  MoveSessionOutput,
  PlaceFormInput,
  PlaceFormOutput,
  PlaceStepOutput,
  PlanSessionInput,
  PlanSessionOutput,
  PutPersonInput,
  PutPersonOutput,
  RequestInput,
  RequestsOutput,
  SessionInput,
  SessionsOutput,
  SessionView,
  StepSessionInput,
  StepSessionOutput,
  TakeOffInput,
  WithdrawRequestOutput,
} from '@mse/contracts/field-sessions';
import { procedure, router } from '../../trpc.ts';
import { answerRequest, listRequests } from './answer-request.ts';
import { askPlace, enterRequest, getPlaceForm, withdrawRequest } from './ask-place.ts';
import { findPerson } from './candidates.ts';
import { getSession } from './get-session.ts';
import { listSessions } from './list-sessions.ts';
import { planSession } from './plan-session.ts';
import { putPerson } from './put-person.ts';
import { cancelSession, moveSession, stepFieldSession } from './step-session.ts';
import { markNotMet, movePerson, takeOff } from './take-off.ts';

export const fieldSessionsRouter = router({
  list: procedure('fieldSessions.list')
    .output(SessionsOutput)
    .query(({ ctx }) => listSessions(ctx.call)),
  get: procedure('fieldSessions.get')
    .input(SessionInput)
    .output(SessionView)
    .query(({ ctx, input }) => getSession(ctx.call, input)),
  plan: procedure('fieldSessions.plan')
    .input(PlanSessionInput)
    .output(PlanSessionOutput)
    .mutation(({ ctx, input }) => planSession(ctx.call, input)),
  step: procedure('fieldSessions.step')
    .input(StepSessionInput)
    .output(StepSessionOutput)
    .mutation(({ ctx, input }) => stepFieldSession(ctx.call, input)),
  move: procedure('fieldSessions.move')
    .input(MoveSessionInput)
    .output(MoveSessionOutput)
    .mutation(({ ctx, input }) => moveSession(ctx.call, input)),
  cancel: procedure('fieldSessions.cancel')
    .input(CancelSessionInput)
    .output(CancelSessionOutput)
    .mutation(({ ctx, input }) => cancelSession(ctx.call, input)),
  find: procedure('fieldSessions.find')
    .input(FindPersonInput)
    .output(FindPersonOutput)
    .query(({ ctx, input }) => findPerson(ctx.call, input)),
  put: procedure('fieldSessions.put')
    .input(PutPersonInput)
    .output(PutPersonOutput)
    .mutation(({ ctx, input }) => putPerson(ctx.call, input)),
  takeOff: procedure('fieldSessions.takeOff')
    .input(TakeOffInput)
    .output(PlaceStepOutput)
    .mutation(({ ctx, input }) => takeOff(ctx.call, input)),
  notMet: procedure('fieldSessions.notMet')
    .input(TakeOffInput)
    .output(PlaceStepOutput)
    .mutation(({ ctx, input }) => markNotMet(ctx.call, input)),
  movePerson: procedure('fieldSessions.movePerson')
    .input(MovePersonInput)
    .output(MovePersonOutput)
    .mutation(({ ctx, input }) => movePerson(ctx.call, input)),
  requests: procedure('fieldSessions.requests')
    .output(RequestsOutput)
    .query(({ ctx }) => listRequests(ctx.call)),
  answerRequest: procedure('fieldSessions.answerRequest')
    .input(AnswerRequestInput)
    .output(AnswerRequestOutput)
    .mutation(({ ctx, input }) => answerRequest(ctx.call, input)),
  enterRequest: procedure('fieldSessions.enterRequest')
    .input(EnterRequestInput)
    .output(EnterRequestOutput)
    .mutation(({ ctx, input }) => enterRequest(ctx.call, input)),
});

export const placeRequestsRouter = router({
  form: procedure('placeRequests.form')
    .input(PlaceFormInput)
    .output(PlaceFormOutput)
    .query(({ ctx, input }) => getPlaceForm(ctx.call, input)),
  ask: procedure('placeRequests.ask')
    .input(AskPlaceInput)
    .output(AskPlaceOutput)
    .mutation(({ ctx, input }) => askPlace(ctx.call, input)),
  withdraw: procedure('placeRequests.withdraw')
    .input(RequestInput)
    .output(WithdrawRequestOutput)
    .mutation(({ ctx, input }) => withdrawRequest(ctx.call, input)),
});
