import { type ConclusionContent, conclusionText } from '../examination/index.ts';
import type { AbsenceGround, ExaminationPlace } from '../field-sessions/index.ts';
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
  place: SignedPlace;
}

/** FF-03: where the conclusion was made, and what it rests on besides. Institution and address are in the words they were entered with. */
export interface SignedPlace {
  kind: ExaminationPlace;
  words: string;
  ground: AbsenceGround | null;
  /** Number and day of the commission's conclusion; null where the place needs none. */
  conclusion: { number: string; day: PlainDate | null } | null;
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
    absent: 'САРАПТАМАЛЫҚ ҚОРЫТЫНДЫ (сырттай куәландыру, құжаттар бойынша)',
    place: 'Куәландыру орны',
    places: {
      department: 'МӘС бөлімі',
      'methodology-department': 'МӘС әдіснама және бақылау бөлімі',
      'medical-institution': 'көшпелі отырыс, тұрақты тіркелген жеріндегі емдеу-профилактикалық мекеме',
      'specialised-institution': 'көшпелі отырыс, мамандандырылған мекеме',
      'penal-institution': 'көшпелі отырыс, қылмыстық-атқару жүйесінің мекемесі немесе тергеу изоляторы',
      home: 'көшпелі отырыс, үйде',
      hospital: 'көшпелі отырыс, стационарда',
      'in-absentia': 'сырттай',
    },
    ground: 'Сырттай куәландыру негізі',
    grounds: {
      'not-transportable': 'куәландырылатын адам тасымалдауға келмейді',
      'hospital-elsewhere': 'қызмет көрсетілетін өңірден тыс жерде стационарлық емделуде',
    },
    commission: 'Дәрігерлік-консультациялық комиссияның қорытындысы',
    copy: 'көшірмесі қоса берілген',
    consent: 'Осы орында куәландыруға келісім берілді (өтініштің 12-жолы)',
  },
  ru: {
    title: 'ЭКСПЕРТНОЕ ЗАКЛЮЧЕНИЕ (очное освидетельствование)',
    department: 'Отдел МСЭ',
    person: 'Освидетельствованное лицо',
    iin: 'ИИН',
    form: 'Форма № 031/у',
    day: 'Дата освидетельствования',
    absent: 'ЭКСПЕРТНОЕ ЗАКЛЮЧЕНИЕ (заочное освидетельствование, по документам)',
    place: 'Место освидетельствования',
    places: {
      department: 'отдел МСЭ',
      'methodology-department': 'отдел методологии и контроля МСЭ',
      'medical-institution':
        'выездное заседание, лечебно-профилактическое учреждение по месту постоянной регистрации',
      'specialised-institution': 'выездное заседание, специализированное учреждение',
      'penal-institution':
        'выездное заседание, учреждение уголовно-исполнительной системы или следственный изолятор',
      home: 'выездное заседание, на дому',
      hospital: 'выездное заседание, в стационаре',
      'in-absentia': 'заочно',
    },
    ground: 'Основание заочного освидетельствования',
    grounds: {
      'not-transportable': 'освидетельствуемое лицо нетранспортабельно',
      'hospital-elsewhere': 'находится на стационарном лечении за пределами обслуживаемого региона',
    },
    commission: 'Заключение врачебно-консультативной комиссии',
    copy: 'копия приложена',
    consent: 'Согласие на освидетельствование в этом месте получено (строка 12 заявления)',
  },
} as const;

/** PX-35: the whole text a head signs: in Kazakh, then in Russian. The same conclusion always gives the same text. */
export function signedConclusionText(content: ConclusionContent, facts: SignedConclusionFacts): string {
  const day = facts.examinedOn.split('-').reverse().join('.');
  return (['kk', 'ru'] as const)
    .map((language) => {
      const words = WORDS[language];
      return [
        facts.place.kind === 'in-absentia' ? words.absent : words.title,
        `${words.department}: № ${facts.departmentNumber}`,
        `${words.person}: ${facts.personName}`,
        `${words.iin}: ${facts.iin}`,
        `${words.form}: ${facts.formNumber}`,
        `${words.day}: ${day}`,
        ...placeLines(facts.place, language),
        conclusionText(content, facts.purpose, language),
      ].join('\n');
    })
    .join('\n\n');
}

/** FF-03, FF-11 row 12: the lines about the place; at the department only its name. */
function placeLines(
  { kind, words: named, ground, conclusion }: SignedPlace,
  language: keyof typeof WORDS,
): string[] {
  const words = WORDS[language];
  const of = conclusion && [
    conclusion.number === '' ? words.copy : `№ ${conclusion.number}`,
    ...(conclusion.day === null ? [] : [conclusion.day.split('-').reverse().join('.')]),
  ];
  return [
    `${words.place}: ${[words.places[kind], named].filter((part) => part !== '').join(': ')}`,
    ...(ground === null ? [] : [`${words.ground}: ${words.grounds[ground]}`]),
    ...(of === null ? [] : [`${words.commission}: ${of.join(', ')}`, words.consent]),
  ];
}
