import { describe, expect, test } from 'vitest';
import type { ConclusionContent, DisabilityCause, DisabilityOutcome, Term } from '../examination/index.ts';
import { DISABILITY_CAUSES, DISABILITY_OUTCOMES } from '../examination/index.ts';
import { EXAMINATION_PURPOSES, type ExaminationPurpose } from '../intake/index.ts';
import { plainDate } from '../shared/index.ts';
import {
  actNumber,
  BENEFITS,
  DOCUMENT_KINDS,
  documentNumber,
  documentsOf,
  documentState,
  handedOverParts,
  isToldToMilitaryBody,
  matterOf,
  offeredBenefits,
  plainOutcome,
  replacedKinds,
  reportedPart,
} from './index.ts';

const until: Term = { kind: 'until', until: plainDate('2027-11-30') };
const later: Term = { kind: 'until', until: plainDate('2028-11-30') };

function conclusion(changes: Partial<ConclusionContent> = {}): ConclusionContent {
  return {
    disability: { outcome: 'group-2', cause: 'general-disease', term: until },
    generalLoss: null,
    professionalLoss: null,
    programme: null,
    injuredWorkerNeeds: null,
    diagnosis: 'diagnosis',
    reasons: 'reasons',
    ...changes,
  };
}
const notEstablished = { outcome: 'not-established', cause: null, term: null } as const;
const programme = { social: ['wheelchair'], vocational: ['retraining'], term: later };
const professionalLoss = { percent: 40, cause: 'work-injury', term: later } as const;
const disability = (outcome: DisabilityOutcome, cause: DisabilityCause) => ({ outcome, cause, term: until });

