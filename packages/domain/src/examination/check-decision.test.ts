import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import type { ExaminationPurpose } from '../intake/index.ts';
import type { ElementAsked } from '../policies/index.ts';
import { checkDecision, type DecisionFacts } from './check-decision.ts';
import { datedConclusion, termCodes } from './decision-terms.ts';
import type { ConclusionContent, DecisionContent, DecisionTerm } from './decision.ts';
import { changedFields, decisionTyped, type DecisionTyped, readDecision } from './read-decision.ts';

const asked = (
  disability: ElementAsked,
  generalLoss: ElementAsked,
  professionalLoss: ElementAsked,
  programme: ElementAsked,
  injuredWorkerNeeds: ElementAsked,
) => ({ disability, generalLoss, professionalLoss, programme, injuredWorkerNeeds });

const FACTS: DecisionFacts = {
  purpose: 'disability-first',
  ageYears: 45,
  examinedOn: plainDate('2026-11-26'),
  terms: { months: [6, 12, 24, 60], childUntil: [7, 10, 14, 18], indefinite: true },
  elements: {
    'disability-first': asked('must', 'may', 'none', 'may', 'none'),
    'general-capacity-loss': asked('none', 'must', 'none', 'none', 'none'),
    'professional-capacity-loss': asked('none', 'none', 'must', 'none', 'may'),
    'rehabilitation-programme': asked('none', 'none', 'none', 'must', 'none'),
    'injured-worker-needs': asked('none', 'none', 'none', 'none', 'must'),
  },
};
const CHILD = { ...FACTS, ageYears: 8 };
const withPurpose = (purpose: ExaminationPurpose) => ({ ...FACTS, purpose });

const WHOLE: DecisionTyped = {
  kind: 'conclusion',
  'disability.outcome': 'group-2',
  'disability.cause': 'general-disease',
  'disability.term': 'months-12',
  diagnosis: 'Диагноз',
  reasons: 'Негіздеме',
};
const OF_CHILD: DecisionTyped = {
  ...WHOLE,
  'disability.outcome': 'child',
  'disability.cause': 'since-childhood',
  'disability.term': 'age-10',
};
const REFUSED: DecisionTyped = { kind: 'nonconformity', kinds: 'evidence', reasons: 'r' };
const NONE: DecisionTyped = { kind: 'conclusion', diagnosis: 'd', reasons: 'r' };

/** Problems as `field problem`, in the order told. */
function told(typed: DecisionTyped, facts = FACTS): string[] {
  const read = readDecision(typed, facts);
  return read.ok ? [] : read.refusal.map(({ field, problem }) => `${field} ${problem}`);
}

