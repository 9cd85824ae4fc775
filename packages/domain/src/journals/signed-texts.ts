import type { PlainDate, Trilingual } from '../shared/index.ts';
import type { Journal, JournalLanguage } from './journal.ts';

/**
 * JR-01 to JR-05: the words of annexes 17 and 18, and of what is signed in a journal. They stand here and not with those of the screens:
 * what was signed is evidence and must not change when a screen is reworded.
 */
const WORDS = {
  kk: {
    columns: {
      department: [
        'Тіркеу нөмірі',
        'Акт №',
        'Тегі, аты, әкесінің аты (болған кезде)',
        'Туған күні, жасы',
        'Тіркелген орны',
        'Жұмыс орны, лауазымы Оқу орны',
        'Алғашқы немесе қайта куәландыру/куәландыру мақсаты',
        'Мүгедектік тобы және себебі, ЖЕҚА дәрежесі, КЕҚА дәрежесі және себебі, еңбекке уақытша жарамсыздық парағының (анықтамасының) ұзақтығы',
        'Клиникалық-сараптамалық диагнозы',
        'Қорытынды (мүгедектік тобы, ЖЕҚА дәрежесі, КЕҚА дәрежесі)',
        'Мүгедектіктің, КЕҚА себебі',
        'Мүгедектіктің, ЖЕҚА, КЕҚА, ОЖБ мерзімі',
        'ОЖБ және/немесе зардап шеккен қызметкердің көмектің қосымша түрлеріне және күтімге мұқтаждығы туралы қорытындысы бойынша оңалту іс-шаралары',
        'Мүгедектік, ЖЕҚА дәрежесі, КЕҚА дәрежесі туралы анықтаманың, ОЖБ зардап шеккен қызметкердің көмектің қосымша түрлеріне және күтімге мұқтаждығы туралы қорытындының нөмірі',
      ],
      methodology: [
        '№',
        'Тегі, аты, әкесінің аты (болған кезде), туған күні',
        'Тіркелген орны',
        'Жұмыс орны, лауазымы Оқу орны',
        'Куәландыру мақсаты (шағымдану, бақылау)',
        'МӘС бөлімінің № __ және де куәландырылған күні',
        'Мүгедектік тобы, себебі, мерзімі, ЖЕҚА дәрежесі мен мерзімі, КЕҚА дәрежесі, себебі, мерзімі. Еңбекке уақытша жарамсыздық парағының (анықтамасының) ұзақтығы',
        'Клиникалық-сараптамалық диагнозы',
        'Қорытындысы мен ұсынымдары',
      ],
    },
    correction: 'Хаттамаға түзету енгізу',
    day: 'Күнделікті хаттамаға қол қою',
    military: 'Мүгедектігі бар деп танылған әскери міндеттілер мен әскерге шақырылушылар тізімі',
    department: (region: string, number: number) => `${region}, № ${number} МӘС бөлімі`,
    methodology: (region: string) => `${region}, МӘС әдіснама және бақылау бөлімі`,
    protocol: (number: number, day: string) => `${day} күнгі № ${number} хаттама`,
    month: (month: string) => `${month} айының хаттамалар журналына қол қою`,
    cell: (row: number, column: number, name: string) => `${row}-жол, ${column}-баған: ${name}`,
    was: 'Болған',
    becomes: 'Болады',
    reason: 'Себебі',
    rows: 'Жолдар саны',
    protocols: 'Хаттамалар саны',
    hash: 'Мазмұнының SHA-256 сомасы',
    act: (act: string) => `№ ${act} акт`,
  },
  ru: {
    columns: {
      department: [
        'Регистрационный номер',
        '№ акта',
        'Фамилия, имя, отчество (при его наличии)',
        'Дата рождения, возраст',
        'Место регистрации',
        'Место работы, должность Место учебы',
        'Первичное или повторное освидетельствование/цель освидетельствования',
        'Группа и причина инвалидности, степень УОТ, степень и причина УПТ, продолжительность листа (справки) временной нетрудоспособности',
        'Клинико-экспертный диагноз',
        'Заключение (группа инвалидности, степень УОТ, степень УПТ)',
        'Причина инвалидности, УПТ',
        'Срок инвалидности, УОТ, УПТ, ИПР',
        'Реабилитационные мероприятия по ИПР и/или заключению о нуждаемости пострадавшего работника в дополнительных видах помощи и уходе',
        'Номер справки об инвалидности, степени УОТ, степени УПТ, ИПР, заключения о нуждаемости пострадавшего работника в дополнительных видах помощи и уходе',
      ],
      methodology: [
        '№',
        'Фамилия, имя, отчество (при его наличии), дата рождения',
        'Место регистрации',
        'Место работы, должность Место учебы',
        'Цель освидетельствования (обжалование, контроль)',
        '№__ отдела МСЭ и дата освидетельствования',
        'Группа, причина, срок инвалидности, степень и срок УОТ, степень, причина, срок УПТ. Продолжительность листа (справки) временной нетрудоспособности',
        'Клинико-экспертный диагноз',
        'Заключение и рекомендации',
      ],
    },
    correction: 'Исправление в протоколе',
    day: 'Подписание ежедневного протокола',
    military: 'Список военнообязанных и призывников, признанных лицами с инвалидностью',
    department: (region: string, number: number) => `${region}, отдел МСЭ № ${number}`,
    methodology: (region: string) => `${region}, отдел методологии и контроля МСЭ`,
    protocol: (number: number, day: string) => `Протокол № ${number} от ${day}`,
    month: (month: string) => `Подписание журнала протоколов за ${month}`,
    cell: (row: number, column: number, name: string) => `Строка ${row}, графа ${column}: ${name}`,
    was: 'Было',
    becomes: 'Становится',
    reason: 'Причина',
    rows: 'Строк',
    protocols: 'Протоколов',
    hash: 'SHA-256 содержания',
    act: (act: string) => `акт № ${act}`,
  },
} as const;

