import {
  PROBLEM_CAUSES,
  PROBLEM_EVENTS,
  PROBLEM_STATES,
  PROPOSAL_KINDS,
  REGISTER_REFUSALS,
  REOPEN_REFUSALS,
  SEND_REFUSALS,
} from '@mse/domain/problems';
import { z } from 'zod';
import { Day, Id, Instant, refused, Trilingual } from './common.ts';
import { SheetFormat } from './reporting.ts';

const DepartmentShown = z.object({ number: z.int(), name: Trilingual });
/** Shares in whole percent, counts and years as they stand. */
const Figures = z.object({
  share: z.number().optional(),
  average: z.number().optional(),
  count: z.number().optional(),
  year: z.number().optional(),
});
const Clock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('days-left'), days: z.int() }),
  z.object({ kind: z.literal('overdue'), days: z.int() }),
  z.object({ kind: z.literal('sent-in-time') }),
  z.object({ kind: z.literal('sent-late'), days: z.int() }),
]);

/** EQ-17: a problem of the register with its clock of three working days. */
export const ProblemView = z.object({
  id: z.uuid(),
  number: z.int(),
  cause: z.enum(PROBLEM_CAUSES),
  department: DepartmentShown.nullable(),
  detectedOn: z.string(),
  dueOn: z.string(),
  text: z.string(),
  figures: Figures,
  state: z.enum(PROBLEM_STATES),
  sentOn: z.string().nullable(),
  clock: Clock,
});
export const ProblemsOutput = z.object({
  today: z.string(),
  /** The most urgent first. */
  open: z.array(ProblemView),
  /** The newest first; only the last hundred, the file has all. */
  sent: z.array(ProblemView),
  sentInAll: z.int(),
  /** What the figures of today point at. */
  proposals: z.array(
    z.object({ kind: z.enum(PROPOSAL_KINDS), department: DepartmentShown, figures: Figures }),
  ),
  departments: z.array(DepartmentShown),
});

export const ProblemInput = z.strictObject({ id: Id });
export const ProblemOutput = ProblemView.extend({
  today: z.string(),
  history: z.array(
    z.object({
      kind: z.enum(PROBLEM_EVENTS),
      at: Instant,
      /** Surname and initials of the person of staff. */
      by: z.string(),
      note: z.string(),
    }),
  ),
});

const Words = (most: number) =>
  z.string({ error: 'required' }).trim().min(1, { error: 'required' }).max(most, { error: 'too-long' });
const DepartmentNumber = z.coerce.number({ error: 'choice' }).int({ error: 'choice' });

export const RegisterProblemInput = z.strictObject({
  detectedOn: Day,
  /** Absent when it concerns no department alone. */
  department: DepartmentNumber.optional(),
  text: Words(2000),
});
const Registered = z.object({ ok: z.literal(true), id: z.uuid(), number: z.int() });
export const RegisterProblemOutput = z.union([Registered, refused(REGISTER_REFUSALS)]);

/** Takes up a proposal as it stands; refused when the figures no longer say so, or somebody else was faster. */
export const TakeUpProposalInput = z.strictObject({
  kind: z.enum(PROPOSAL_KINDS, { error: 'choice' }),
  department: DepartmentNumber,
});
export const TakeUpProposalOutput = z.union([Registered, refused(['not-proposed'])]);

const Step = z.object({ ok: z.literal(true) });
export const SendProblemInput = z.strictObject({
  id: Id,
  sentOn: Day,
  note: z.string().trim().max(1000, { error: 'too-long' }).default(''),
});
export const SendProblemOutput = z.union([Step, refused(SEND_REFUSALS)]);
export const NoteProblemInput = z.strictObject({ id: Id, note: Words(1000) });
export const ReopenProblemInput = z.strictObject({ id: Id, reason: Words(1000) });
export const ReopenProblemOutput = z.union([Step, refused(REOPEN_REFUSALS)]);
export const NoteProblemOutput = Step;
export const ExportProblemsInput = z.strictObject({ format: SheetFormat });
