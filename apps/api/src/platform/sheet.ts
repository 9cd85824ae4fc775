import { stringify } from 'csv-stringify/sync';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';

/** A table to be saved; a cell of null is empty. */
export interface Sheet {
  /** Name of the sheet in the workbook; at most 31 characters, none of `\ / ? * [ ] :`. */
  title: string;
  headings: string[];
  rows: (string | number | null)[][];
}

export interface SheetFile {
  contentType: string;
  /** Bytes in base64. */
  file: string;
}

/** Digits after the decimal sign in a file. */
const round = (value: number) => Math.round(value * 100) / 100;

/**
 * A table as a file for spreadsheets. CSV as they expect it in Kazakhstan: UTF-8 with its mark, semicolons, decimal commas; what a
 * spreadsheet could take for a formula gets an apostrophe before it. XLSX holds texts and numbers, never a formula.
 */
export async function writeSheet(format: 'csv' | 'xlsx', sheet: Sheet): Promise<SheetFile> {
  if (format === 'csv') {
    const text = stringify([sheet.headings, ...sheet.rows], {
      delimiter: ';',
      bom: true,
      record_delimiter: 'windows',
      escape_formulas: true,
      cast: { number: (value) => String(round(value)).replace('.', ',') },
    });
    return {
      contentType: 'text/csv; charset=utf-8; header=present',
      file: Buffer.from(text, 'utf8').toString('base64'),
    };
  }
  const data: SheetData = [
    sheet.headings.map((value) => ({ value, type: String, fontWeight: 'bold', wrap: true })),
    ...sheet.rows.map((row) =>
      row.map((value) =>
        value === null
          ? null
          : typeof value === 'number'
            ? { value: round(value), type: Number }
            : { value, type: String, wrap: value.length > 40 },
      ),
    ),
  ];
  const widths = sheet.headings.map((heading, column) => ({
    width: Math.min(
      50,
      Math.max(12, heading.length / 2, ...sheet.rows.map((row) => String(row[column] ?? '').length + 2)),
    ),
  }));
  const bytes = await writeExcelFile(data, {
    sheet: sheet.title,
    columns: widths,
    stickyRowsCount: 1,
  }).toBuffer();
  return {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    file: bytes.toString('base64'),
  };
}
