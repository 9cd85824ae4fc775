import {
  ABSENCE_GROUNDS,
  CONSENTED_PLACES,
  FIELD_PLACE_STATES,
  FIELD_PLACES,
  PLACE_REFUSALS,
  PUT_REFUSALS,
  REQUEST_REFUSAL_REASONS,
  REQUEST_STATES,
  REQUEST_TURNS,
  SESSION_DAY_REFUSALS,
  SESSION_REFUSALS,
  SESSION_STATES,
  VISITED_PLACES,
} from '@mse/domain/field-sessions';
import { FILE_REFUSALS } from '@mse/domain/experts';
import { z } from 'zod';
import { Day, type FieldError, Id, IinTyped, Instant, refused, StartTime } from './common.ts';

const key = (error: FieldError) => error;
const Words = (most: number) =>
  z
    .string({ error: key('required') })
    .trim()
    .max(most, { error: key('too-long') });
const Version = z.coerce.number().int();

/** FF-03: a field session as lists show it. */
const SessionLine = z.object({
  id: z.uuid(),
  place: z.enum(VISITED_PLACES),
  institution: z.string(),
  address: z.string(),
  day: Day,
  startsAt: StartTime,
  state: z.enum(SESSION_STATES),
  capacity: z.int(),
  /** People that are on it or were examined. */
  people: z.int(),
});
export const SessionsOutput = z.object({
  /** Planned, announced and held, the nearest first; then the last fifty that ended. */
  open: z.array(SessionLine),
  ended: z.array(SessionLine),
  requests: z.int(),
  absent: z.int(),
  staff: z.array(z.object({ id: z.uuid(), name: z.string() })),
});

export const PlanSessionInput = z.strictObject({
  place: z.enum(VISITED_PLACES, { error: key('choice') }),
  institution: Words(200),
  address: Words(300),
  day: Day,
  startsAt: StartTime,
  capacity: z.coerce
    .number({ error: key('invalid') })
    .int({ error: key('invalid') })
    .min(1, { error: key('invalid') })
    .max(100, { error: key('invalid') }),
  members: z
    .array(Id)
    .min(1, { error: key('required') })
    .max(30),
});
export const PlanSessionOutput = z.union([
  z.object({ ok: z.literal(true), sessionId: z.uuid() }),
  refused([...SESSION_DAY_REFUSALS, 'institution-missing', 'address-missing', 'unknown-member']),
]);

export const SessionInput = z.strictObject({ sessionId: Id });
/** Somebody who can be put on the session. */
const Candidate = z.object({
  formId: z.uuid(),
  requestId: z.uuid().nullable(),
  personName: z.string(),
  iinMasked: z.string(),
  formNumber: z.string(),
  formValidUntil: Day,
  where: z.string(),
});
export const SessionView = SessionLine.extend({
  version: z.int(),
  cancelReason: z.string(),
  today: Day,
  /** FF-01: minutes with the way. */
  minutes: z.int(),
  members: z.array(z.string()),
  waiting: z.int(),
  peopleOn: z.array(
    z.object({
      fieldPlaceId: z.uuid(),
      formId: z.uuid(),
      personName: z.string(),
      iinMasked: z.string(),
      birthYear: z.int(),
      formNumber: z.string(),
      where: z.string(),
      phone: z.string().nullable(),
      state: z.enum(FIELD_PLACE_STATES),
      applicationId: z.uuid().nullable(),
      actNo: z.string().nullable(),
      conclusion: z.string(),
    }),
  ),
  candidates: z.array(Candidate),
  /** Other sessions of this kind to which somebody who was not met can be moved. */
  others: z.array(SessionLine),
});

const STEP_REFUSALS = [...SESSION_REFUSALS, 'changed-meanwhile'] as const;
export const StepSessionInput = z.strictObject({
  sessionId: Id,
  version: Version,
  event: z.enum(['announce', 'hold', 'close'], { error: key('choice') }),
});
export const StepSessionOutput = z.union([z.object({ ok: z.literal(true) }), refused(STEP_REFUSALS)]);
export const MoveSessionInput = z.strictObject({
  sessionId: Id,
  version: Version,
  day: Day,
  startsAt: StartTime,
});
export const MoveSessionOutput = z.union([
  z.object({ ok: z.literal(true), told: z.int() }),
  refused([...STEP_REFUSALS, 'not-a-working-day', 'form-ends-before']),
]);
export const CancelSessionInput = z.strictObject({
  sessionId: Id,
  version: Version,
  reason: Words(500).min(1, { error: key('required') }),
});
export const CancelSessionOutput = z.union([
  z.object({ ok: z.literal(true), told: z.int() }),
  refused(STEP_REFUSALS),
]);

