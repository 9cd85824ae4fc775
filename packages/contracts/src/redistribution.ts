import { ASSIGNMENT_CAUSES, ASSIGNMENT_STATES, CASE_TRACKS } from '@mse/domain/examination';
import { ABSENCE_KINDS } from '@mse/domain/experts';
import { EXPERT_KINDS } from '@mse/domain/policies';
import { z } from 'zod';
import { Day, Id, Instant, refused } from './common.ts';

const InThreeLanguages = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
const ExpertCode = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(20, { error: 'too-long' });

/** An expert as the Committee's page names one: by code, kind and region, never by name. */
const ExpertShown = z.object({ code: z.string(), kind: z.enum(EXPERT_KINDS), region: InThreeLanguages });
export type ExpertShown = z.infer<typeof ExpertShown>;

/** R07: what the Committee must see of the dealing; nothing names a person. */
export const RedistributionOutput = z.object({
  at: Instant,
  /** PX-25: parts whose term has passed. */
  overdue: z.array(
    z.object({
      assignmentId: z.uuid(),
      act: z.string(),
      seat: z.int(),
      expert: ExpertShown,
      dueAt: Instant,
      overdueAt: Instant,
    }),
  ),
  /** PX-17: parts that went from one expert to another, the latest first. */
  moved: z.array(
    z.object({
      assignmentId: z.uuid(),
      act: z.string(),
      seat: z.int(),
      cause: z.enum(ASSIGNMENT_CAUSES),
      state: z.enum(ASSIGNMENT_STATES),
      expert: ExpertShown,
      arrivedAt: Instant,
      dueAt: Instant,
    }),
  ),
  /** PX-16: the waiting list in the order of arrival; `eligible`: experts who could take a seat if their day's cap allowed it. */
  waiting: z.array(
    z.object({
      act: z.string(),
      group: InThreeLanguages,
      track: z.enum(CASE_TRACKS),
      since: Instant,
      dueAt: Instant.nullable(),
      overdue: z.boolean(),
      seats: z.array(z.object({ seat: z.int(), kinds: z.array(z.enum(EXPERT_KINDS)), eligible: z.int() })),
    }),
  ),
  /** More wait than are shown. */
  waitingTotal: z.int(),
  /** Cases whose whole term has passed. */
  lateCases: z.int(),
  /** PX-34: invited cases for which no department is known. */
  withoutDepartment: z.int(),
  experts: z.array(ExpertShown.extend({ open: z.int() })),
});

export const SimulateAbsenceInput = z.strictObject({ expertCode: ExpertCode });
export const SimulateAbsenceOutput = z.union([
  z.object({
    ok: z.literal(true),
    expert: ExpertShown,
    parts: z.array(
      z.object({
        act: z.string(),
        seat: z.int(),
        dueAt: Instant,
        /** Who would get it; null when nobody can and the seat would wait. */
        to: ExpertShown.nullable(),
        newDueAt: Instant.nullable(),
      }),
    ),
  }),
  refused(['unknown-expert']),
]);

export const REDISTRIBUTION_REFUSALS = ['unknown-expert', 'changed', 'until-passed'] as const;
export const StartAbsenceInput = z.strictObject({
  expertCode: ExpertCode,
  kind: z.enum(ABSENCE_KINDS, { error: 'choice' }),
  until: Day.nullable(),
  /** Open parts that were shown; when there are others by now the effect is shown anew. */
  shownParts: z.coerce.number().int().min(0),
});
export const StartAbsenceOutput = z.union([
  z.object({ ok: z.literal(true), moved: z.int(), left: z.int() }),
  refused(REDISTRIBUTION_REFUSALS),
]);

export const MoveOverdueInput = z.strictObject({
  assignmentIds: z.array(Id).min(1, { error: 'required' }).max(200),
});
export const MoveOverdueOutput = z.object({ moved: z.int(), left: z.int() });

export const ExplainPartInput = z.strictObject({ assignmentId: Id });
const Candidate = z.object({
  expert: ExpertShown,
  open: z.int(),
  /** When the last part came before this one; null when none ever did. */
  lastAt: Instant.nullable(),
  /** The number drawn; the lower one goes first among equals. */
  number: z.int(),
});
export const ExplainPartOutput = z.object({
  act: z.string(),
  seat: z.int(),
  at: Instant,
  seed: z.int(),
  /** Experts present and entered for a form of the batch. */
  present: z.int(),
  /** Of them, those who could have had this seat. */
  eligible: z.int(),
  chosen: Candidate,
  /** Who would have come next, the nearest first. */
  next: z.array(Candidate),
  /** Made again from what was kept, the dealing gives the same experts. */
  confirmed: z.boolean(),
});
