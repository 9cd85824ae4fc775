import type { MonitoringInput } from '@mse/contracts/expert-monitoring';
import type { PayFile } from '@mse/contracts/expert-pay';
import { translator } from '@mse/i18n';
import { formatDateTime } from '@mse/i18n/format';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { renderPdf } from '../documents/render-pdf.ts';
import { expertsOfMonth } from './experts-of-month.ts';

/** The monthly report as Typst: what waits, forms and experts, everybody's month against the average. Heads of tables repeat on every page. */
const TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.lang, region: "KZ", font: "Noto Sans", size: 9.5pt)
#set page(paper: "a4", margin: 1.8cm, footer: context text(fill: luma(60))[#data.title #h(1fr) #counter(page).display("1 / 1", both: true)])
#set par(leading: 0.6em, spacing: 0.8em)
#set table(stroke: 0.5pt + luma(90), inset: 4pt)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11pt)
#show table.cell.where(y: 0): set text(weight: "bold")
= #data.title
#data.subtitle
== #data.now.title
#list(..data.now.lines)
#for part in data.tables [
  == #part.title
  #if part.lead != "" [#part.lead]
  #table(
    columns: part.widths.map(width => width * 1fr),
    table.header(..part.columns),
    ..part.cells.flatten(),
  )
]
`;

/**
 * RG-25, R01: the monthly report of the register's monitoring as tagged PDF in Kazakh or Russian (English readers get the Russian one). Like the
 * page it names experts by their codes and nobody examined, and hides shares of few cases.
 */
export async function monthPdf(
  call: CallContext,
  input: z.output<typeof MonitoringInput>,
): Promise<z.input<typeof PayFile>> {
  const report = await expertsOfMonth(call, input);
  const language = call.language === 'kk' ? 'kk' : 'ru';
  const t = translator(language);
  const month = `${report.month.slice(5, 7)}.${report.month.slice(0, 4)}`;
  const share = (value: number | null) =>
    value === null
      ? t('expert-monitoring:hidden')
      : t('expert-monitoring:percent', { value: String(value).replace('.', ',') });
  const { now } = report;
  const since = now.waitingSince
    ? `, ${t('expert-monitoring:since', { at: formatDateTime(now.waitingSince) })}`
    : '';
  const pdf = renderPdf(
    TEMPLATE,
    {
      title: t('expert-monitoring:report.title', { month }),
      subtitle: t('expert-monitoring:report.made', { at: formatDateTime(call.at) }),
      now: {
        title: t('expert-monitoring:report.now'),
        lines: [
          `${t('expert-monitoring:waiting')}: ${now.waiting}${since}`,
          `${t('expert-monitoring:open')}: ${now.openParts}`,
          `${t('expert-monitoring:soon')}: ${now.dueInADay}`,
          `${t('expert-monitoring:overdue')}: ${now.overdue}`,
        ],
      },
      tables: [
        {
          title: t('expert-monitoring:experts', { month }),
          lead: t('expert-monitoring:average', {
            inTime: share(report.average.inTime),
            differing: share(report.average.differing),
          }),
          widths: [2, 3, 1.6, 2.1, 2.1, 2.8],
          columns: (['code', 'kind', 'loadSeries', 'services', 'inTime', 'differing'] as const).map(
            (column) => t(`expert-monitoring:${column}`),
          ),
          cells: report.experts.map((expert) => [
            expert.code,
            t(`expert-monitoring:kinds.${expert.kind}`),
            String(expert.open),
            String(expert.services),
            share(expert.shares.inTime),
            share(expert.shares.differing) + (expert.far ? `, ${t('expert-monitoring:far')}` : ''),
          ]),
        },
        {
          title: t('expert-monitoring:forms'),
          lead: '',
          widths: [4.2, 1.7, 2.2, 2],
          columns: (['form', 'waiting', 'open', 'present'] as const).map((column) =>
            t(`expert-monitoring:${column}`),
          ),
          cells: report.forms.map((form) => [
            form.name[language],
            String(form.waiting),
            String(form.open),
            String(form.present) + (form.waiting > form.present ? `, ${t('expert-monitoring:short')}` : ''),
          ]),
        },
      ],
    },
    language,
    { at: call.at },
  );
  return {
    name: `monitoring-${report.month.slice(0, 7)}.pdf`,
    contentType: 'application/pdf',
    file: pdf.toString('base64'),
  };
}