export const PutPersonInput = z.strictObject({ sessionId: Id, formId: Id });
export const PutPersonOutput = z.union([
  z.object({ ok: z.literal(true), fieldPlaceId: z.uuid() }),
  refused([...PUT_REFUSALS, ...SESSION_REFUSALS]),
]);
export const FindPersonInput = z.strictObject({ sessionId: Id, iin: IinTyped });
export const FindPersonOutput = z.object({ found: z.array(Candidate) });
export const TakeOffInput = z.strictObject({ fieldPlaceId: Id });
export const PlaceStepOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['not-possible-now', 'application-open']),
]);
export const MovePersonInput = z.strictObject({ fieldPlaceId: Id, sessionId: Id });
export const MovePersonOutput = z.union([
  z.object({ ok: z.literal(true), fieldPlaceId: z.uuid() }),
  refused([...PUT_REFUSALS, ...SESSION_REFUSALS, 'application-open']),
]);

/** FF-03, FF-11 row 12: what is asked, by the person on the portal or by staff from a paper. */
const RequestFields = {
  place: z.enum(CONSENTED_PLACES, { error: key('choice') }),
  ground: z.enum(ABSENCE_GROUNDS, { error: key('choice') }).nullable(),
  conclusionNumber: Words(60),
  conclusionDay: Day.nullable(),
  institution: Words(200),
  address: Words(300),
  consented: z.boolean(),
};
const ASK_REFUSALS = [
  ...PLACE_REFUSALS,
  'already-asked',
  'not-in-person',
  'already-served',
  'form-expired',
  'no-department',
  'unknown-file',
] as const;
export const AskPlaceInput = z.strictObject({ formId: Id, ...RequestFields, fileIds: z.array(Id).max(5) });
export const AskPlaceOutput = z.union([
  z.object({ ok: z.literal(true), requestId: z.uuid() }),
  refused(ASK_REFUSALS),
]);
export const PlaceFormInput = z.strictObject({ formId: Id });
const RequestView = z.object({
  requestId: z.uuid(),
  place: z.enum(CONSENTED_PLACES),
  ground: z.enum(ABSENCE_GROUNDS).nullable(),
  conclusionNumber: z.string(),
  conclusionDay: Day.nullable(),
  institution: z.string(),
  address: z.string(),
  channel: z.enum(['portal', 'desk']),
  askedAt: Instant,
  state: z.enum(REQUEST_STATES),
  reasons: z.array(z.enum(REQUEST_REFUSAL_REASONS)),
  note: z.string(),
  answeredAt: Instant.nullable(),
  files: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
/** The page of a form's place of examination (portal). */
export const PlaceFormOutput = z.object({
  form: z.object({ id: z.uuid(), number: z.string(), validUntil: Day }),
  personName: z.string(),
  self: z.boolean(),
  address: z.string(),
  department: z.object({ number: z.int(), phone: z.string(), address: z.string() }).nullable(),
  /** Why nothing can be asked now; null when it can. */
  closed: z.enum(['not-in-person', 'already-served', 'form-expired', 'no-department']).nullable(),
  booked: z.boolean(),
  request: RequestView.extend({ turn: z.enum(REQUEST_TURNS) }).nullable(),
  /** Where and when the person is examined, once it is on a session that was announced. */
  appointed: z
    .object({
      place: z.enum(FIELD_PLACES),
      day: Day,
      startsAt: StartTime,
      where: z.string(),
    })
    .nullable(),
  files: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export const RequestInput = z.strictObject({ requestId: Id });
export const RequestsOutput = z.object({
  requests: z.array(
    RequestView.extend({
      personName: z.string(),
      iinMasked: z.string(),
      formId: z.uuid(),
      formNumber: z.string(),
      formValidUntil: Day,
      phone: z.string().nullable(),
      booked: z.boolean(),
      onSession: z.boolean(),
      /** In absentia: the place at which the application is opened. */
      fieldPlaceId: z.uuid().nullable(),
      applicationId: z.uuid().nullable(),
    }),
  ),
});
export const AnswerRequestInput = z.strictObject({
  requestId: Id,
  grant: z.boolean(),
  reasons: z
    .array(z.enum(REQUEST_REFUSAL_REASONS, { error: key('choice') }))
    .max(REQUEST_REFUSAL_REASONS.length),
  note: Words(1000),
});
export const AnswerRequestOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['not-possible-now', 'reason-missing', ...PUT_REFUSALS]),
]);
/** A paper request, or one of an institution, entered by staff for somebody found by IIN. */
export const EnterRequestInput = z.strictObject({ iin: IinTyped, ...RequestFields });
export const EnterRequestOutput = z.union([
  z.object({ ok: z.literal(true), requestId: z.uuid() }),
  refused([...ASK_REFUSALS, 'nobody-found']),
]);
export const WithdrawRequestOutput = z.union([
  z.object({ ok: z.literal(true) }),
  refused(['not-possible-now', 'application-open']),
]);

/** Answer of `POST /files/place-requests/<form>`. */
export const UploadConclusionOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused([...FILE_REFUSALS, 'changed-meanwhile']),
]);
