import { addDays, isWeekend, yearOf } from './dates.ts';
import type { CalendarDay, DateText, Text3 } from './types.ts';

export const calendarYears = [2025, 2026, 2027] as const;

const holidayLaw = 'Закон РК «О праздниках в Республике Казахстан»';
const labourCode = 'Трудовой кодекс РК, праздничные дни';
const transferGround = 'Трудовой кодекс РК, перенос выходного дня, совпавшего с праздничным';

interface Holiday {
  name: Text3;
  /** Month and day of each day of the holiday. */
  days: readonly string[];
  /** First and last year it is kept; open ends are left out. */
  from?: number;
  until?: number;
}

const newYear = { kk: 'Жаңа жыл', ru: 'Новый год', en: 'New Year' };
const christmas = { kk: 'Православиелік Рождество', ru: 'Православное Рождество', en: 'Orthodox Christmas' };
const kurbanAit = { kk: 'Құрбан айт', ru: 'Курбан айт', en: 'Kurban Ait' };
const constitution = {
  kk: 'Қазақстан Республикасының Конституциясы күні',
  ru: 'День Конституции Республики Казахстан',
  en: 'Constitution Day',
};

const holidays: readonly Holiday[] = [
  { name: newYear, days: ['01-01', '01-02'] },
  {
    name: {
      kk: 'Халықаралық әйелдер күні',
      ru: 'Международный женский день',
      en: 'International Women’s Day',
    },
    days: ['03-08'],
  },
  // Moved from 30 August to 15 March; the new date is first kept in 2027.
  { name: constitution, days: ['08-30'], until: 2025 },
  { name: constitution, days: ['03-15'], from: 2027 },
  {
    name: { kk: 'Наурыз мейрамы', ru: 'Наурыз мейрамы', en: 'Nauryz' },
    days: ['03-21', '03-22', '03-23'],
  },
  {
    name: {
      kk: 'Қазақстан халқының бірлігі мерекесі',
      ru: 'Праздник единства народа Казахстана',
      en: 'Day of Unity of the People of Kazakhstan',
    },
    days: ['05-01'],
  },
  {
    name: { kk: 'Отан қорғаушы күні', ru: 'День защитника Отечества', en: 'Defender’s Day' },
    days: ['05-07'],
  },
  { name: { kk: 'Жеңіс күні', ru: 'День Победы', en: 'Victory Day' }, days: ['05-09'] },
  { name: { kk: 'Астана күні', ru: 'День столицы', en: 'Capital Day' }, days: ['07-06'] },
  { name: { kk: 'Республика күні', ru: 'День Республики', en: 'Republic Day' }, days: ['10-25'] },
  { name: { kk: 'Тәуелсіздік күні', ru: 'День Независимости', en: 'Independence Day' }, days: ['12-16'] },
];

/** First day of Kurban Ait, as announced or expected; confirmed each year by the Spiritual Administration. */
const kurbanAitDates: Record<(typeof calendarYears)[number], DateText> = {
  2025: '2025-06-06',
  2026: '2026-05-27',
  2027: '2027-05-16',
};

const movedByOrder: readonly CalendarDay[] = [
  {
    date: '2025-01-03',
    kind: 'day-off',
    nameKk: '2025 жылғы 5 қаңтардан ауыстырылған демалыс күні',
    nameRu: 'Выходной день, перенесённый с 5 января 2025 года',
    nameEn: 'Day off moved from 5 January 2025',
    basis: 'Приказ Министерства труда и социальной защиты населения РК о переносе выходного дня',
  },
  {
    date: '2025-01-05',
    kind: 'working',
    nameKk: '2025 жылғы 3 қаңтардың орнына жұмыс күні',
    nameRu: 'Рабочий день вместо 3 января 2025 года',
    nameEn: 'Working day in place of 3 January 2025',
    basis: 'Приказ Министерства труда и социальной защиты населения РК о переносе выходного дня',
  },
];

function holiday(date: DateText, name: Text3, basis: string): CalendarDay {
  return { date, kind: 'holiday', nameKk: name.kk, nameRu: name.ru, nameEn: name.en, basis };
}

/**
 * The days of Kazakhstan that differ from their weekday, in date order, weekends themselves left out. A holiday on a
 * weekend gives the next free working day, one after another in a queue; 7 January and Kurban Ait give none.
 */
export function kazakhstanCalendar(): CalendarDay[] {
  const days = new Map<DateText, CalendarDay>();
  for (const day of movedByOrder) days.set(day.date, day);
  const owed: { date: DateText; name: Text3 }[] = [];
  for (const year of calendarYears) {
    for (const { name, days: monthDays, from = year, until = year } of holidays) {
      if (year < from || year > until) continue;
      for (const monthDay of monthDays) {
        const date = `${year}-${monthDay}`;
        days.set(date, holiday(date, name, holidayLaw));
        if (isWeekend(date)) owed.push({ date, name });
      }
    }
    for (const [date, name] of [
      [`${year}-01-07`, christmas],
      [kurbanAitDates[year], kurbanAit],
    ] as const) {
      days.set(date, holiday(date, name, labourCode));
    }
  }
  for (const { date, name } of owed.sort((a, b) => a.date.localeCompare(b.date))) {
    let substitute = addDays(date, 1);
    while (isWeekend(substitute) || days.has(substitute)) substitute = addDays(substitute, 1);
    const [year, month, day] = date.split('-').map(Number);
    const shortDate = `${String(day).padStart(2, '0')}.${String(month).padStart(2, '0')}.${year}`;
    days.set(substitute, {
      date: substitute,
      kind: 'day-off',
      nameKk: `Ауыстырылған демалыс күні: ${name.kk} (${shortDate})`,
      nameRu: `Перенесённый выходной день: ${name.ru} (${shortDate})`,
      nameEn: `Substitute day off: ${name.en} (${shortDate})`,
      basis: transferGround,
    });
  }
  return [...days.values()].sort((a, b) => a.date.localeCompare(b.date));
}

/** True when the calendar covers the year of the date. */
export function isCalendarYear(date: DateText): boolean {
  return calendarYears.some((year) => year === yearOf(date));
}
