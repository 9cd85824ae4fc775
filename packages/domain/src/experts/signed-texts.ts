import type { PlainDate } from '../shared/index.ts';
import type { Assessment, AssessmentPart } from './assessment.ts';
import type { PayLine } from './pay.ts';

/** The words stand here and not with those of the screens: what was signed is evidence and must not change when a screen is reworded. */
const WORDS = {
  kk: {
    month: 'САРАПШЫ ЖҰМЫСЫНЫҢ АЙ САЙЫНҒЫ БАҒАЛАУЫ',
    year: 'САРАПШЫ ЖҰМЫСЫНЫҢ ЖЫЛДЫҚ БАҒАЛАУЫ',
    expert: 'Сарапшының коды',
    period: 'Кезең',
    part: {
      services: 'Қызметтер',
      firstInsured: 'Әлеуметтік сақтандыру жүйесіне қатысушыларды алғашқы куәландыру',
      repeatedLoss: 'ЖЕҚА дәрежесі белгіленген қайта куәландырулар',
      programmes: 'ОЖБ қалыптастырылған мүгедектігі бар адамдар',
    },
    of: (met: number, counted: number) => `${counted} ішінен ${met}`,
    none: 'болған жоқ, есепке кірмейді',
    result: 'Бағалау',
    services: 'Көрсетілген қызметтер саны',
    remark: 'Сарапшының ескертпесі',
    act: 'ОРЫНДАЛҒАН ЖҰМЫСТАРДЫҢ АКТІСІ, Р-1 нысаны',
    number: 'Нөмірі',
    performer: 'Орындаушы / Өнім беруші',
    tariff: 'Ағымдағы жылға бір қызметтің тарифі (теңге)',
    percent: 'Ай сайынғы бағалаудың мәні (%)',
    price: 'Қызмет бірлігінің бағасы (теңге)',
    amount: 'Барлығы (теңге)',
    bank: 'Банк атауы',
    bic: 'БСК',
    iban: 'ЖСК/IBAN',
    kind: 'Шот түрі: ағымдағы',
  },
  ru: {
    month: 'ЕЖЕМЕСЯЧНАЯ ОЦЕНКА РАБОТЫ ЭКСПЕРТА',
    year: 'ГОДОВАЯ ОЦЕНКА РАБОТЫ ЭКСПЕРТА',
    expert: 'Код эксперта',
    period: 'Период',
    part: {
      services: 'Услуги',
      firstInsured: 'Первичные освидетельствования участников системы социального страхования',
      repeatedLoss: 'Переосвидетельствования с установленной степенью УОТ',
      programmes: 'Лица с инвалидностью, которым сформирована ИПАР',
    },
    of: (met: number, counted: number) => `${met} из ${counted}`,
    none: 'не было, в расчёт не входит',
    result: 'Оценка',
    services: 'Количество оказанных услуг',
    remark: 'Замечание эксперта',
    act: 'АКТ ВЫПОЛНЕННЫХ РАБОТ, форма Р-1',
    number: 'Номер',
    performer: 'Исполнитель / Поставщик',
    tariff: 'Тариф одной услуги на текущий год (тенге)',
    percent: 'Значение ежемесячной оценки (%)',
    price: 'Цена единицы услуги (тенге)',
    amount: 'Всего (тенге)',
    bank: 'Наименование банка',
    bic: 'БИК',
    iban: 'ИИК/IBAN',
    kind: 'Вид счёта: текущий',
  },
} as const;
const LANGUAGES = ['kk', 'ru'] as const;

/** AS-06: an assessment as its expert reads and signs it: in Kazakh, then in Russian. */
export function assessmentText(facts: {
  expertCode: string;
  period: 'month' | 'year';
  from: PlainDate;
  lines: readonly (
    | Assessment['lines'][number]
    | {
        month: PlainDate;
        percent: string;
      }
  )[];
  services: number;
  percent: string;
  remark: string;
}): string {
  const when = facts.period === 'month' ? monthOf(facts.from) : facts.from.slice(0, 4);
  return LANGUAGES.map((language) => {
    const words = WORDS[language];
    const part = (name: AssessmentPart, met: number, counted: number, share: string | null) =>
      `${words.part[name]}: ${share === null ? words.none : `${words.of(met, counted)}, ${share} %`}`;
    return [
      words[facts.period],
      `${words.expert}: ${facts.expertCode}`,
      `${words.period}: ${when}`,
      ...facts.lines.map((line) =>
        'part' in line
          ? part(line.part, line.met, line.counted, line.sharePercent)
          : `${monthOf(line.month)}: ${line.percent} %`,
      ),
      `${words.services}: ${facts.services}`,
      `${words.result}: ${facts.percent} %`,
      ...(facts.remark === '' ? [] : [`${words.remark}: ${facts.remark}`]),
    ].join('\n');
  }).join('\n\n');
}

/** PY-01, PY-03: an act of completed works as both sides read and sign it: in Kazakh, then in Russian. */
export function actText(facts: {
  number: string;
  month: PlainDate;
  performer: string;
  expertCode: string;
  line: PayLine;
  account: { bank: string; bic: string; iban: string };
}): string {
  const { line, account } = facts;
  return LANGUAGES.map((language) => {
    const words = WORDS[language];
    return [
      words.act,
      `${words.number}: ${facts.number}`,
      `${words.period}: ${monthOf(facts.month)}`,
      `${words.performer}: ${facts.performer}, ${facts.expertCode}`,
      `${words.tariff}: ${line.tariff}`,
      `${words.percent}: ${line.assessmentPercent}`,
      `${words.price}: ${line.unitPrice}`,
      `${words.services}: ${line.services}`,
      `${words.amount}: ${line.amount}`,
      `${words.bank}: ${account.bank}`,
      `${words.bic}: ${account.bic}`,
      `${words.iban}: ${account.iban}`,
      words.kind,
    ].join('\n');
  }).join('\n\n');
}

const monthOf = (day: PlainDate) => `${day.slice(5, 7)}.${day.slice(0, 4)}`;
