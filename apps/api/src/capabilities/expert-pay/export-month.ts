import type { ExportPayInput, PayFile } from '@mse/contracts/expert-pay';
import { experts, persons, workActs } from '@mse/db/schema';
import { fullName } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { writeSheet } from '../../platform/sheet.ts';
import type { CallContext } from '../../trpc.ts';

/** PY-02: the register of accepted acts of a month for the accounts, as a spreadsheet without formulas. */
export async function exportMonth(
  call: CallContext,
  input: z.output<typeof ExportPayInput>,
): Promise<z.input<typeof PayFile>> {
  const { deps } = call;
  const t = translator(call.language);
  const rows = await deps.db
    .select({ act: workActs, expert: experts, person: persons })
    .from(workActs)
    .innerJoin(experts, eq(experts.id, workActs.expertId))
    .innerJoin(persons, eq(persons.id, experts.personId))
    .where(and(eq(workActs.month, input.month), eq(workActs.state, 'accepted')))
    .orderBy(asc(experts.code));
  const columns = [
    'number',
    'name',
    'iin',
    'bank',
    'bic',
    'iban',
    'tariff',
    'percent',
    'price',
    'services',
    'amount',
  ] as const;
  const file = await writeSheet(input.format, {
    title: input.month.slice(0, 7),
    headings: columns.map((column) => t(`expert-pay:column.${column}`)),
    rows: rows.map(({ act, person }) => [
      act.number,
      fullName(person),
      person.iin,
      act.account.bank,
      act.account.bic,
      act.account.iban,
      Number(act.line.tariff),
      Number(act.line.assessmentPercent),
      Number(act.line.unitPrice),
      act.line.services,
      Number(act.line.amount),
    ]),
  });
  for (const { act, person } of rows) call.seen(person.id, `work-act:${act.id}`);
  return { ...file, name: `acts-${input.month.slice(0, 7)}.${input.format}` };
}