describe('Documents that follow from a conclusion', () => {
  test.each<[string, Partial<ConclusionContent>, ExaminationPurpose, string[]]>([
    ['PX-53: a group brings the certificate', {}, 'disability-first', ['disability-certificate']],
    [
      'PX-53: a child too',
      { disability: disability('child', 'since-childhood') },
      'disability-repeated',
      ['disability-certificate'],
    ],
    [
      'PX-53: a programme brings an extract of each part',
      { programme },
      'disability-first',
      ['disability-certificate', 'social-part-extract', 'vocational-part-extract'],
    ],
    [
      'PX-53: a part without measures brings none',
      { programme: { ...programme, vocational: [] } },
      'disability-first',
      ['disability-certificate', 'social-part-extract'],
    ],
    [
      'PX-53: a work injury brings the parts whole',
      { programme, disability: disability('group-3', 'work-injury') },
      'disability-cause',
      ['disability-certificate', 'social-part', 'vocational-part'],
    ],
    [
      'PX-53: an occupational disease too',
      { programme, disability: disability('group-3', 'occupational-disease') },
      'disability-first',
      ['disability-certificate', 'social-part', 'vocational-part'],
    ],
    [
      'PX-53: the cause of the loss of professional capacity counts where there is no group',
      { disability: notEstablished, programme, professionalLoss },
      'professional-capacity-loss',
      ['social-part', 'vocational-part', 'professional-loss-certificate', 'professional-loss-extract'],
    ],
    [
      'PX-53: a degree of general loss brings its certificate',
      { disability: notEstablished, generalLoss: { percent: 60, term: until } },
      'general-capacity-loss',
      ['general-loss-certificate'],
    ],
    [
      'PX-53: needs of an injured worker bring their conclusion',
      { disability: notEstablished, professionalLoss, injuredWorkerNeeds: ['care'] },
      'injured-worker-needs',
      ['professional-loss-certificate', 'professional-loss-extract', 'injured-worker-need'],
    ],
    [
      'PX-53: not recognised at the first examination: the notification of the conclusion',
      { disability: notEstablished },
      'disability-first',
      ['conclusion-notification'],
    ],
    [
      'PX-53: not recognised at a repeated examination: the notice',
      { disability: notEstablished },
      'disability-repeated',
      ['not-established-notice'],
    ],
    [
      'PX-53: not recognised at a change of cause: the notice',
      { disability: notEstablished },
      'disability-cause',
      ['not-established-notice'],
    ],
    [
      'PX-53: a degree and no group at the first examination: both papers',
      { disability: notEstablished, generalLoss: { percent: 30, term: until } },
      'disability-first',
      ['general-loss-certificate', 'conclusion-notification'],
    ],
    [
      'PX-53: an answer without any finding still is a paper',
      { disability: notEstablished, injuredWorkerNeeds: [] },
      'injured-worker-needs',
      ['conclusion-notification'],
    ],
  ])('%s', (_sentence, changes, purpose, kinds) => {
    expect(documentsOf(conclusion(changes), purpose).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('PX-53: each document ends with the term of its own matter, or has none', () => {
    const plans = documentsOf(
      conclusion({ programme, generalLoss: { percent: 60, term: { kind: 'indefinite' } } }),
      'disability-first',
    );
    expect(Object.fromEntries(plans.map(({ kind, validUntil }) => [kind, validUntil]))).toEqual({
      'disability-certificate': '2027-11-30',
      'social-part-extract': '2028-11-30',
      'vocational-part-extract': '2028-11-30',
      'general-loss-certificate': null,
    });
  });

  test('PX-53: every conclusion of every purpose has a document, each kind once, and every kind is reached', () => {
    const reached = new Set<string>();
    for (const purpose of EXAMINATION_PURPOSES)
      for (const outcome of DISABILITY_OUTCOMES)
        for (const cause of DISABILITY_CAUSES)
          for (const bits of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]) {
            const plans = documentsOf(
              conclusion({
                disability: outcome === 'not-established' ? notEstablished : disability(outcome, cause),
                programme: bits & 1 ? programme : null,
                generalLoss: bits & 2 ? { percent: 50, term: until } : null,
                professionalLoss: bits & 4 ? { ...professionalLoss, cause } : null,
                injuredWorkerNeeds: bits & 8 ? ['care'] : null,
              }),
              purpose,
            );
            const kinds = plans.map(({ kind }) => kind);
            expect(kinds.length).toBeGreaterThan(0);
            expect(new Set(kinds).size).toBe(kinds.length);
            for (const kind of kinds) reached.add(kind);
          }
    expect([...reached].sort()).toEqual([...DOCUMENT_KINDS].sort());
  });

  test('C35: a new paper of a matter takes the place of the older ones of that matter only', () => {
    expect(replacedKinds(['not-established-notice'])).toEqual([
      'disability-certificate',
      'not-established-notice',
      'conclusion-notification',
    ]);
    expect(replacedKinds(['social-part'])).toEqual(['social-part-extract', 'social-part']);
    for (const kind of DOCUMENT_KINDS) expect(replacedKinds([kind])).toContain(kind);
    expect(new Set(DOCUMENT_KINDS.map(matterOf)).size).toBe(6);
  });

  test.each([
    ['2027-11-30', null, 'valid'],
    ['2027-12-01', null, 'expired'],
    ['2027-11-30', new Date('2027-01-01T00:00:00Z'), 'void'],
  ])('C35: on %s the document is what it should be (%#)', (today, voidedAt, state) => {
    expect(documentState({ validUntil: plainDate('2027-11-30'), voidedAt }, plainDate(today))).toBe(state);
  });

  test('PX-53: numbers name region, department, year and place, and the paper of the act', () => {
    const act = actNumber({ regionCode: '11', departmentNumber: 1, year: 2026, sequence: 123 });
    expect(act).toBe('11-01-2026-000123');
    expect(documentNumber(act, 2)).toBe('11-01-2026-000123/2');
    expect(actNumber({ regionCode: '75', departmentNumber: null, year: 2026, sequence: 1 })).toBe(
      '75-00-2026-000001',
    );
  });
});

describe('What is told of a conclusion', () => {
  test.each<[DisabilityOutcome, ExaminationPurpose, string]>([
    ['group-1', 'disability-first', 'established'],
    ['child', 'rehabilitation-programme', 'established'],
    ['not-established', 'disability-first', 'not-established'],
    ['not-established', 'disability-repeated', 'not-established'],
    ['not-established', 'general-capacity-loss', 'decided'],
    ['not-established', 'injured-worker-needs', 'decided'],
  ])('PX-38: %s asked by %s is %s in a message', (outcome, purpose, word) => {
    expect(
      plainOutcome(conclusion({ disability: { ...disability('group-1', 'ecological'), outcome } }), purpose),
    ).toBe(word);
  });

  test.each<[DisabilityOutcome, ExaminationPurpose, boolean, string[]]>([
    [
      'group-1',
      'disability-first',
      false,
      ['state-social-benefit', 'special-state-benefit', 'first-group-care-benefit'],
    ],
    [
      'child',
      'disability-first',
      false,
      ['state-social-benefit', 'special-state-benefit', 'raising-child-benefit'],
    ],
    [
      'group-3',
      'disability-first',
      true,
      ['state-social-benefit', 'special-state-benefit', 'capacity-loss-payment'],
    ],
  ])(
    'PX-57: on first disability all five are offered, and the fitting ones are known (%s)',
    (outcome, purpose, loss, fitting) => {
      const offered = offeredBenefits(
        conclusion({
          disability: disability(outcome, 'general-disease'),
          generalLoss: loss ? { percent: 60, term: until } : null,
        }),
        purpose,
      );
      expect(offered.map(({ benefit }) => benefit)).toEqual([...BENEFITS]);
      expect(offered.filter(({ fits }) => fits).map(({ benefit }) => benefit)).toEqual(fitting);
    },
  );

  test('PX-57: nothing is offered at a repeated examination, or when disability is not established', () => {
    expect(offeredBenefits(conclusion(), 'disability-repeated')).toEqual([]);
    expect(offeredBenefits(conclusion({ disability: notEstablished }), 'disability-first')).toEqual([]);
  });

  test('PX-54: only parts with measures are handed over', () => {
    expect(handedOverParts(conclusion({ programme }))).toEqual(['social', 'vocational']);
    expect(handedOverParts(conclusion({ programme: { ...programme, social: [] } }))).toEqual(['vocational']);
    expect(handedOverParts(conclusion())).toEqual([]);
  });

  test('PX-55: the military body hears of who is liable for service and found disabled', () => {
    expect(isToldToMilitaryBody(conclusion(), true)).toBe(true);
    expect(isToldToMilitaryBody(conclusion(), false)).toBe(false);
    expect(isToldToMilitaryBody(conclusion({ disability: notEstablished }), true)).toBe(false);
  });

  test('PX-56: each source reports of its own part', () => {
    expect([reportedPart('e-sobes'), reportedPart('labour-market'), reportedPart('department')]).toEqual([
      'social',
      'vocational',
      'employer',
    ]);
  });
});
