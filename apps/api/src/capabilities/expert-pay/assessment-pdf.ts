import type { AssessmentInputOnly, PayFile } from '@mse/contracts/expert-pay';
import { assessments, experts, persons } from '@mse/db/schema';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatDate, formatDateTime } from '@mse/i18n/format';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { renderPdf } from '../documents/render-pdf.ts';

/** The table of an assessment as Typst: who and when, each share, the result, remark and signature. */
const TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.lang, region: "KZ", font: "Noto Sans", size: 10pt)
#set page(paper: "a4", margin: 2cm, footer: context text(fill: luma(60))[#data.title #h(1fr) #counter(page).display("1 / 1", both: true)])
#set par(leading: 0.6em, spacing: 0.8em)
#set table(stroke: 0.5pt + luma(90), inset: 5pt)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11pt)
= #data.title
#table(
  columns: (1fr, 1.6fr),
  ..data.facts.map(((name, value)) => (strong(name), value)).flatten(),
)
== #data.how
#table(
  columns: (3fr, 1.6fr),
  ..data.lines.flatten(),
)
*#data.result*
#if data.remark != none [
  == #data.remark.title
  #text(lang: data.remark.lang, data.remark.text)
]
== #data.signature.title
#data.signature.text
`;

/**
 * AS-05, AS-06: the table of an assessment of a month or a year as tagged PDF in the caller's language (English readers get the Russian one):
 * for the expert always, for the Committee once it is signed. The form of order 408 is not at hand; these are the inputs it names.
 */
export async function assessmentPdf(
  call: CallContext,
  input: z.output<typeof AssessmentInputOnly>,
): Promise<z.input<typeof PayFile>> {
  const caller = signedIn(call);
  const [row] = await call.deps.db
    .select({ assessment: assessments, expert: experts, person: persons })
    .from(assessments)
    .innerJoin(experts, eq(experts.id, assessments.expertId))
    .innerJoin(persons, eq(persons.id, experts.personId))
    .where(eq(assessments.id, input.assessmentId));
  const own = row?.person.id === caller.personId;
  const official = caller.roles.includes('registry-administrator') && row?.assessment.signedAt;
  if (!row || (!own && !official)) throw notFound();
  const { assessment, expert, person } = row;
  call.seen(person.id, `assessment:${assessment.id}`);
  const language = call.language === 'kk' ? 'kk' : 'ru';
  const t = translator(language);
  const { period, from, lines, signedAt } = assessment;
  const when =
    period === 'month'
      ? t('expert-pay:mine.month', { month: `${from.slice(5, 7)}.${from.slice(0, 4)}` })
      : t('expert-pay:mine.year', { year: from.slice(0, 4) });
  const title = t('expert-pay:assessment.title', { period: when });
  const pdf = renderPdf(
    TEMPLATE,
    {
      title,
      facts: [
        [t('expert-pay:column.code'), expert.code],
        [t('expert-pay:column.name'), fullName(person)],
        [t('expert-pay:column.services'), String(assessment.services)],
        [t('expert-pay:assessment.computed'), formatDate(toBusinessDate(assessment.computedAt))],
      ],
      how: t('expert-pay:mine.how'),
      lines: lines.map((line) =>
        'part' in line
          ? [
              t(`expert-pay:part.${line.part}`),
              line.sharePercent === null
                ? t('expert-pay:noShare')
                : t('expert-pay:share', { met: line.met, counted: line.counted, share: line.sharePercent }),
            ]
          : [`${line.month.slice(5, 7)}.${line.month.slice(0, 4)}`, `${line.percent} %`],
      ),
      result: t('expert-pay:mine.result', { percent: assessment.percent }),
      remark:
        assessment.remark === ''
          ? null
          : { title: t('expert-pay:mine.remark'), text: assessment.remark, lang: language },
      signature: {
        title: t('expert-pay:act.signatures'),
        text: signedAt
          ? t('expert-pay:mine.signed', { at: formatDateTime(signedAt) })
          : t('expert-pay:month.notSigned'),
      },
    },
    language,
    { at: signedAt ?? assessment.computedAt },
  );
  return {
    name: `assessment-${period === 'month' ? from.slice(0, 7) : from.slice(0, 4)}-${expert.code}.pdf`,
    contentType: 'application/pdf',
    file: pdf.toString('base64'),
  };
}
