import { type ConclusionContent, conclusionText } from '../examination/index.ts';
import type { ExaminationPurpose } from '../intake/index.ts';
import type { PlainDate } from '../shared/index.ts';

/** What a conclusion made in person says besides its content. */
export interface SignedConclusionFacts {
  departmentNumber: number;
  personName: string;
  iin: string;
  formNumber: string;
  purpose: ExaminationPurpose;
  examinedOn: PlainDate;
}

/** The words stand here and not with those of the screens: what was signed is evidence and must not change when a screen is reworded. */
const WORDS = {
  kk: {
    title: 'САРАПТАМАЛЫҚ ҚОРЫТЫНДЫ (көзбе-көз куәландыру)',
    department: 'МӘС бөлімі',
    person: 'Куәландырылған адам',
    iin: 'ЖСН',
    form: '№ 031/е нысаны',
    day: 'Куәландыру күні',
  },
  ru: {
    title: 'ЭКСПЕРТНОЕ ЗАКЛЮЧЕНИЕ (очное освидетельствование)',
    department: 'Отдел МСЭ',
    person: 'Освидетельствованное лицо',
    iin: 'ИИН',
    form: 'Форма № 031/у',
    day: 'Дата освидетельствования',
  },
} as const;

/** PX-35: the whole text a head signs: in Kazakh, then in Russian. The same conclusion always gives the same text. */
export function signedConclusionText(content: ConclusionContent, facts: SignedConclusionFacts): string {
  const day = facts.examinedOn.split('-').reverse().join('.');
  return (['kk', 'ru'] as const)
    .map((language) => {
      const words = WORDS[language];
      return [
        words.title,
        `${words.department}: № ${facts.departmentNumber}`,
        `${words.person}: ${facts.personName}`,
        `${words.iin}: ${facts.iin}`,
        `${words.form}: ${facts.formNumber}`,
        `${words.day}: ${day}`,
        conclusionText(content, facts.purpose, language),
      ].join('\n');
    })
    .join('\n\n');
}
