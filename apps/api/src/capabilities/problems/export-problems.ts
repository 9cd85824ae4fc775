import type { ExportProblemsInput } from '@mse/contracts/problems';
import type { SheetOutput } from '@mse/contracts/reporting';
import { problemEvents, problems } from '@mse/db/schema';
import { clockWords } from '@mse/domain/problems';
import { toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { writeSheet } from '../../platform/sheet.ts';
import type { CallContext } from '../../trpc.ts';
import { problemView } from './problem-view.ts';

/** EQ-17: the whole register as a file, with headings in the reader's language. */
export async function exportProblems(
  call: CallContext,
  { format }: z.output<typeof ExportProblemsInput>,
): Promise<z.input<typeof SheetOutput>> {
  const { deps, at, language } = call;
  const today = toBusinessDate(at);
  const t = translator(language);
  const [rows, sendings] = await Promise.all([
    deps.db.select().from(problems).orderBy(asc(problems.number)),
    deps.db
      .select({ problemId: problemEvents.problemId, note: problemEvents.note })
      .from(problemEvents)
      .where(eq(problemEvents.kind, 'sent'))
      .orderBy(asc(problemEvents.id)),
  ]);
  const notes = new Map(sendings.map(({ problemId, note }) => [problemId, note]));
  const { reference } = deps;
  const file = await writeSheet(format, {
    title: t('problems:title'),
    headings: [
      t('problems:number'),
      t('problems:detected-on'),
      t('problems:due-on'),
      t('problems:department'),
      t('problems:cause'),
      t('problems:text'),
      t('problems:state'),
      t('problems:sent-on'),
      t('problems:sending-note'),
    ],
    rows: rows.map((row) => {
      const view = problemView(row, reference, reference.calendar(), today);
      const { word, count } = clockWords(view.clock);
      return [
        view.number,
        formatDate(view.detectedOn),
        formatDate(view.dueOn),
        view.department?.name[language] ?? t('problems:no-department'),
        t(`problems:kind.${view.cause}`),
        view.cause === 'by-hand' ? view.text : t(`problems:finding.${view.cause}`, view.figures),
        t(`problems:clock.${word}`, count === undefined ? undefined : { count }),
        view.sentOn === null ? null : formatDate(view.sentOn),
        view.sentOn === null ? null : (notes.get(view.id) ?? null),
      ];
    }),
  });
  call.seen(null, `problems-file:${format}`);
  return { name: `problems-${today}.${format}`, ...file };
}
