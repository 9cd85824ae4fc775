import type { ExpertKind } from '../policies/index.ts';
import type { ConclusionContent, DecisionContent, DecisionTerm, NonconformityKind } from './decision.ts';

/** One signed decision of a panel. `kind`: who made it; the head's word counts where there is no majority (PX-33). */
export interface PanelDecision {
  seat: number;
  kind: ExpertKind;
  content: DecisionContent;
}

/** PX-33: the choices by which decisions are compared. */
export interface ComparisonRules {
  consensus: 'majority' | 'unanimity';
  /** Decisions of nonconformity that send the person to a visit in person. */
  nonconformity: number;
}

/** What experts decide: terms by age have no date yet. */
type Decided = ConclusionContent<DecisionTerm>;

/** How each part of a merged conclusion came about. */
export type MergeReason = 'same' | 'majority' | 'head' | 'first-seat';

/** What a comparison gives. */
export type Comparison =
  | { outcome: 'agreed'; content: Decided; merged: Record<string, MergeReason> }
  | { outcome: 'mismatch' }
  | { outcome: 'nonconformity'; kinds: NonconformityKind[] };

/** Elements that are merged one by one; the group is compared, and its cause and term follow as elements of their own. */
type Element =
  | 'cause'
  | 'term'
  | 'generalLoss'
  | 'professionalLoss'
  | 'programme'
  | 'injuredWorkerNeeds'
  | 'diagnosis'
  | 'reasons';

/** A value written so that equal values are equal texts, whatever the order of their keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
      .join(',')}}`;
  return JSON.stringify(value) ?? 'null';
}

function elementOf(conclusion: Decided, element: Element): unknown {
  return element === 'cause' || element === 'term' ? conclusion.disability[element] : conclusion[element];
}

/** Groups of equal values, the largest first; of groups of one size the one with the lowest seat. */
function groupsOf<Value>(values: readonly Value[]): Value[][] {
  return [...Map.groupBy(values, canonical).values()].sort((left, right) => right.length - left.length);
}

/**
 * PX-33, SN-08: compares the decisions of a whole panel. Decisions of nonconformity are counted first; when fewer than the threshold
 * were made, the conclusions that remain are compared on the group, for which `not-established` is a value like another. By majority two
 * equal of three suffice; by unanimity every decision of the panel must be the same conclusion, so that one of nonconformity is a
 * mismatch. The other elements: the majority among those who share the group, else what the head of department said if the head is one
 * of them, else the lowest seat. With a panel of one there is nothing to compare but its nonconformity, for which one decision suffices.
 */
export function compareDecisions(decisions: readonly PanelDecision[], rules: ComparisonRules): Comparison {
  const panel = [...decisions].sort((left, right) => left.seat - right.seat);
  const nonconforming = panel.flatMap(({ content }) => (content.kind === 'nonconformity' ? [content] : []));
  if (nonconforming.length > 0 && nonconforming.length >= Math.min(rules.nonconformity, panel.length))
    return {
      outcome: 'nonconformity',
      kinds: [...new Set(nonconforming.flatMap(({ kinds }) => kinds))].sort(),
    };
  const concluding = panel.flatMap(({ seat, kind, content }) =>
    content.kind === 'conclusion' ? [{ seat, kind, conclusion: content.conclusion }] : [],
  );
  const [agreeing] = [...Map.groupBy(concluding, (each) => each.conclusion.disability.outcome).values()].sort(
    (left, right) => right.length - left.length,
  );
  const needed = rules.consensus === 'unanimity' ? panel.length : Math.floor(panel.length / 2) + 1;
  if (!agreeing || agreeing.length < needed) return { outcome: 'mismatch' };

  const head = agreeing.find(({ kind }) => kind === 'department-head');
  const merged: Record<string, MergeReason> = {};
  const choose = (element: Element): Decided => {
    const groups = groupsOf(agreeing.map(({ conclusion }) => elementOf(conclusion, element)));
    const [largest = [], second = []] = groups;
    const same = groups.length === 1;
    if (same || largest.length > agreeing.length / 2 || largest.length > second.length) {
      merged[element] = same ? 'same' : 'majority';
      const wanted = canonical(largest[0]);
      const holder = agreeing.find(({ conclusion }) => canonical(elementOf(conclusion, element)) === wanted);
      if (holder) return holder.conclusion;
    }
    merged[element] = head ? 'head' : 'first-seat';
    return (head ?? first).conclusion;
  };
  const [first] = agreeing as [(typeof agreeing)[number]];
  return {
    outcome: 'agreed',
    content: {
      disability: {
        outcome: first.conclusion.disability.outcome,
        cause: choose('cause').disability.cause,
        term: choose('term').disability.term,
      },
      generalLoss: choose('generalLoss').generalLoss,
      professionalLoss: choose('professionalLoss').professionalLoss,
      programme: choose('programme').programme,
      injuredWorkerNeeds: choose('injuredWorkerNeeds').injuredWorkerNeeds,
      diagnosis: choose('diagnosis').diagnosis,
      reasons: choose('reasons').reasons,
    },
    merged,
  };
}
