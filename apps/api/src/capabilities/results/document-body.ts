import type { DocumentKind } from '@mse/domain/documents';
import type { ConclusionContent } from '@mse/domain/examination';
import { fullName, type Language, type PersonName, type PlainDate } from '@mse/domain/shared';
import { formatDate } from '@mse/i18n/format';
import { translator } from '@mse/i18n';
import { conclusionWords } from './conclusion-words.ts';

/** What a document is written from. */
export interface DocumentFacts {
  kind: DocumentKind;
  number: string;
  issuedOn: PlainDate;
  actNo: string;
  examinedOn: PlainDate;
  content: ConclusionContent;
  person: PersonName & { iin: string; birthDate: PlainDate };
  /** Name of the region in the three languages, and the number of the department; null when none is known. */
  region: Record<Language, string>;
  departmentNumber: number | null;
}

/** A document in one language, the same for the page and for the PDF. */
export interface DocumentBody {
  /** The name of the order; the only title there is, so that no title names a person. */
  title: string;
  number: string;
  issuer: string[];
  person: { label: string; value: string }[];
  content: { label: string; value: string }[];
  lists: { heading: string; items: string[] }[];
}

/** PX-53: what each kind of document says. A certificate names no diagnosis; the extract of the act does. */
export function documentBody(facts: DocumentFacts, language: Language): DocumentBody {
  const t = translator(language);
  const words = conclusionWords(language);
  const { content, person } = facts;
  const { disability, generalLoss, professionalLoss, programme, injuredWorkerNeeds } = content;
  const row = (label: string, value: string) => ({ label: t(`results:row.${label}`), value });

  const act = [row('act', facts.actNo), row('examined-on', formatDate(facts.examinedOn))];
  const group = [
    row('group', words.outcome(content)),
    row('cause', words.cause(disability.cause)),
    row('term', words.term(disability.term)),
  ];
  const general = generalLoss
    ? [
        row('general-loss', words.percent(generalLoss.percent)),
        row('general-loss-term', words.term(generalLoss.term)),
      ]
    : [];
  const professional = professionalLoss
    ? [
        row('professional-loss', words.percent(professionalLoss.percent)),
        row('professional-loss-cause', words.cause(professionalLoss.cause)),
        row('professional-loss-term', words.term(professionalLoss.term)),
      ]
    : [];
  const programmeTerm = programme ? [row('programme-term', words.term(programme.term))] : [];
  const found = [row('conclusion', words.outcome(content))];
  const why = [row('diagnosis', content.diagnosis), row('reasons', content.reasons)];

  const CONTENT: Record<DocumentKind, { label: string; value: string }[]> = {
    'disability-certificate': [...act, ...group],
    'social-part-extract': [...act, ...programmeTerm],
    'social-part': [...act, ...group, ...professional, ...programmeTerm],
    'vocational-part-extract': [...act, ...programmeTerm],
    'vocational-part': [...act, ...group, ...professional, ...programmeTerm],
    'general-loss-certificate': [...act, ...general],
    'professional-loss-certificate': [...act, ...professional],
    'professional-loss-extract': [...act, ...professional, ...why],
    'injured-worker-need': [...act, ...professional],
    'not-established-notice': [...act, ...found, row('reasons', content.reasons)],
    'conclusion-notification': [...act, ...found, row('reasons', content.reasons)],
  };
  const list = (heading: 'social' | 'vocational' | 'needs', items: readonly string[] | null | undefined) =>
    items && items.length > 0 ? [{ heading: t(`results:list.${heading}`), items: [...items] }] : [];
  const LISTS: Partial<Record<DocumentKind, DocumentBody['lists']>> = {
    'social-part-extract': list('social', programme?.social),
    'social-part': list('social', programme?.social),
    'vocational-part-extract': list('vocational', programme?.vocational),
    'vocational-part': list('vocational', programme?.vocational),
    'injured-worker-need': list('needs', injuredWorkerNeeds),
  };

  const region = facts.region[language];
  return {
    title: t(`results:kind.${facts.kind}`),
    number: facts.number,
    issuer: [
      t('results:issuer.ministry'),
      facts.departmentNumber === null
        ? t('results:issuer.region', { region })
        : t('results:issuer.department', { region, number: facts.departmentNumber }),
    ],
    person: [
      row('name', fullName(person)),
      row('birth-date', formatDate(person.birthDate)),
      row('iin', person.iin),
    ],
    content: [...CONTENT[facts.kind], row('issued-on', formatDate(facts.issuedOn))],
    lists: LISTS[facts.kind] ?? [],
  };
}