describe('PX-05, PX-30: a decision is held against the person’s age, the purpose and itself', () => {
  test.each<[string, DecisionTyped, DecisionFacts, string[]]>([
    ['a group for an adult', WHOLE, FACTS, []],
    ['a category for a child', OF_CHILD, CHILD, []],
    [
      'disability that is not established needs no cause and no term',
      { ...NONE, 'disability.outcome': 'not-established' },
      FACTS,
      [],
    ],
    ['nothing typed', {}, FACTS, ['kind required']],
    ['a kind nobody knows', { kind: 'x' }, FACTS, ['kind unknown']],
    ['no outcome', NONE, FACTS, ['disability.outcome required']],
    [
      'an outcome nobody knows',
      { ...WHOLE, 'disability.outcome': 'group-4' },
      FACTS,
      ['disability.outcome unknown'],
    ],
    ['a group for a child', WHOLE, CHILD, ['disability.outcome adults-only']],
    ['a group at seventeen', WHOLE, { ...FACTS, ageYears: 17 }, ['disability.outcome adults-only']],
    ['a group at eighteen', WHOLE, { ...FACTS, ageYears: 18 }, []],
    ['a category for an adult', OF_CHILD, FACTS, ['disability.outcome children-only']],
    ['a category at eighteen', OF_CHILD, { ...FACTS, ageYears: 18 }, ['disability.outcome children-only']],
    [
      'established without cause and term',
      { ...NONE, 'disability.outcome': 'group-1' },
      FACTS,
      ['disability.cause required', 'disability.term required'],
    ],
    [
      'not established with cause and term',
      { ...WHOLE, 'disability.outcome': 'not-established' },
      FACTS,
      ['disability.cause not-without-disability', 'disability.term not-without-disability'],
    ],
    [
      'a work injury of a child',
      { ...OF_CHILD, 'disability.cause': 'work-injury' },
      CHILD,
      ['disability.cause cause-of-child'],
    ],
    [
      'a term that is not listed',
      { ...WHOLE, 'disability.term': 'months-7' },
      FACTS,
      ['disability.term term-not-listed'],
    ],
    [
      'an age as the term of an adult',
      { ...WHOLE, 'disability.term': 'age-18' },
      FACTS,
      ['disability.term term-not-listed'],
    ],
    [
      'an age a child has reached',
      { ...OF_CHILD, 'disability.term': 'age-7' },
      CHILD,
      ['disability.term term-not-listed'],
    ],
    [
      'a child without a term',
      { ...OF_CHILD, 'disability.term': 'indefinite' },
      CHILD,
      ['disability.term term-not-listed'],
    ],
    ['an adult without a term', { ...WHOLE, 'disability.term': 'indefinite' }, FACTS, []],
    ['no diagnosis', { ...WHOLE, diagnosis: ' ' }, FACTS, ['diagnosis required']],
    ['no reasons', { ...WHOLE, reasons: '' }, FACTS, ['reasons required']],
    ['the longest reasons', { ...WHOLE, reasons: 'я'.repeat(6000) }, FACTS, []],
    ['longer reasons', { ...WHOLE, reasons: 'я'.repeat(6001) }, FACTS, ['reasons too-long']],
    ['a long diagnosis', { ...WHOLE, diagnosis: 'я'.repeat(2001) }, FACTS, ['diagnosis too-long']],
    [
      'disability where it is not in question',
      WHOLE,
      withPurpose('general-capacity-loss'),
      ['disability.outcome not-asked', 'generalLoss.percent required'],
    ],
    [
      'loss of general capacity beside disability',
      { ...WHOLE, 'generalLoss.percent': '60', 'generalLoss.term': 'months-24' },
      FACTS,
      [],
    ],
    [
      'loss of general capacity alone',
      { ...NONE, 'generalLoss.percent': '100 %', 'generalLoss.term': 'indefinite' },
      withPurpose('general-capacity-loss'),
      [],
    ],
    [
      'no loss at all is a degree, too',
      { ...NONE, 'generalLoss.percent': '0', 'generalLoss.term': 'months-6' },
      withPurpose('general-capacity-loss'),
      [],
    ],
    ...['101', '-1', '5.5', 'x', '1000'].map((percent): [string, DecisionTyped, DecisionFacts, string[]] => [
      `${percent} per cent`,
      { ...NONE, 'generalLoss.percent': percent, 'generalLoss.term': 'months-6' },
      withPurpose('general-capacity-loss'),
      ['generalLoss.percent percent'],
    ]),
    [
      'a percentage without its term',
      { ...WHOLE, 'generalLoss.percent': '60' },
      FACTS,
      ['generalLoss.term required'],
    ],
    [
      'a term without its percentage',
      { ...WHOLE, 'generalLoss.term': 'months-6' },
      FACTS,
      ['generalLoss.percent required'],
    ],
    [
      'loss of professional capacity where nobody asked',
      {
        ...WHOLE,
        'professionalLoss.percent': '30',
        'professionalLoss.cause': 'work-injury',
        'professionalLoss.term': 'months-12',
      },
      FACTS,
      ['professionalLoss.percent not-asked'],
    ],
    [
      'loss of professional capacity',
      {
        ...NONE,
        'professionalLoss.percent': '30',
        'professionalLoss.cause': 'occupational-disease',
        'professionalLoss.term': 'months-12',
      },
      withPurpose('professional-capacity-loss'),
      [],
    ],
    [
      'loss of professional capacity by an ordinary disease',
      {
        ...NONE,
        'professionalLoss.percent': '30',
        'professionalLoss.cause': 'general-disease',
        'professionalLoss.term': 'months-12',
      },
      withPurpose('professional-capacity-loss'),
      ['professionalLoss.cause cause-of-work'],
    ],
    [
      'loss of professional capacity, nothing else said',
      { ...NONE, 'professionalLoss.percent': '30' },
      withPurpose('professional-capacity-loss'),
      ['professionalLoss.cause required', 'professionalLoss.term required'],
    ],
    [
      'a programme beside disability',
      { ...WHOLE, 'programme.social': 'Протез\n\nКресло', 'programme.term': 'months-24' },
      FACTS,
      [],
    ],
    [
      'a programme without disability',
      {
        ...NONE,
        'disability.outcome': 'not-established',
        'programme.vocational': 'Оқыту',
        'programme.term': 'months-24',
      },
      FACTS,
      ['programme.social not-without-disability'],
    ],
    [
      'a programme by itself',
      { ...NONE, 'programme.vocational': 'Оқыту', 'programme.term': 'indefinite' },
      withPurpose('rehabilitation-programme'),
      [],
    ],
    [
      'a programme without a measure',
      { ...NONE, 'programme.term': 'indefinite' },
      withPurpose('rehabilitation-programme'),
      ['programme.social required'],
    ],
    [
      'a programme without a term',
      { ...NONE, 'programme.social': 'Протез' },
      withPurpose('rehabilitation-programme'),
      ['programme.term required'],
    ],
    ['no programme at all', NONE, withPurpose('rehabilitation-programme'), ['programme.social required']],
    [
      'too many measures',
      {
        ...NONE,
        'programme.social': Array.from({ length: 31 }, (_, index) => `m${index}`).join('\n'),
        'programme.term': 'indefinite',
      },
      withPurpose('rehabilitation-programme'),
      ['programme.social too-many'],
    ],
    [
      'a measure too long',
      { ...NONE, 'programme.social': 'я'.repeat(301), 'programme.term': 'indefinite' },
      withPurpose('rehabilitation-programme'),
      ['programme.social too-long'],
    ],
    ['needs of a worker', { ...NONE, injuredWorkerNeeds: 'Күтім' }, withPurpose('injured-worker-needs'), []],
    ['no needs of a worker', NONE, withPurpose('injured-worker-needs'), ['injuredWorkerNeeds required']],
    [
      'needs of a worker where nobody asked',
      { ...WHOLE, injuredWorkerNeeds: 'Күтім' },
      FACTS,
      ['injuredWorkerNeeds not-asked'],
    ],
    [
      'a purpose nobody has described asks for nothing',
      WHOLE,
      withPurpose('disability-cause'),
      ['disability.outcome not-asked'],
    ],
  ])('PX-30: %s', (_, typed, facts, problems) => {
    expect(told(typed, facts)).toEqual(problems);
  });

  test('PX-30: what was signed once is judged the same when it is read again', () => {
    for (const [typed, facts] of [
      [WHOLE, FACTS],
      [OF_CHILD, CHILD],
    ] as const) {
      const read = readDecision(typed, facts);
      if (!read.ok) throw new Error('unreadable');
      expect(checkDecision(JSON.parse(JSON.stringify(read.value)) as DecisionContent, facts)).toEqual([]);
    }
  });
});

