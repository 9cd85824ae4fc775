import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ExpertKind } from '../policies/index.ts';
import { plainDate } from '../shared/index.ts';
import { type Comparison, compareDecisions, type ComparisonRules, type PanelDecision } from './comparison.ts';
import {
  type DecisionContent,
  DISABILITY_OUTCOMES,
  type DisabilityOutcome,
  type NonconformityKind,
} from './decision.ts';

const KINDS: ExpertKind[] = ['department-head', 'chief-specialist', 'independent'];
const A: ComparisonRules = { consensus: 'majority', nonconformity: 2 };
const B: ComparisonRules = { consensus: 'unanimity', nonconformity: 2 };

type Word = DisabilityOutcome | NonconformityKind;
function decision(word: Word, changes: { diagnosis?: string; until?: string } = {}): DecisionContent {
  if (word === 'evidence' || word === 'purpose' || word === 'diagnosis-not-listed')
    return { kind: 'nonconformity', kinds: [word], reasons: 'why' };
  return {
    kind: 'conclusion',
    conclusion: {
      disability: {
        outcome: word,
        cause: word === 'not-established' ? null : 'general-disease',
        term:
          word === 'not-established'
            ? null
            : { kind: 'until', until: plainDate(changes.until ?? '2027-01-31') },
      },
      generalLoss: null,
      professionalLoss: null,
      programme: null,
      injuredWorkerNeeds: null,
      diagnosis: changes.diagnosis ?? 'the same',
      reasons: 'the same',
    },
  };
}
const panel = (...words: (Word | DecisionContent)[]): PanelDecision[] =>
  words.map((word, index) => ({
    seat: index + 1,
    kind: KINDS[index] as ExpertKind,
    content: typeof word === 'string' ? decision(word) : word,
  }));
const outcome = (result: Comparison) =>
  result.outcome === 'agreed' ? result.content.disability.outcome : result.outcome;

describe('comparison of a panel', () => {
  test.each([
    [['group-1', 'group-1', 'group-1'], 'group-1', 'group-1'],
    [['group-1', 'group-1', 'group-2'], 'group-1', 'mismatch'],
    [['group-2', 'group-1', 'group-1'], 'group-1', 'mismatch'],
    [['group-1', 'group-2', 'group-3'], 'mismatch', 'mismatch'],
    [['not-established', 'not-established', 'group-3'], 'not-established', 'mismatch'],
    [['group-1', 'group-2', 'not-established'], 'mismatch', 'mismatch'],
    [['not-established', 'not-established', 'not-established'], 'not-established', 'not-established'],
    [['evidence', 'group-2', 'group-2'], 'group-2', 'mismatch'],
    [['evidence', 'group-2', 'group-3'], 'mismatch', 'mismatch'],
    [['evidence', 'purpose', 'group-2'], 'nonconformity', 'nonconformity'],
    [['evidence', 'purpose', 'diagnosis-not-listed'], 'nonconformity', 'nonconformity'],
  ] as const)('PX-33: %j is %s by majority and %s by unanimity', (words, byMajority, byUnanimity) => {
    expect(outcome(compareDecisions(panel(...words), A))).toBe(byMajority);
    expect(outcome(compareDecisions(panel(...words), B))).toBe(byUnanimity);
  });

  test('PX-33: with the threshold of one, one nonconformity sends the person to a visit; all kinds are kept', () => {
    const one = { ...A, nonconformity: 1 };
    expect(compareDecisions(panel('evidence', 'group-2', 'group-2'), one)).toEqual({
      outcome: 'nonconformity',
      kinds: ['evidence'],
    });
    expect(compareDecisions(panel('purpose', 'evidence', 'purpose'), A)).toEqual({
      outcome: 'nonconformity',
      kinds: ['evidence', 'purpose'],
    });
  });

  test('PX-33: other elements by majority of those who share the group, else the word of the head', () => {
    const differ = (...diagnoses: string[]) =>
      compareDecisions(panel(...diagnoses.map((diagnosis) => decision('group-2', { diagnosis }))), A);
    expect(differ('x', 'y', 'y')).toMatchObject({
      content: { diagnosis: 'y' },
      merged: { diagnosis: 'majority', term: 'same' },
    });
    expect(differ('x', 'y', 'z')).toMatchObject({
      content: { diagnosis: 'x' },
      merged: { diagnosis: 'head' },
    });
    const withoutHead = compareDecisions(
      panel('group-1', decision('group-2', { diagnosis: 'y' }), decision('group-2', { diagnosis: 'z' })),
      A,
    );
    expect(withoutHead).toMatchObject({ content: { diagnosis: 'y' }, merged: { diagnosis: 'first-seat' } });
    const headOfTwo = compareDecisions(
      panel(
        decision('group-2', { until: '2028-01-31' }),
        decision('group-2', { until: '2027-01-31' }),
        'group-3',
      ),
      A,
    );
    expect(headOfTwo).toMatchObject({
      content: { disability: { term: { until: '2028-01-31' } } },
      merged: { term: 'head', cause: 'same' },
    });
  });

  test('SN-08: one decision of the special mechanism is the conclusion; one nonconformity suffices', () => {
    for (const rules of [A, B]) {
      expect(outcome(compareDecisions(panel('child'), rules))).toBe('child');
      expect(outcome(compareDecisions(panel('evidence'), rules))).toBe('nonconformity');
    }
  });

  test('PX-33: the order in which decisions came changes nothing, and the group agreed on is one that enough have said', () => {
    const anyWord = fc.constantFrom<Word[]>(...DISABILITY_OUTCOMES, 'evidence', 'purpose');
    const anyRules = fc.record({
      consensus: fc.constantFrom('majority' as const, 'unanimity' as const),
      nonconformity: fc.constantFrom(1, 2, 3),
    });
    fc.assert(
      fc.property(
        fc.tuple(anyWord, anyWord, anyWord),
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 3, maxLength: 3 }),
        anyRules,
        fc.constantFrom([0, 1, 2], [2, 1, 0], [1, 2, 0]),
        (words, diagnoses, rules, order) => {
          const all = panel(
            ...words.map((word, index) =>
              word === 'evidence' || word === 'purpose'
                ? word
                : decision(word, { diagnosis: diagnoses[index] ?? 'a' }),
            ),
          );
          const result = compareDecisions(all, rules);
          expect(
            compareDecisions(
              order.map((index) => all[index] as PanelDecision),
              rules,
            ),
          ).toEqual(result);
          const refusing = words.filter((word) => word === 'evidence' || word === 'purpose').length;
          expect(result.outcome === 'nonconformity').toBe(refusing >= rules.nonconformity);
          if (result.outcome === 'agreed') {
            const same = words.filter((word) => word === result.content.disability.outcome).length;
            expect(same).toBeGreaterThanOrEqual(rules.consensus === 'unanimity' ? 3 : 2);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
