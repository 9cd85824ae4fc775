import { BOARD_REFUSALS, LOUDEST } from '@mse/domain/boards';
import { z } from 'zod';
import { Id, Instant, refused, Trilingual } from './common.ts';

const BoardName = z.string().trim().min(1, { error: 'required' }).max(60, { error: 'too-long' });
const Rooms = z.array(z.string().max(20)).max(50);
const Volume = z.coerce
  .number({ error: 'invalid' })
  .int({ error: 'invalid' })
  .min(0, { error: 'invalid' })
  .max(LOUDEST, { error: 'invalid' });
const EmergencyLine = z.string().trim().min(1, { error: 'required' }).max(120, { error: 'too-long' });

/** Token of a board: 256 random bits, base64url. */
export const BoardToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'invalid' });
export const BoardInput = z.strictObject({ boardId: Id });
export const CreateBoardInput = z.strictObject({ name: BoardName, rooms: Rooms });
/** Rooms whose calls it shows (none: all), and how loud it is. */
export const ChangeBoardInput = z.strictObject({
  boardId: Id,
  name: BoardName,
  rooms: Rooms,
  volume: Volume,
});
/** K11: a text over everything else, in three languages; null takes it away. */
export const SetEmergencyInput = z.strictObject({
  boardId: Id,
  text: z.strictObject({ kk: EmergencyLine, ru: EmergencyLine, en: EmergencyLine }).nullable(),
});

export const BoardRow = z.object({
  id: z.uuid(),
  name: z.string(),
  rooms: z.array(z.string()),
  volume: z.int(),
  emergency: Trilingual.nullable(),
  createdAt: Instant,
  lastSeenAt: Instant.nullable(),
  /** K11: not heard of for a minute. */
  off: z.boolean(),
});
export const BoardListOutput = z.object({
  serverTime: Instant,
  /** All rooms of the department. */
  rooms: z.array(z.string()),
  boards: z.array(BoardRow),
});
/** The token is told here and never again: only its hash is kept. */
export const BoardTokenOutput = z.union([
  z.object({ ok: z.literal(true), boardId: z.uuid(), name: z.string(), token: z.string() }),
  refused(BOARD_REFUSALS),
]);
export const BoardChangeOutput = z.union([z.object({ ok: z.literal(true) }), refused(BOARD_REFUSALS)]);

/** B01: everything a board shows. Numbers and rooms, never a name. Also the data of the event `calls`. */
export const BoardView = z.object({
  department: z.object({ number: z.int(), name: Trilingual }),
  name: z.string(),
  volume: z.int(),
  emergency: Trilingual.nullable(),
  /** Grows with each test call. */
  testCalls: z.int(),
  serverTime: Instant,
  /** The last calls, newest first. */
  calls: z.array(z.object({ ticketNo: z.string(), room: z.string(), calledAt: Instant, calls: z.int() })),
  /** How many people wait. */
  waiting: z.int(),
});
export const BoardViewInput = z.strictObject({ token: BoardToken });
/** Null: no such board, or it was closed. */
export const BoardViewOutput = BoardView.nullable();
