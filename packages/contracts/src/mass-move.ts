import { CLOSURE_KINDS } from '@mse/domain/closures';
import { MOVE_ITEM_STATES } from '@mse/domain/mass-move';
import { MESSAGE_STATES } from '@mse/domain/notifications';
import { z } from 'zod';
import { Day, Id, Instant, LanguageChoice, refused, StartTime } from './common.ts';
import { AccessNeed } from './queue.ts';

/** How far a mass move has come. */
export const MoveCounts = z.object({
  all: z.int(),
  pending: z.int(),
  moved: z.int(),
  noPlace: z.int(),
  endedMeanwhile: z.int(),
  failed: z.int(),
  /** People to be called, and of those who have been. */
  toCall: z.int(),
  called: z.int(),
});
export const MassMoveView = z.object({
  id: z.uuid(),
  closureId: z.uuid(),
  from: Day,
  until: Day,
  kind: z.enum([...CLOSURE_KINDS, 'calendar']),
  reason: z.string(),
  state: z.enum(['running', 'done']),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  counts: MoveCounts,
});
/** The department's mass moves, newest first. */
export const MassMovesOutput = z.object({ moves: z.array(MassMoveView) });

export const MassMoveInput = z.strictObject({ id: Id });
const time = z.object({ day: Day, startsAt: StartTime });
export const MoveItem = z.object({
  id: z.uuid(),
  turn: z.int(),
  initials: z.string(),
  language: LanguageChoice,
  accessNeeds: z.array(AccessNeed),
  state: z.enum(MOVE_ITEM_STATES),
  old: time.extend({ ticketNo: z.string() }),
  new: time.extend({ ticketNo: z.string() }).nullable(),
  /** How far the message to the person has come; null when none was written. */
  messageState: z.enum(MESSAGE_STATES).nullable(),
});
/** Somebody the department has to call, with what is needed for the call. */
export const MoveCall = z.object({
  itemId: z.uuid(),
  personName: z.string(),
  /** Lawful representative who booked, when somebody else than the person did. */
  representativeName: z.string().nullable(),
  phone: z.string().nullable(),
  language: LanguageChoice,
  /** The clinic of the form: it may know another number. */
  organization: z.string(),
  formValidUntil: Day,
  state: z.enum(MOVE_ITEM_STATES),
  old: time.extend({ ticketNo: z.string() }),
  new: time.extend({ ticketNo: z.string() }).nullable(),
  calledAt: Instant.nullable(),
  calledBy: z.string().nullable(),
});
/** K08: progress, call list and what did not succeed. */
export const MassMoveOutput = MassMoveView.extend({
  items: z.array(MoveItem),
  calls: z.array(MoveCall),
  /** Nobody is at work on it although there is work left: a person has to start it again. */
  stopped: z.boolean(),
  mayResume: z.boolean(),
});

export const ResumeOutput = z.union([z.object({ ok: z.literal(true) }), refused(['nothing-to-do'])]);
export const MarkCalledInput = z.strictObject({ itemId: Id });
export const MarkCalledOutput = z.union([z.object({ ok: z.literal(true) }), refused(['not-to-call'])]);
