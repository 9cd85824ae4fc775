import { expect, test } from 'vitest';
import { militaryBodyRows } from '../src/reference-rows.ts';

test('PX-55: every unit a department serves has one military body; some take messages, some get lists', () => {
  const name = { kk: 'Ақкөл', ru: 'Акколь', en: 'Akkol' };
  const unit = (code: string) => ({ code, regionCode: '11', parentCode: null, name });
  const serves = (unitCode: string) => ({
    unitCode,
    departmentId: '018f0000-0000-7000-8000-000000000001',
    validFrom: '2025-11-22' as never,
  });
  let count = 0;
  const bodies = militaryBodyRows(
    {
      units: ['111010000', '113220100', '750000000'].map(unit),
      unitDepartments: ['111010000', '113220100', '111010000'].map(serves),
    },
    () => `id-${(count += 1)}`,
  );
  expect(bodies.map(({ unitCode, interacts }) => [unitCode, interacts])).toEqual([
    ['111010000', true],
    ['113220100', false],
  ]);
  expect(bodies[0]?.name).toMatchObject({ kk: 'Ақкөл: қорғаныс істері жөніндегі бөлім' });
});
