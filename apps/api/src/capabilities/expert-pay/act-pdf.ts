import type { ActInput, PayFile } from '@mse/contracts/expert-pay';
import { toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { renderPdf } from '../documents/render-pdf.ts';
import { getAct } from './get-act.ts';

/** Form R-1 as Typst: heading, the price table of PY-03, bank details, both signatures. Texts and values come as data. */
const TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.lang, region: "KZ", font: "Noto Sans", size: 10pt)
#set page(paper: "a4", margin: 2cm, footer: context text(fill: luma(60))[#data.number #h(1fr) #counter(page).display("1 / 1", both: true)])
#set par(leading: 0.6em, spacing: 0.8em)
#set table(stroke: 0.5pt + luma(90), inset: 5pt)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11pt)
= #data.title
#data.subtitle
#table(
  columns: (1fr, 1.4fr),
  ..data.facts.map(((name, value)) => (strong(name), value)).flatten(),
)
== #data.priceTitle
#table(
  columns: data.columns.map(_ => 1fr),
  table.header(..data.columns.map(column => text(weight: "bold", column))),
  ..data.cells,
)
== #data.signaturesTitle
#list(..data.signatures)
`;

/** PY-01, PY-03: the act of completed works as tagged PDF in the caller's language (English readers get the Russian one). */
export async function actPdf(
  call: CallContext,
  input: z.output<typeof ActInput>,
): Promise<z.input<typeof PayFile>> {
  const act = await getAct(call, input);
  const language = call.language === 'kk' ? 'kk' : 'ru';
  const t = translator(language);
  const day = (instant: string | null) => (instant ? formatDate(toBusinessDate(new Date(instant))) : '—');
  const { line, account } = act;
  const pdf = renderPdf(
    TEMPLATE,
    {
      title: t('expert-pay:act.title'),
      subtitle: t('expert-pay:act.form'),
      number: act.number,
      facts: [
        [t('expert-pay:column.number'), act.number],
        [t('expert-pay:act.month'), `${act.month.slice(5, 7)}.${act.month.slice(0, 4)}`],
        [t('expert-pay:act.performer'), `${act.performer}, ${act.code}`],
        [t('expert-pay:column.bank'), account.bank],
        [t('expert-pay:column.bic'), account.bic],
        [t('expert-pay:column.iban'), account.iban],
        [t('expert-pay:act.account'), t('expert-pay:act.current')],
      ],
      priceTitle: t('expert-pay:act.priceTitle'),
      columns: (['tariff', 'percent', 'price', 'services', 'amount'] as const).map((column) =>
        t(`expert-pay:column.${column}`),
      ),
      cells: [line.tariff, line.assessmentPercent, line.unitPrice, String(line.services), line.amount],
      signaturesTitle: t('expert-pay:act.signatures'),
      signatures: [
        t('expert-pay:act.signedBy', { day: day(act.signedAt) }),
        t('expert-pay:act.acceptedBy', { day: act.state === 'accepted' ? day(act.decidedAt) : '—' }),
      ],
    },
    language,
    { at: new Date(act.formedAt) },
  );
  return {
    name: `act-${act.number.replaceAll('/', '-')}.pdf`,
    contentType: 'application/pdf',
    file: pdf.toString('base64'),
  };
}
