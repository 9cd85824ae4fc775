import { fullName, type PersonName, type PlainDate } from '@mse/domain/shared';
import { formatDate } from '@mse/i18n/format';

/** What a contract says. */
export interface ContractFacts {
  number: string;
  day: PlainDate;
  person: PersonName & { iin: string };
  address: string;
  groups: { kk: string; ru: string }[];
  /** RG-30(5): conclusions a month. */
  indicator: number;
  failuresBorne: number;
  signDays: number;
}

/**
 * RG-20: the contract that both sides sign, in Kazakh and Russian. Its words stand here and not with those of the screens: what was signed is
 * evidence and must not change when a screen is reworded. The form of the law is not at hand; these are the points the orders name.
 */
export function contractText(facts: ContractFacts): string {
  const { number, day, person, address, groups, indicator, failuresBorne, signDays } = facts;
  const list = (language: 'kk' | 'ru') => groups.map((group) => `– ${group[language]}`).join('\n');
  return [
    `МӘС тәуелсіз сарапшысымен шарт № ${number}`,
    `Күні: ${formatDate(day)}`,
    'Тапсырыс беруші: Қазақстан Республикасы Еңбек және халықты әлеуметтік қорғау министрлігінің Еңбек, әлеуметтік қорғау және көші-қон комитеті.',
    `Орындаушы: ${fullName(person)}, ЖСН ${person.iin}, мекенжайы: ${address}.`,
    '1. Орындаушы мына нозологиялық нысандар бойынша сырттай сараптаманың сараптамалық шешімдерін шығарады:',
    list('kk'),
    `2. Жоспарлы көрсеткіш: айына ${indicator} сараптамалық шешім. Оны ${failuresBorne} реттен артық жүйелі түрде орындамау шартты бұзуға негіз болады.`,
    '3. Қызмет ақысы бекітілген тариф пен ай сайынғы бағалауға сәйкес атқарылған жұмыстар актісі бойынша төленеді.',
    '4. Орындаушы заңмен қорғалатын құпияны сақтайды; тізілімнен шыққанда берілген USB-модемді қайтарады.',
    `5. Шартқа жіберілген күннен кейін ${signDays} жұмыс күні ішінде қол қойылады.`,
    '',
    `Договор с независимым экспертом МСЭ № ${number}`,
    `Дата: ${formatDate(day)}`,
    'Заказчик: Комитет труда, социальной защиты и миграции Министерства труда и социальной защиты населения Республики Казахстан.',
    `Исполнитель: ${fullName(person)}, ИИН ${person.iin}, адрес: ${address}.`,
    '1. Исполнитель выносит экспертные решения заочного освидетельствования по нозологическим формам:',
    list('ru'),
    `2. Плановый показатель: ${indicator} экспертных решений в месяц. Систематическое его невыполнение более ${failuresBorne} раз является основанием для расторжения договора.`,
    '3. Оплата производится по акту выполненных работ по утверждённому тарифу с учётом ежемесячной оценки.',
    '4. Исполнитель хранит тайну, охраняемую законом; при исключении из реестра возвращает выданный USB-модем.',
    `5. Договор подписывается в течение ${signDays} рабочих дней со дня, следующего за днём направления.`,
  ].join('\n');
}
