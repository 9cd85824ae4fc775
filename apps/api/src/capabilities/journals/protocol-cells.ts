import { type ConclusionContent, DISABILITY_OUTCOMES } from '@mse/domain/examination';
import type { ExaminationPurpose } from '@mse/domain/intake';
import type { JournalCells, JournalLanguage } from '@mse/domain/journals';
import { fullName, isPlainDate, type PersonName, type PlainDate } from '@mse/domain/shared';
import { formatDate } from '@mse/i18n/format';
import { translator } from '@mse/i18n';
import { conclusionWords } from '../results/conclusion-words.ts';
import type { FormExtras } from '../results/form-extras.ts';

/** What a row of a journal is made from. */
export interface ProtocolFacts {
  actNo: string;
  /** Place in the row of acts of the department and year. */
  registrationNo: number;
  person: PersonName & { birthDate: PlainDate; address: Record<JournalLanguage, string> | null };
  /** Full years on the day of the examination. */
  ageYears: number;
  purpose: ExaminationPurpose;
  extras: FormExtras;
  content: ConclusionContent;
  /** The conclusion before this one; null when the bank knows none. */
  previous: ConclusionContent | null;
  /** Kinds and numbers of the documents that were issued with it. */
  documents: readonly { kind: string; number: string }[];
}

/** Facts of a row of annex 18 besides: why, and which examination is looked at again. */
export interface ReviewFacts {
  reason: 'appeal' | 'control';
  departmentNumber: number | null;
  examinedOn: PlainDate;
  /** As it was found anew. */
  diagnosis: string;
  /** Null when the conclusion that was looked at is confirmed. */
  conclusion: Record<JournalLanguage, string> | null;
  recommendations: Record<JournalLanguage, string> | null;
}

const NOTHING = '–';

/** JR-01: the 14 cells of annex 17 in both languages. */
export function departmentCells(facts: ProtocolFacts): JournalCells {
  return inBoth((language) => {
    const t = translator(language);
    const words = conclusionWords(language);
    const { content, previous, extras } = facts;
    const measures = [
      ...(content.programme?.social ?? []),
      ...(content.programme?.vocational ?? []),
      ...(content.injuredWorkerNeeds ?? []),
    ];
    return [
      String(facts.registrationNo),
      facts.actNo,
      fullName(facts.person),
      t('journals:cell.birth', { day: formatDate(facts.person.birthDate), count: facts.ageYears }),
      facts.person.address?.[language] ?? NOTHING,
      workplace(extras),
      `${t(`results:occasion.${occasion(facts.purpose)}`)}; ${t(`results:purpose.${facts.purpose}`)}`,
      lines(before(previous, extras, language), sickLeave(extras, language)),
      content.diagnosis,
      lines(
        [words.outcome(content)],
        content.generalLoss && t('journals:cell.general', { percent: content.generalLoss.percent }),
        content.professionalLoss &&
          t('journals:cell.professional', { percent: content.professionalLoss.percent }),
      ),
      lines(
        content.disability.cause && words.cause(content.disability.cause),
        content.professionalLoss &&
          t('journals:cell.professional-cause', { cause: words.cause(content.professionalLoss.cause) }),
      ),
      lines(
        content.disability.term && words.term(content.disability.term),
        content.generalLoss &&
          t('journals:cell.general-term', { term: words.term(content.generalLoss.term) }),
        content.professionalLoss &&
          t('journals:cell.professional-term', { term: words.term(content.professionalLoss.term) }),
        content.programme && t('journals:cell.programme-term', { term: words.term(content.programme.term) }),
      ),
      lines(measures),
      lines(facts.documents.map(({ kind, number }) => `${t(`results:kind.${kind}`)}: ${number}`)),
    ];
  });
}

/** JR-05: the nine cells of annex 18 in both languages, for a control or an appeal (PX-41). `place` is the row's own number. */
export function methodologyCells(facts: ProtocolFacts, review: ReviewFacts, place: number): JournalCells {
  return inBoth((language) => {
    const t = translator(language);
    const { content, extras } = facts;
    return [
      String(place),
      `${fullName(facts.person)}, ${formatDate(facts.person.birthDate)}`,
      facts.person.address?.[language] ?? NOTHING,
      workplace(extras),
      t(`journals:review.${review.reason}`),
      t('journals:cell.examined', {
        number: review.departmentNumber ?? NOTHING,
        day: formatDate(review.examinedOn),
      }),
      lines(before(facts.previous, extras, language), sickLeave(extras, language)),
      review.diagnosis,
      lines(
        review.conclusion?.[language] ?? [...findings(content, language), t('journals:cell.confirmed')],
        review.recommendations?.[language] ?? null,
      ),
    ];
  });
}

/** Group, cause and term, and both degrees, a line each. */
export function findings(content: ConclusionContent, language: JournalLanguage): string[] {
  const t = translator(language);
  const words = conclusionWords(language);
  const { disability, generalLoss, professionalLoss } = content;
  return [
    [
      words.outcome(content),
      disability.cause && words.cause(disability.cause),
      disability.term && words.term(disability.term),
    ]
      .filter(Boolean)
      .join(', '),
    ...(generalLoss
      ? [`${t('journals:cell.general', { percent: generalLoss.percent })}, ${words.term(generalLoss.term)}`]
      : []),
    ...(professionalLoss
      ? [
          `${t('journals:cell.professional', { percent: professionalLoss.percent })}, ${words.cause(professionalLoss.cause)}, ${words.term(professionalLoss.term)}`,
        ]
      : []),
  ];
}

/** What was found before: by the bank's own conclusion, else as the form tells it in its sender's words. */
function before(
  previous: ConclusionContent | null,
  { previousGroup }: FormExtras,
  language: JournalLanguage,
): string[] {
  if (previous !== null) return findings(previous, language);
  if (!previousGroup?.group) return [];
  const t = translator(language);
  const outcome = DISABILITY_OUTCOMES.find((each) => each === previousGroup.group);
  return [
    [
      outcome ? t(`results:outcome.${outcome}`) : previousGroup.group,
      previousGroup.cause,
      previousGroup.until && isPlainDate(previousGroup.until)
        ? t('results:term.until', { day: formatDate(previousGroup.until) })
        : undefined,
    ]
      .filter(Boolean)
      .join(', '),
  ];
}

function sickLeave(extras: FormExtras, language: JournalLanguage): string | null {
  return extras.sickLeaveDays === undefined
    ? null
    : translator(language)('journals:cell.sick-leave', { count: extras.sickLeaveDays });
}

/** The form names work and study in the sender's words; they are not translated. */
function workplace({ workplace: work, position, studyPlace }: FormExtras): string {
  return [work, position, studyPlace].filter((part) => part?.trim()).join(', ') || NOTHING;
}

const FIRST: readonly ExaminationPurpose[] = ['disability-first'];
const occasion = (purpose: ExaminationPurpose) => (FIRST.includes(purpose) ? 'first' : 'repeated');

/** What there is, a line each; a dash when there is nothing. */
function lines(...parts: (string | null | readonly string[])[]): string {
  const found = parts.flat().filter((part): part is string => typeof part === 'string' && part !== '');
  return found.length > 0 ? found.join('\n') : NOTHING;
}

function inBoth(cells: (language: JournalLanguage) => string[]): JournalCells {
  return { kk: cells('kk'), ru: cells('ru') };
}
