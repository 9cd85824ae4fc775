import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXPERT_KINDS, type PolicyRow } from '../policies/index.ts';
import { plainDate } from '../shared/index.ts';
import {
  type CaseToDeal,
  drawNumbers,
  explainDealing,
  type Panels,
  panelsOn,
  type PresentExpert,
} from './deal.ts';

const PANELS: Panels = {
  ordinary: [['department-head'], ['chief-specialist'], ['independent']],
  special: [['department-head']],
};
const LATE: Panels = {
  ordinary: [['department-head'], ['chief-specialist'], ['department-head', 'chief-specialist']],
  special: [['department-head']],
};

const expert = (id: string, changes: Partial<PresentExpert> = {}): PresentExpert => ({
  id,
  kind: 'department-head',
  regionCode: '35',
  open: 0,
  lastAt: null,
  remaining: 20,
  groups: ['oncology'],
  ...changes,
});
const special = (id: string, changes: Partial<CaseToDeal> = {}): CaseToDeal => ({
  id,
  regionCode: '11',
  group: 'oncology',
  track: 'special',
  taken: [],
  before: [],
  ...changes,
});
const deal = (experts: PresentExpert[], cases: CaseToDeal[], panels = PANELS, seed = 1) =>
  explainDealing({ panels, seed, limit: 10_000, experts, cases });
const holder = (experts: PresentExpert[], changes: Partial<CaseToDeal> = {}) =>
  deal(experts, [special('case', changes)]).picks[0]?.expertId ?? null;

describe('who gets a case', () => {
  test('PX-11: never an expert of the region of the case', () => {
    expect(holder([expert('a', { regionCode: '11' })])).toBeNull();
    expect(holder([expert('a', { regionCode: '11' }), expert('b', { open: 9 })])).toBe('b');
  });

  test('PX-15: entered for the form, not on this act before, below the cap of the day', () => {
    expect(holder([expert('a', { groups: ['tuberculosis'] })])).toBeNull();
    expect(holder([expert('a')], { before: ['a'] })).toBeNull();
    expect(holder([expert('a', { remaining: 0 })])).toBeNull();
  });

  test('PX-15: the fewest open parts, then the longest pause, then the lower number drawn', () => {
    expect(holder([expert('a', { open: 2 }), expert('b', { open: 1, lastAt: 9 })])).toBe('b');
    expect(holder([expert('a', { lastAt: 5 }), expert('b', { lastAt: 3 })])).toBe('b');
    expect(holder([expert('a', { lastAt: 5 }), expert('b')])).toBe('b');
    const [first = 0, second = 0] = drawNumbers(1, 2);
    expect(holder([expert('a'), expert('b')])).toBe(first < second ? 'a' : 'b');
    const chosen = new Set(
      Array.from(
        { length: 40 },
        (_, seed) =>
          deal([expert('a'), expert('b')], [special('case')], PANELS, seed * 7919 + 1).picks[0]?.expertId,
      ),
    );
    expect([...chosen].sort()).toEqual(['a', 'b']);
  });

  test('PX-12, PX-16: all seats of a case or none; it keeps its place and those behind it are dealt', () => {
    const experts = [expert('h'), expert('c', { kind: 'chief-specialist' })];
    const result = deal(experts, [special('one', { track: 'ordinary' }), special('two')]);
    expect(result).toMatchObject({ dealt: ['two'], unfit: ['one'] });
  });

  test('PX-14: after the last day of independent experts the third seat takes a second member of staff, never the same person', () => {
    const experts = [expert('h'), expert('c', { kind: 'chief-specialist' })];
    expect(deal(experts, [special('one', { track: 'ordinary' })], LATE).dealt).toEqual([]);
    const third = deal(
      [...experts, expert('h2', { open: 3 })],
      [special('one', { track: 'ordinary' })],
      LATE,
    );
    expect(third.picks.map(({ seat, expertId }) => [seat, expertId])).toEqual([
      [1, 'h'],
      [2, 'c'],
      [3, 'h2'],
    ]);
  });

  test('PX-17: of a case with a history only the vacant seats are dealt', () => {
    const result = deal(
      [expert('h2')],
      [special('one', { track: 'ordinary', taken: [2, 3], before: ['h', 'c', 'i'] })],
    );
    expect(result.picks.map(({ seat, expertId }) => [seat, expertId])).toEqual([[1, 'h2']]);
  });
});