describe('PX-31: a decision of nonconformity', () => {
  test.each<[string, DecisionTyped, string[]]>([
    ['one kind', REFUSED, []],
    ['all kinds', { ...REFUSED, kinds: 'evidence,purpose,diagnosis-not-listed' }, []],
    ['no kind', { ...REFUSED, kinds: '' }, ['kinds required']],
    ['a kind nobody knows', { ...REFUSED, kinds: 'evidence,x' }, ['kinds unknown']],
    ['no reasons', { ...REFUSED, reasons: '' }, ['reasons required']],
    ['what was typed of a conclusion does not count', { ...WHOLE, ...REFUSED }, []],
  ])('PX-31: %s', (_, typed, problems) => {
    expect(told(typed)).toEqual(problems);
  });

  test('PX-31: kinds stand in the order of the order, each once', () => {
    expect(readDecision({ ...REFUSED, kinds: 'evidence,diagnosis-not-listed,evidence' }, FACTS)).toEqual({
      ok: true,
      value: { kind: 'nonconformity', kinds: ['diagnosis-not-listed', 'evidence'], reasons: 'r' },
    });
  });
});

describe('Terms until re-examination', () => {
  test.each([
    [45, null, ['months-6', 'months-12', 'months-24', 'months-60', 'indefinite']],
    [0, 'child', ['months-6', 'months-12', 'months-24', 'months-60', 'age-7', 'age-10', 'age-14', 'age-18']],
    [8, 'child', ['months-6', 'months-12', 'months-24', 'months-60', 'age-10', 'age-14', 'age-18']],
    [16, 'child', ['months-6', 'months-12', 'months-24', 'age-18']],
    [17, 'child', ['months-6', 'months-12', 'age-18']],
  ] as const)('PX-30: at %i years, %s', (ageYears, outcome, codes) => {
    expect(termCodes({ ...FACTS, ageYears }, outcome)).toEqual(codes);
  });

  test('PX-30, PX-04: an age becomes a date only where the birth date is known, and childhood is the end', () => {
    const read = (code: string) => {
      const conclusion: ConclusionContent<DecisionTerm> = {
        disability: {
          outcome: 'child',
          cause: 'since-childhood',
          term: code === '' ? null : { kind: 'until-age', age: Number(code) },
        },
        generalLoss: null,
        professionalLoss: null,
        programme: { social: ['m'], vocational: [], term: { kind: 'until-age', age: 14 } },
        injuredWorkerNeeds: null,
        diagnosis: 'd',
        reasons: 'r',
      };
      return datedConclusion(conclusion, plainDate('2018-03-05'));
    };
    expect(read('10').disability.term).toEqual({ kind: 'until', until: '2028-03-04' });
    expect(read('10').programme?.term).toEqual({ kind: 'until', until: '2032-03-04' });
    expect(read('').disability.term).toBeNull();
    const late: ConclusionContent<DecisionTerm> = {
      ...read('10'),
      disability: {
        outcome: 'child',
        cause: 'since-childhood',
        term: { kind: 'until', until: plainDate('2040-01-01') },
      },
    };
    expect(datedConclusion(late, plainDate('2018-03-05')).disability.term).toEqual({
      kind: 'until',
      until: '2036-03-04',
    });
  });
});

describe('What was typed', () => {
  test('keeps the fields of a decision and nothing else', () => {
    expect(decisionTyped({ ...WHOLE, iin: '900101000001', kinds: 5, reasons: '' })).toEqual({
      kind: 'conclusion',
      'disability.outcome': 'group-2',
      'disability.cause': 'general-disease',
      'disability.term': 'months-12',
      diagnosis: 'Диагноз',
    });
  });

  test('X04: differences to the own earlier draft are named field by field', () => {
    expect(changedFields(WHOLE, { ...WHOLE, reasons: 'x', 'programme.social': 'm' })).toEqual([
      'programme.social',
      'reasons',
    ]);
    expect(changedFields(WHOLE, { ...WHOLE, reasons: ' Негіздеме ' })).toEqual([]);
  });
});
