import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess, type AssessmentCounts, assessYear, hundredths, twoDecimals } from './assessment.ts';
import { ACT_EVENTS, ACT_STATES, decideAct, payFor } from './pay.ts';

const counts = (
  services: [number, number],
  firstInsured: [number, number] = [0, 0],
  repeatedLoss: [number, number] = [0, 0],
  programmes: [number, number] = [0, 0],
): AssessmentCounts => {
  const part = ([met, counted]: [number, number]) => ({ met, counted });
  return {
    services: part(services),
    firstInsured: part(firstInsured),
    repeatedLoss: part(repeatedLoss),
    programmes: part(programmes),
  };
};

describe('assessment', () => {
  test.each<[string, AssessmentCounts, string, number]>([
    ['the worked example of the rules', counts([36, 40], [9, 10], [0, 0], [18, 20]), '90.00', 3],
    ['services alone', counts([3, 4]), '75.00', 1],
    ['all four', counts([1, 1], [1, 2], [1, 3], [1, 4]), '52.08', 4],
    ['nothing met', counts([0, 7]), '0.00', 1],
    ['all met', counts([7, 7], [1, 1], [2, 2], [3, 3]), '100.00', 4],
    ['two thirds are rounded half up', counts([2, 3]), '66.67', 1],
    ['exactly half a hundredth goes up', counts([1, 800]), '0.13', 1],
  ])('AS-03: %s', (_, given, percent, shares) => {
    const assessment = assess(given);
    expect(assessment).toMatchObject({ percent, shares, method: 'mean-of-shares-1' });
  });

  test('AS-03: no cases means no assessment, not zero', () => {
    expect(assess(counts([0, 0]))).toBeNull();
  });

  test('AS-02: every part is a line of the explanation, those without cases say so', () => {
    expect(assess(counts([36, 40], [9, 10], [0, 0], [18, 20]))?.lines).toEqual([
      { part: 'services', counted: 40, met: 36, sharePercent: '90.00' },
      { part: 'firstInsured', counted: 10, met: 9, sharePercent: '90.00' },
      { part: 'repeatedLoss', counted: 0, met: 0, sharePercent: null },
      { part: 'programmes', counted: 20, met: 18, sharePercent: '90.00' },
    ]);
  });

  test('AS-03: counts that cannot be are a defect, not a percent', () => {
    expect(() => assess(counts([2, 1]))).toThrow();
    expect(() => assess(counts([-1, 1]))).toThrow();
    expect(() => assess(counts([0.5, 1]))).toThrow();
  });

  test('AS-03: always between nothing and a hundred percent, and within a hundredth of the same sum in floating point', () => {
    const part = fc
      .integer({ min: 0, max: 5000 })
      .chain((counted) =>
        fc.integer({ min: 0, max: counted }).map((met): [number, number] => [met, counted]),
      );
    fc.assert(
      fc.property(part, part, part, part, (one, two, three, four) => {
        const assessment = assess(counts(one, two, three, four));
        const entering = [one, two, three, four].filter(([, counted]) => counted > 0);
        if (entering.length === 0) return assessment === null;
        const expected =
          (entering.reduce((sum, [met, counted]) => sum + met / counted, 0) * 100) / entering.length;
        const percent = Number(assessment?.percent);
        return percent >= 0 && percent <= 100 && Math.abs(percent - expected) <= 0.005 + 1e-9;
      }),
    );
  });

  test('AS-07: the year is the mean of its signed months, a year without any has none', () => {
    expect(assessYear(['90.00', '80.00', '100.00'])).toBe('90.00');
    expect(assessYear(['66.67', '66.66'])).toBe('66.67');
    expect(assessYear([])).toBeNull();
  });
});

describe('pay', () => {
  test('PY-03, PY-04: the worked example of the rules', () => {
    expect(payFor({ tariff: '1000', assessmentPercent: '90.00', services: 40 })).toEqual({
      ok: true,
      value: {
        tariff: '1000.00',
        assessmentPercent: '90.00',
        unitPrice: '900.00',
        services: 40,
        amount: '36000.00',
      },
    });
  });

  test('PY-03: the unit price is rounded once, to the tiyn, half up', () => {
    const of = (tariff: string, assessmentPercent: string) => {
      const line = payFor({ tariff, assessmentPercent, services: 3 });
      return line.ok ? [line.value.unitPrice, line.value.amount] : line.refusal;
    };
    expect(of('1500.01', '66.67')).toEqual(['1000.06', '3000.18']);
    expect(of('0.01', '50.00')).toEqual(['0.01', '0.03']);
    expect(of('0.01', '49.99')).toEqual(['0.00', '0.00']);
  });

  test('PY-01, PY-03: each thing that is missing has its own refusal', () => {
    const basis = { tariff: '1000', assessmentPercent: '90.00', services: 4 };
    expect(payFor({ ...basis, tariff: null })).toEqual({ ok: false, refusal: 'no-tariff' });
    expect(payFor({ ...basis, assessmentPercent: null })).toEqual({
      ok: false,
      refusal: 'no-signed-assessment',
    });
    expect(payFor({ ...basis, services: 0 })).toEqual({ ok: false, refusal: 'no-services' });
  });

  test('PY-04: amounts add up to the tiyn, however many services there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 1, max: 5000 }),
        (tariff, percent, services) => {
          const text = (value: number) =>
            `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;
          const line = payFor({ tariff: text(tariff), assessmentPercent: text(percent), services });
          if (!line.ok) return false;
          return hundredths(line.value.amount) === hundredths(line.value.unitPrice) * BigInt(services);
        },
      ),
    );
  });

  test('PY-02: an act is signed, then accepted or returned; every other step is refused', () => {
    const ways = ACT_STATES.flatMap((state) =>
      ACT_EVENTS.flatMap((event) => {
        const next = decideAct(state, event);
        return next.ok ? [`${state} ${event} ${next.value}`] : [];
      }),
    );
    expect(ways).toEqual(['formed sign signed', 'signed return returned', 'signed accept accepted']);
  });

  test('decimals with more than two places, signs or words are no money', () => {
    for (const text of ['1.234', '-1', '', 'x', '1,5', '.5']) expect(() => hundredths(text)).toThrow();
    expect(twoDecimals(1n, 3n)).toBe('0.33');
  });
});