describe('panels of a day', () => {
  const row = (key: string, value: unknown): PolicyRow => ({
    key,
    validFrom: plainDate('2025-01-01'),
    value,
    basis: 'test',
    assumed: true,
  });
  const policies = [
    row('dealing.panel', PANELS),
    row('dealing.panel-late', LATE),
    row('dealing.independent-until', '11-30'),
  ];
  test.each([
    ['2026-01-01', PANELS],
    ['2026-11-30', PANELS],
    ['2026-12-01', LATE],
    ['2026-12-31', LATE],
    ['2027-01-01', PANELS],
  ])('PX-13, PX-14: %s', (day, panels) => {
    expect(panelsOn(policies, plainDate(day))).toEqual(panels);
  });
});

describe('fairness', () => {
  const regions = ['11', '35', '75'];
  const groups = ['oncology', 'tuberculosis'];
  const experts = fc
    .array(
      fc.record({
        kind: fc.constantFrom(...EXPERT_KINDS),
        regionCode: fc.constantFrom(...regions),
        open: fc.nat(6),
        lastAt: fc.option(fc.nat(5)),
        groups: fc.constantFrom(groups, groups.slice(0, 1), groups.slice(1)),
        remaining: fc.constantFrom(3, 10_000, 10_000, 10_000),
      }),
      { minLength: 3, maxLength: 30 },
    )
    .map((all) => all.map((each, index) => ({ ...each, id: `e${String(index).padStart(2, '0')}` })));
  const cases = fc
    .array(
      fc.record({
        regionCode: fc.constantFrom(...regions),
        group: fc.constantFrom(...groups),
        track: fc.constantFrom('ordinary' as const, 'special' as const),
      }),
      { maxLength: 60 },
    )
    .map((all) => all.map((each, index) => ({ ...each, id: `c${index}`, taken: [], before: [] })));

  test('PX-15: experts who may hold the same cases differ by at most one open part, or by no more than before', () => {
    fc.assert(
      fc.property(
        experts,
        cases,
        fc.constantFrom(PANELS, LATE),
        fc.integer({ min: 1, max: 2_147_483_646 }),
        (all, batch, panels, seed) => {
          const { picks } = deal(all, batch, panels, seed);
          const given = (id: string) => picks.filter(({ expertId }) => expertId === id).length;
          const alike = Map.groupBy(
            all.filter(({ id, remaining }) => given(id) < remaining),
            (each) => `${each.kind} ${each.regionCode} ${each.groups.join()}`,
          );
          for (const equals of alike.values())
            for (const one of equals)
              for (const other of equals) {
                const before = one.open - other.open;
                const after = one.open + given(one.id) - other.open - given(other.id);
                expect(Math.abs(after)).toBeLessThanOrEqual(Math.max(1, Math.abs(before)));
              }
        },
      ),
      { numRuns: 2000 },
    );
  }, 60_000);

  test('PX-11, PX-12, PX-15: no own region, no two seats of one act, no cap exceeded, all seats or none', () => {
    fc.assert(
      fc.property(experts, cases, fc.constantFrom(PANELS, LATE), (all, batch, panels) => {
        const { picks, dealt, unfit } = deal(all, batch, panels);
        expect(dealt.length + unfit.length).toBe(batch.length);
        for (const each of batch) {
          const own = picks.filter(({ caseId }) => caseId === each.id);
          const holders = own.map(({ expertId }) => all.find(({ id }) => id === expertId));
          expect(own.length).toBe(dealt.includes(each.id) ? panels[each.track].length : 0);
          expect(new Set(holders).size).toBe(own.length);
          for (const [index, one] of holders.entries()) {
            expect(one?.regionCode).not.toBe(each.regionCode);
            expect(one?.groups).toContain(each.group);
            expect(panels[each.track][(own[index]?.seat ?? 0) - 1]).toContain(one?.kind);
          }
        }
        for (const one of all)
          expect(picks.filter(({ expertId }) => expertId === one.id).length).toBeLessThanOrEqual(
            one.remaining,
          );
      }),
      { numRuns: 1000 },
    );
  }, 60_000);
});
