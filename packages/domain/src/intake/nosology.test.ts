import { describe, expect, test } from 'vitest';
import { plainDate } from '../shared/index.ts';
import {
  caseTrackOf,
  examinationsOf,
  type MandatoryExamination,
  normaliseIcd10,
  type NosologyCode,
  nosologyOf,
} from './nosology.ts';

const day = plainDate('2026-11-23');
const since = plainDate('2025-06-22');
const line = (icdPrefix: string, groupCode: string, changes: Partial<NosologyCode> = {}): NosologyCode => ({
  icdPrefix,
  groupCode,
  exact: false,
  fromAge: null,
  untilAge: null,
  validFrom: since,
  validUntil: null,
  ...changes,
});

describe('codes of ICD-10', () => {
  test.each([
    ['S48', 'S48'],
    [' s48.1 ', 'S48.1'],
    ['Т05.9', 'T05.9'],
    ['С50,9', 'C50.9'],
    ['Q713', 'Q71.3'],
    ['A17.0+', 'A17.0'],
    ['E10.21', 'E10.21'],
  ])('SN, F013: %s is read as %s (Cyrillic letters, commas and case do not matter)', (given, read) => {
    expect(normaliseIcd10(given)).toBe(read);
  });

  test.each(['', 'S4', '48.1', 'SS8', 'S48.1.2', 'S48.123', 'ампутация'])(
    'F013: "%s" is no code',
    (given) => {
      expect(normaliseIcd10(given)).toBeNull();
    },
  );
});

describe('the nosological form of a diagnosis', () => {
  const codes = [
    line('Q71', 'anatomical-defects'),
    line('Q71.0', 'limb-defects'),
    line('S98', 'limb-defects', { exact: true }),
    line('S98.0', 'limb-defects'),
    line('E76', 'mucopolysaccharidosis-children', { untilAge: 17 }),
    line('F', 'mental-disorders'),
    line('A15', 'tuberculosis', { validFrom: plainDate('2026-12-01') }),
    line('G91', 'hydrocephalus', { validUntil: plainDate('2026-11-22') }),
  ];
  test.each([
    ['Q71.0', 40, 'limb-defects', 'the more exact line wins'],
    ['Q71.8', 40, 'anatomical-defects', 'what only the wider line covers'],
    ['S98', 40, 'limb-defects', 'the very code'],
    ['S98.4', 40, null, 'a code beside those the order lists'],
    ['E76.1', 17, 'mucopolysaccharidosis-children', 'the last year of childhood'],
    ['E76.1', 18, null, 'the eighteenth birthday'],
    ['F20.0', 30, 'mental-disorders', 'a chapter'],
    ['A15.0', 30, null, 'a line that has not begun'],
    ['G91.1', 30, null, 'a line that ended yesterday'],
    ['I69.3', 60, null, 'a diagnosis of no line'],
    ['диагноз', 60, null, 'no code at all'],
  ])('PX-06, SN, F013: %s at %i is %s (%s)', (icd10, age, expected, _why) => {
    expect(nosologyOf(codes, icd10, age, day)).toBe(expected);
  });
});

describe('mandatory examinations', () => {
  const row = (
    groupCode: string | null,
    examinationCode: string,
    condition: MandatoryExamination['condition'],
    changes: Partial<MandatoryExamination> = {},
  ): MandatoryExamination => ({
    groupCode,
    examinationCode,
    condition,
    validFrom: since,
    validUntil: null,
    ...changes,
  });
  const rows = [
    row('limb-defects', 'inpatient-extract', 'always'),
    row('limb-defects', 'inpatient-card-insert-10', 'surgical-amputation'),
    row('down-syndrome', 'karyotype', 'diagnosis-set'),
    row('down-syndrome', 'patient-card-extract', 'if-any'),
    row('limb-defects', 'limb-x-ray', 'always', { validUntil: plainDate('2026-11-22') }),
    row(null, 'additional-examination', 'by-indication'),
  ];
  const nothing = { surgicalAmputation: false, diagnosisSet: false, treated: false };

  test('SN-01: each condition asks for its examination, and an indication never does', () => {
    expect(examinationsOf(rows, 'limb-defects', nothing, day)).toEqual([
      { code: 'inpatient-extract', required: true },
      { code: 'inpatient-card-insert-10', required: false },
      { code: 'additional-examination', required: false },
    ]);
    expect(
      examinationsOf(rows, 'limb-defects', { ...nothing, surgicalAmputation: true }, day).filter(
        ({ required }) => required,
      ),
    ).toHaveLength(2);
    expect(
      examinationsOf(rows, 'down-syndrome', { ...nothing, diagnosisSet: true, treated: true }, day),
    ).toEqual([
      { code: 'karyotype', required: true },
      { code: 'patient-card-extract', required: true },
      { code: 'additional-examination', required: false },
    ]);
    expect(examinationsOf(rows, 'oncology', nothing, day)).toEqual([
      { code: 'additional-examination', required: false },
    ]);
  });
});

describe('the special mechanism', () => {
  const mechanism = [
    { regions: ['11', '55'], systems: null },
    { regions: null, systems: ['damu'] },
  ];
  test.each([
    [true, '11', null, 'special', 'a region of the first rows with any system'],
    [true, '71', 'damu', 'special', 'another region with a system that has begun'],
    [true, '71', 'avicenna', 'ordinary', 'another region with a system that has not begun'],
    [true, '71', null, 'ordinary', 'another region without a known system'],
    [false, '11', 'damu', 'ordinary', 'a form that is not special'],
  ])('GV-05, SN-05: special %s, region %s, system %s: %s (%s)', (special, region, system, expected, _why) => {
    expect(caseTrackOf(special, mechanism, region, system)).toBe(expected);
    expect(caseTrackOf(special, [], region, system)).toBe('ordinary');
  });
});
