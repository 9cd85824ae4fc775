import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { writeSheet } from './sheet.ts';

const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|calc!A1'];
const sheet = {
  title: 'Есеп',
  headings: ['Қайда', 'Үлес, %'],
  rows: [['№ 1 бөлім', 12.345], ['«a»;"b"', null], ...FORMULAS.map((text) => [text, 0] as [string, number])],
};
const bytesOf = async (format: 'csv' | 'xlsx') =>
  Buffer.from((await writeSheet(format, sheet)).file, 'base64');

describe('tables to be saved', () => {
  it('K10: CSV has the mark of UTF-8, semicolons, decimal commas and Windows line ends', async () => {
    const text = (await bytesOf('csv')).toString('utf8');
    expect(text.startsWith('\uFEFFҚайда;Үлес, %\r\n№ 1 бөлім;12,35\r\n"«a»;""b""";\r\n')).toBe(true);
    expect((await writeSheet('csv', sheet)).contentType).toContain('text/csv');
  });

  it('T08: no cell of a CSV begins with what a spreadsheet takes for a formula', async () => {
    const text = (await bytesOf('csv')).toString('utf8');
    for (const formula of FORMULAS) expect(text).toContain(`'${formula}`);
    expect(text).not.toMatch(/(^|[;\n])"?[=+\-@\t\r](?!\n)/);
  });

  it('T08: an XLSX holds texts and numbers and not a single formula', async () => {
    const files = unzipSync(new Uint8Array(await bytesOf('xlsx')));
    const page = Buffer.from(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array()).toString('utf8');
    const whole = Object.values(files)
      .map((file) => Buffer.from(file).toString('utf8'))
      .join('\n');
    expect(page).not.toMatch(/<f[\s>/]/);
    expect(page).toContain('12.35');
    for (const text of ['№ 1 бөлім', '=1+1', '@SUM(A1)']) expect(whole).toContain(text);
    expect(Object.keys(files)).not.toContain('xl/vbaProject.bin');
  });
});
