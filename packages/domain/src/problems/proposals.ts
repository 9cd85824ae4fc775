import { addDays, addMonths, type PlainDate } from '../shared/index.ts';

/** EQ-17: what the figures themselves can point at. A person decides whether it is a problem. */
export const PROPOSAL_KINDS = ['no-free-place', 'schedule-missing', 'no-show-high', 'delivery-low'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

/** Where a problem of the register came from. */
export const PROBLEM_CAUSES = ['by-hand', ...PROPOSAL_KINDS] as const;
export type ProblemCause = (typeof PROBLEM_CAUSES)[number];

/**
 * From where on figures are worth a look. The law has no such numbers; these are the service's own. Shares are whole
 * percent, judged as they are shown.
 */
export const PROPOSAL_LIMITS = {
  /** Calendar days before today that shares are counted over. */
  days: 28,
  /** A share of fewer people or messages than this says nothing. */
  leastCount: 20,
  /** A no-show share is far above that of the others when it is so many times as large … */
  noShowTimes: 2,
  /** … and so many points larger. */
  noShowMore: 10,
  /** Fewer messages delivered than this is low. */
  delivered: 90,
  /** Calendar days after a detection in which the same is not proposed again. */
  quietDays: 28,
} as const;

/** What is known of a department when the figures are looked through. */
export interface DepartmentFigures {
  departmentId: string;
  /** GV-04: whether people can book there today. */
  bookingOpen: boolean;
  /** First day with a free place; null when there is none. */
  firstFreeDay: PlainDate | null;
  /** EQ-04: the year whose schedule has to be there by now and is not; null when all is well. */
  missingScheduleYear: number | null;
  /** Of the last days. */
  kept: number;
  missed: number;
  settled: number;
  delivered: number;
}

/** Numbers that a proposal rests on, kept with the problem: shares in whole percent, the rest as it stands. */
export type ProposalFigures = Partial<Record<'share' | 'average' | 'count' | 'year', number>>;

/** A department and what its figures point at. */
export interface Proposal {
  kind: ProposalKind;
  departmentId: string;
  figures: ProposalFigures;
}

/** A problem that is already known, as far as a proposal must not repeat it. */
export interface KnownProblem {
  cause: ProblemCause;
  departmentId: string | null;
  state: 'open' | 'sent';
  detectedOn: PlainDate;
}

const percent = (part: number, whole: number) => Math.round((part / whole) * 100);

/**
 * EQ-17: problems the figures of a day point at. A form accepted today that would find no place within its month (EQ-08, EQ-09); a
 * schedule that should be there (EQ-04); far more people who do not come than elsewhere; messages that do not arrive (EQ-06).
 * What stands open in the register, or was found less than four weeks ago, is not proposed again.
 */
export function proposeProblems(
  departments: readonly DepartmentFigures[],
  known: readonly KnownProblem[],
  today: PlainDate,
): Proposal[] {
  const { leastCount, noShowTimes, noShowMore, quietDays } = PROPOSAL_LIMITS;
  const proposals = departments.flatMap((department): Proposal[] => {
    const { departmentId, bookingOpen, firstFreeDay } = department;
    const found: Proposal[] = [];
    const lastUsable = addMonths(today, 1);
    if (bookingOpen && (firstFreeDay === null || firstFreeDay > lastUsable))
      found.push({ kind: 'no-free-place', departmentId, figures: {} });
    if (department.missingScheduleYear !== null)
      found.push({
        kind: 'schedule-missing',
        departmentId,
        figures: { year: department.missingScheduleYear },
      });
    const expected = department.kept + department.missed;
    const others = departments.filter((other) => other !== department);
    const othersMissed = others.reduce((sum, other) => sum + other.missed, 0);
    const othersExpected = others.reduce((sum, other) => sum + other.kept + other.missed, 0);
    if (expected >= leastCount && othersExpected >= leastCount) {
      const share = percent(department.missed, expected);
      const average = percent(othersMissed, othersExpected);
      if (share >= average * noShowTimes && share >= average + noShowMore)
        found.push({
          kind: 'no-show-high',
          departmentId,
          figures: { share, average, count: department.missed },
        });
    }
    const { settled, delivered } = department;
    if (settled >= leastCount && percent(delivered, settled) < PROPOSAL_LIMITS.delivered)
      found.push({
        kind: 'delivery-low',
        departmentId,
        figures: { share: percent(delivered, settled), count: settled - delivered },
      });
    return found;
  });
  const quietSince = addDays(today, -quietDays);
  return proposals.filter(
    ({ kind, departmentId }) =>
      !known.some(
        (problem) =>
          problem.cause === kind &&
          problem.departmentId === departmentId &&
          (problem.state === 'open' || problem.detectedOn > quietSince),
      ),
  );
}
