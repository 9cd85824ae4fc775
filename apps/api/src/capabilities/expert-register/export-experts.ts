import type { ExportExpertsInput, ExportExpertsOutput } from '@mse/contracts/expert-register';
import { toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import type { z } from 'zod';
import { writeSheet } from '../../platform/sheet.ts';
import type { CallContext } from '../../trpc.ts';
import { findExperts } from './find-experts.ts';
import { namesOfRegister } from './list-experts.ts';
import { registerPolicies } from './register-policies.ts';

/** Most rows of one file; the whole register of the country is a few thousand. */
const MAX_ROWS = 20_000;

const COLUMNS = [
  'code',
  'surname',
  'name',
  'patronymic',
  'kind',
  'region',
  'groups',
  'entered',
  'excluded',
  'here',
  'open',
] as const;

/**
 * R05: the register as the filters show it, as CSV or XLSX, in the language of the page. Every cell is text or a number: nothing in the file is
 * a formula, and in CSV what a spreadsheet could take for one gets an apostrophe before it. Every person of the file leaves an audit row.
 */
export async function exportExperts(
  call: CallContext,
  { format, ...filter }: z.output<typeof ExportExpertsInput>,
): Promise<z.input<typeof ExportExpertsOutput>> {
  const { deps, language } = call;
  const t = translator(language);
  const today = toBusinessDate(call.at);
  const { dailyCap } = registerPolicies(deps, today);
  const rows = await findExperts(deps.db, filter, { today, dailyCap }, { limit: MAX_ROWS, offset: 0 });
  const names = namesOfRegister(deps);
  for (const row of rows) call.seen(row.person_id, `expert:${row.id}`);
  if (rows.length === 0) call.seen(null, 'register:export');
  const groupNames = new Map(names.groups.map(({ code, name }) => [code, name[language]]));
  const regionNames = new Map(names.regions.map(({ code, name }) => [code, name[language]]));
  const heading = COLUMNS.map((column) => t(`expert-register:export.${column}`));
  const records = rows.map((row): (string | number)[] => [
    row.code,
    row.surname,
    row.name,
    row.patronymic ?? '',
    t(`expert-register:kind.${row.kind}`),
    regionNames.get(row.region_code) ?? row.region_code,
    row.groups.map((code) => groupNames.get(code) ?? code).join('; '),
    formatDate(row.entered_on),
    row.excluded_on === null ? '' : formatDate(row.excluded_on),
    t(`expert-register:presence.${row.here ? 'here' : 'away'}`),
    row.open_parts,
  ]);
  const sheet = { title: t('expert-register:export.title'), headings: heading, rows: records };
  const { file } = await writeSheet(format, sheet);
  return { name: `register-${today}.${format}`, base64: file };
}
