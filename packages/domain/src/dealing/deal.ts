import { type ExpertKind, type PolicyRow, policyOn } from '../policies/index.ts';
import { type PlainDate } from '../shared/index.ts';
import type { CaseTrack } from '../examination/index.ts';

/** PX-12, PX-13, SN-05: for each track the seats of its panel, each with the kinds that may sit there. */
export type Panels = Record<CaseTrack, ExpertKind[][]>;

/** PX-14: whether independent experts are dealt cases on a day. */
export function independentsSitOn(policies: readonly PolicyRow[], day: PlainDate): boolean {
  return day.slice(5) <= policyOn(policies, 'dealing.independent-until', day);
}

/** PX-12, PX-13, PX-14: panels of a day. After the last day of dealing to independent experts staff sits in their place. */
export function panelsOn(policies: readonly PolicyRow[], day: PlainDate): Panels {
  return policyOn(policies, independentsSitOn(policies, day) ? 'dealing.panel' : 'dealing.panel-late', day);
}

/** An expert as the dealing found them: present, in the register, entered for at least one of the forms. */
export interface PresentExpert {
  id: string;
  kind: ExpertKind;
  regionCode: string;
  /** Open parts. */
  open: number;
  /** When the last part came, milliseconds since 1970; null when none ever did. */
  lastAt: number | null;
  /** Parts that the day's cap still allows; may be negative. */
  remaining: number;
  /** Forms of the batch the expert is entered for. */
  groups: readonly string[];
}

/** A case with vacant seats, in the order of arrival. */
export interface CaseToDeal {
  id: string;
  regionCode: string;
  group: string;
  track: CaseTrack;
  /** Seats that already have an expert, counted from 1. */
  taken: readonly number[];
  /** Everybody who ever held a part of it (PX-15). */
  before: readonly string[];
}

/** One seat given to one expert, with what decided it. */
export interface Pick {
  caseId: string;
  seat: number;
  expertId: string;
  /** Open parts of the expert just before. */
  open: number;
  /** Place in the order of pauses just before: the lower, the longer without a new case. */
  turn: number;
  /** Experts who could have had this seat at the beginning of the batch. */
  eligible: number;
}

/** The largest number of the draw; it is a prime. */
const LEHMER = 2_147_483_647;

/** The number each expert draws: the Lehmer sequence that begins with the seed (1 to 2,147,483,646), experts in the order of their ids. */
export function drawNumbers(seed: number, count: number): number[] {
  const numbers: number[] = [];
  let number = seed;
  for (let index = 0; index < count; index += 1) {
    number = (number * 48_271) % LEHMER;
    numbers.push(number);
  }
  return numbers;
}

const byText = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);

/**
 * PX-10 to PX-16, SN-05: what a dealing does, said in the plainest way; the database does the same in one call. Cases in the order of
 * arrival. For each vacant seat, those of the fewest kinds first: among the experts of an admissible kind and another region who are
 * entered for the form, were never on this act and have something left of the day's cap, the one with the fewest open parts, then the
 * longest pause, then the lower number drawn. A case is dealt all its vacant seats or none.
 *
 * Fairness: two experts who may hold the same cases (same kind, region and forms) and whose caps allow it differ after a dealing by at
 * most one open part, or by no more than they differed before it.
 */
export function explainDealing(input: {
  panels: Panels;
  seed: number;
  limit: number;
  experts: readonly PresentExpert[];
  cases: readonly CaseToDeal[];
}): { picks: Pick[]; dealt: string[]; unfit: string[] } {
  const sorted = [...input.experts].sort((left, right) => byText(left.id, right.id));
  const numbers = drawNumbers(input.seed, sorted.length);
  const state = sorted
    .map((expert, index) => ({
      expert,
      number: numbers[index] ?? 0,
      open: expert.open,
      left: expert.remaining,
      turn: 0,
    }))
    .sort(
      (left, right) =>
        (left.expert.lastAt ?? -Infinity) - (right.expert.lastAt ?? -Infinity) ||
        left.number - right.number ||
        byText(left.expert.id, right.expert.id),
    );
  state.forEach((each, index) => (each.turn = index + 1));
  let turn = state.length;

  const picks: Pick[] = [];
  const dealt: string[] = [];
  const unfit: string[] = [];
  for (const each of input.cases) {
    if (dealt.length >= input.limit) break;
    const vacant = input.panels[each.track]
      .map((kinds, index) => ({ seat: index + 1, kinds }))
      .filter(({ seat }) => !each.taken.includes(seat))
      .sort((left, right) => left.kinds.length - right.kinds.length || left.seat - right.seat);
    const chosen: { seat: number; holder: (typeof state)[number]; eligible: number }[] = [];
    for (const { seat, kinds } of vacant) {
      const couldHold = state.filter(
        ({ expert }) =>
          kinds.includes(expert.kind) &&
          expert.regionCode !== each.regionCode &&
          expert.groups.includes(each.group),
      );
      const [best] = couldHold
        .filter(
          (one) =>
            one.left > 0 &&
            !each.before.includes(one.expert.id) &&
            !chosen.some(({ holder }) => holder === one),
        )
        .sort((left, right) => left.open - right.open || left.turn - right.turn);
      if (!best) break;
      chosen.push({
        seat,
        holder: best,
        eligible: couldHold.filter(({ expert }) => expert.remaining > 0).length,
      });
    }
    if (chosen.length < vacant.length) {
      unfit.push(each.id);
      continue;
    }
    if (chosen.length === 0) continue;
    for (const { seat, holder, eligible } of chosen) {
      picks.push({
        caseId: each.id,
        seat,
        expertId: holder.expert.id,
        open: holder.open,
        turn: holder.turn,
        eligible,
      });
      turn += 1;
      holder.open += 1;
      holder.left -= 1;
      holder.turn = turn;
    }
    dealt.push(each.id);
  }
  return { picks, dealt, unfit };
}