const LANGUAGES = ['kk', 'ru'] as const satisfies readonly JournalLanguage[];

/** Whose journal it is: the region in words, and the number of the department; null where none is known. */
export interface SignedPlace {
  journal: Journal;
  region: Pick<Trilingual, 'kk' | 'ru'>;
  departmentNumber: number | null;
}

/** JR-05: the heading of a column of an annex; from 1. */
export function columnName(journal: Journal, column: number, language: JournalLanguage): string {
  return WORDS[language].columns[journal][column - 1] ?? '';
}

/** JR-03: a correction of a cell as its signer reads it: in Kazakh, then in Russian. */
export function correctionText(facts: {
  place: SignedPlace;
  number: number;
  day: PlainDate;
  row: number;
  column: number;
  was: Record<JournalLanguage, string>;
  becomes: Record<JournalLanguage, string>;
  reason: string;
}): string {
  return inBoth((language) => {
    const words = WORDS[language];
    const { place, number, day, row, column } = facts;
    return [
      words.correction,
      placeWords(place, language),
      words.protocol(number, written(day)),
      words.cell(row, column, columnName(place.journal, column, language)),
      `${words.was}: ${facts.was[language]}`,
      `${words.becomes}: ${facts.becomes[language]}`,
      `${words.reason}: ${facts.reason}`,
    ];
  });
}

/** JR-01: the protocol of a day as its signers read it: number, day, how many rows, and the hash of its content. */
export function dayText(facts: {
  place: SignedPlace;
  number: number;
  day: PlainDate;
  rows: number;
  hash: string;
}): string {
  return inBoth((language) => {
    const words = WORDS[language];
    return [
      words.day,
      placeWords(facts.place, language),
      words.protocol(facts.number, written(facts.day)),
      `${words.rows}: ${facts.rows}`,
      `${words.hash}: ${facts.hash}`,
    ];
  });
}

/** JR-02: the journal of a month as its head reads it. `month` is `YYYY-MM`. */
export function monthText(facts: {
  place: SignedPlace;
  month: string;
  protocols: number;
  hash: string;
}): string {
  return inBoth((language) => {
    const words = WORDS[language];
    return [
      words.month(facts.month.split('-').reverse().join('.')),
      placeWords(facts.place, language),
      `${words.protocols}: ${facts.protocols}`,
      `${words.hash}: ${facts.hash}`,
    ];
  });
}

/** PX-55: the list for a military body: names, birth dates and acts, no diagnosis. */
export function militaryListText(
  place: SignedPlace,
  people: readonly {
    name: string;
    birthDate: PlainDate;
    district: Pick<Trilingual, 'kk' | 'ru'> | null;
    actNo: string;
  }[],
): string {
  return inBoth((language) => {
    const words = WORDS[language];
    return [
      words.military,
      placeWords(place, language),
      ...people.map(
        ({ name, birthDate, district, actNo }, index) =>
          `${index + 1}. ${name}, ${written(birthDate)}, ${district?.[language] ?? '–'}, ${words.act(actNo)}`,
      ),
    ];
  });
}

function inBoth(lines: (language: JournalLanguage) => readonly string[]): string {
  return LANGUAGES.map((language) => lines(language).join('\n')).join('\n\n');
}

function placeWords({ journal, region, departmentNumber }: SignedPlace, language: JournalLanguage): string {
  const words = WORDS[language];
  if (journal === 'methodology') return words.methodology(region[language]);
  return departmentNumber === null ? region[language] : words.department(region[language], departmentNumber);
}

/** `26.11.2026`. */
function written(day: PlainDate): string {
  return day.split('-').reverse().join('.');
}
