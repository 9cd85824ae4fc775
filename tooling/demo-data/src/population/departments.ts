import { addDays, isWorkingDay, workingDayAfter, yearOf } from './dates.ts';
import { calendarYears } from './calendar.ts';
import { akmolaUnits } from './units.ts';
import type { Address, CalendarDay, DateText, Department, Text3, Trip } from './types.ts';

interface DepartmentRow {
  number: number;
  address: Address;
  landmark: Text3;
  access: Department['access'];
  phone: string;
  placesPerStartTime: 1 | 2;
  rooms: string[];
  /** Cities and districts served with all their places. */
  districtCodes: string[];
  /** Where its specialists go on trips. */
  tripUnitCodes: string[];
}

const kokshetau = { kk: 'Көкшетау қаласы', ru: 'город Кокшетау', en: 'Kokshetau' };

const noLift = {
  kk: 'Лифт жоқ, қабылдау бірінші қабатта',
  ru: 'Лифта нет, приём на первом этаже',
  en: 'No lift; reception is on the ground floor',
};
const rampAtEntrance = {
  kk: 'Негізгі кіреберісте тұтқасы бар пандус',
  ru: 'Пандус с поручнями у главного входа',
  en: 'Ramp with handrails at the main entrance',
};

const rows: DepartmentRow[] = [
  {
    number: 1,
    address: {
      city: kokshetau,
      street: { kk: 'Абай көшесі', ru: 'улица Абая', en: 'Abay street' },
      house: '112',
      office: '104',
    },
    landmark: {
      kk: 'Қалалық емхананың қарсысында, ауласынан кіреді',
      ru: 'Напротив городской поликлиники, вход со двора',
      en: 'Opposite the city polyclinic, entrance from the courtyard',
    },
    access: {
      ramp: rampAtEntrance,
      lift: {
        kk: 'Кресло-арбаға арналған кең лифт бар',
        ru: 'Есть широкий лифт для кресла-коляски',
        en: 'There is a wide lift for a wheelchair',
      },
      parking: {
        kk: 'Мүгедектігі бар адамдарға арналған 4 орын, кіреберістен 20 метр',
        ru: '4 места для людей с инвалидностью в 20 метрах от входа',
        en: '4 places for people with disability, 20 metres from the entrance',
      },
      bus: {
        kk: '1, 4 және 12-автобустар, «Емхана» аялдамасы, 100 метр',
        ru: 'Автобусы 1, 4 и 12, остановка «Поликлиника», 100 метров',
        en: 'Buses 1, 4 and 12, stop “Poliklinika”, 100 metres',
      },
    },
    phone: '+77162000101',
    placesPerStartTime: 2,
    rooms: ['104', '105'],
    districtCodes: ['111010000'],
    tripUnitCodes: ['111033100', '111035100'],
  },
  {
    number: 2,
    address: {
      city: kokshetau,
      street: { kk: 'Мұхтар Әуезов көшесі', ru: 'улица Мухтара Ауэзова', en: 'Mukhtar Auezov street' },
      house: '189',
      office: '12',
    },
    landmark: {
      kk: 'Облыстық кітапхананың жанында',
      ru: 'Рядом с областной библиотекой',
      en: 'Next to the regional library',
    },
    access: {
      ramp: rampAtEntrance,
      lift: noLift,
      parking: {
        kk: 'Мүгедектігі бар адамдарға арналған 2 орын',
        ru: '2 места для людей с инвалидностью',
        en: '2 places for people with disability',
      },
      bus: {
        kk: '3 және 7-автобустар, «Кітапхана» аялдамасы, 150 метр',
        ru: 'Автобусы 3 и 7, остановка «Библиотека», 150 метров',
        en: 'Buses 3 and 7, stop “Biblioteka”, 150 metres',
      },
    },
    phone: '+77162000202',
    placesPerStartTime: 1,
    rooms: ['12'],
    districtCodes: ['115600000', '116400000'],
    tripUnitCodes: ['115630100', '116430100'],
  },
  {
    number: 3,
    address: {
      city: { kk: 'Щучинск қаласы', ru: 'город Щучинск', en: 'Shchuchinsk' },
      street: { kk: 'Абылай хан көшесі', ru: 'улица Абылай хана', en: 'Abylay Khan street' },
      house: '34',
      office: '8',
    },
    landmark: {
      kk: 'Аудандық аурухананың аумағында, екінші корпус',
      ru: 'На территории районной больницы, второй корпус',
      en: 'On the grounds of the district hospital, second building',
    },
    access: {
      ramp: rampAtEntrance,
      lift: noLift,
      parking: {
        kk: 'Аурухана қақпасының жанында 3 орын',
        ru: '3 места у ворот больницы',
        en: '3 places by the hospital gate',
      },
      bus: {
        kk: '2 және 11-автобустар, «Аурухана» аялдамасы, 50 метр',
        ru: 'Автобусы 2 и 11, остановка «Больница», 50 метров',
        en: 'Buses 2 and 11, stop “Bolnitsa”, 50 metres',
      },
    },
    phone: '+77163600303',
    placesPerStartTime: 1,
    rooms: ['8', '9'],
    districtCodes: ['117000000', '114500000', '114000000'],
    tripUnitCodes: ['114520100', '114020100'],
  },
  {
    number: 4,
    address: {
      city: { kk: 'Степногорск қаласы', ru: 'город Степногорск', en: 'Stepnogorsk' },
      street: { kk: '4-шағын аудан', ru: '4-й микрорайон', en: 'Microdistrict 4' },
      house: '25',
      office: '3',
    },
    landmark: {
      kk: 'Халыққа қызмет көрсету орталығының ғимараты',
      ru: 'Здание центра обслуживания населения',
      en: 'In the building of the public service centre',
    },
    access: {
      ramp: rampAtEntrance,
      lift: noLift,
      parking: {
        kk: 'Ғимарат алдында 5 орын',
        ru: '5 мест перед зданием',
        en: '5 places in front of the building',
      },
      bus: {
        kk: '5-автобус, «4-шағын аудан» аялдамасы, 80 метр',
        ru: 'Автобус 5, остановка «4-й микрорайон», 80 метров',
        en: 'Bus 5, stop “4 mikrorayon”, 80 metres',
      },
    },
    phone: '+77164500404',
    placesPerStartTime: 1,
    rooms: ['3'],
    districtCodes: ['111810000', '114600000'],
    tripUnitCodes: ['114620100', '111835100'],
  },
  {
    number: 5,
    address: {
      city: { kk: 'Атбасар қаласы', ru: 'город Атбасар', en: 'Atbasar' },
      street: { kk: 'Шоқан Уәлиханов көшесі', ru: 'улица Шокана Уалиханова', en: 'Shokan Ualikhanov street' },
      house: '9',
      office: '2',
    },
    landmark: {
      kk: 'Теміржол вокзалынан екі көше әрі',
      ru: 'Через две улицы от железнодорожного вокзала',
      en: 'Two streets from the railway station',
    },
    access: {
      ramp: {
        kk: 'Жиналмалы пандус, есіктегі қоңырауды басыңыз',
        ru: 'Откидной пандус, нажмите кнопку вызова у двери',
        en: 'Folding ramp; press the call button at the door',
      },
      lift: noLift,
      parking: { kk: 'Көшеде 2 орын', ru: '2 места на улице', en: '2 places in the street' },
      bus: {
        kk: '1-автобус, «Вокзал» аялдамасы, 300 метр',
        ru: 'Автобус 1, остановка «Вокзал», 300 метров',
        en: 'Bus 1, stop “Vokzal”, 300 metres',
      },
    },
    phone: '+77164300505',
    placesPerStartTime: 1,
    rooms: ['2'],
    districtCodes: ['113800000', '113600000', '114400000'],
    tripUnitCodes: ['113630100', '114430100'],
  },
  {
    number: 6,
    address: {
      city: { kk: 'Есіл қаласы', ru: 'город Есиль', en: 'Esil' },
      street: {
        kk: 'Дінмұхамед Қонаев көшесі',
        ru: 'улица Динмухамеда Кунаева',
        en: 'Dinmukhamed Kunaev street',
      },
      house: '13',
      office: '5',
    },
    landmark: {
      kk: 'Аудан әкімдігінің артында',
      ru: 'За зданием акимата района',
      en: 'Behind the district administration',
    },
    access: {
      ramp: rampAtEntrance,
      lift: noLift,
      parking: {
        kk: 'Ауласында 2 орын',
        ru: '2 места во дворе',
        en: '2 places in the courtyard',
      },
      bus: {
        kk: 'Қала ішінде автобус жүрмейді, такси мен әлеуметтік такси келеді',
        ru: 'Городской автобус не ходит, можно приехать на такси и социальном такси',
        en: 'No town bus; a taxi or the social taxi can bring you',
      },
    },
    phone: '+77164700606',
    placesPerStartTime: 1,
    rooms: ['5'],
    districtCodes: ['114800000', '115200000', '115400000'],
    tripUnitCodes: ['115420100', '115230100'],
  },
  {
    number: 7,
    address: {
      city: { kk: 'Қосшы қаласы', ru: 'город Косшы', en: 'Kosshy' },
      street: { kk: 'Республика көшесі', ru: 'улица Республики', en: 'Respublika street' },
      house: '40',
      office: '101',
    },
    landmark: {
      kk: 'Қалалық аурухананың оң жақ қанаты',
      ru: 'Правое крыло городской больницы',
      en: 'Right wing of the city hospital',
    },
    access: {
      ramp: rampAtEntrance,
      lift: {
        kk: 'Лифт бар, қабаттар дауыспен айтылады',
        ru: 'Есть лифт, этажи объявляются голосом',
        en: 'There is a lift that announces the floors',
      },
      parking: {
        kk: 'Мүгедектігі бар адамдарға арналған 6 орын',
        ru: '6 мест для людей с инвалидностью',
        en: '6 places for people with disability',
      },
      bus: {
        kk: '301 және 321-автобустар, «Қалалық аурухана» аялдамасы, 60 метр',
        ru: 'Автобусы 301 и 321, остановка «Городская больница», 60 метров',
        en: 'Buses 301 and 321, stop “Gorodskaya bolnitsa”, 60 metres',
      },
    },
    phone: '+77165100707',
    placesPerStartTime: 2,
    rooms: ['101', '102'],
    districtCodes: ['111610000', '116600000', '116000000'],
    tripUnitCodes: ['116030100', '116645100'],
  },
  {
    number: 8,
    address: {
      city: { kk: 'Ақкөл қаласы', ru: 'город Акколь', en: 'Akkol' },
      street: { kk: 'Бөгенбай батыр көшесі', ru: 'улица Богенбай батыра', en: 'Bogenbay Batyr street' },
      house: '27',
      office: '6',
    },
    landmark: {
      kk: 'Орталық саябақтың кіреберісінде',
      ru: 'У входа в центральный парк',
      en: 'By the entrance to the central park',
    },
    access: {
      ramp: rampAtEntrance,
      lift: noLift,
      parking: { kk: 'Кіреберісте 2 орын', ru: '2 места у входа', en: '2 places at the entrance' },
      bus: {
        kk: '2-автобус, «Саябақ» аялдамасы, 40 метр',
        ru: 'Автобус 2, остановка «Парк», 40 метров',
        en: 'Bus 2, stop “Park”, 40 metres',
      },
    },
    phone: '+77163800808',
    placesPerStartTime: 1,
    rooms: ['6'],
    districtCodes: ['113200000', '116800000', '113400000'],
    tripUnitCodes: ['113430100', '116830100'],
  },
];

/** The department whose next schedule is not formed yet, so that the warning of EQ-04 has something to show. */
export const departmentWithoutNextSchedule = 8;

function schedules(number: number, today: DateText): number[] {
  const year = yearOf(today);
  const years = number === departmentWithoutNextSchedule ? [year] : [year, year + 1];
  return years.filter((candidate) => calendarYears.some((known) => known === candidate));
}

/** Two trips after `today`: one day from the sixth working day on, and two days about three weeks later. */
function tripsOf(row: DepartmentRow, today: DateText, calendar: readonly CalendarDay[]): Trip[] {
  return row.tripUnitCodes.map((destinationUnitCode, index) => {
    const unit = akmolaUnits.find((candidate) => candidate.code === destinationUnitCode);
    if (unit === undefined) throw new RangeError('A trip goes to a known unit');
    const from = workingDayAfter(calendar, today, 5 + row.number + index * 15);
    const next = addDays(from, 1);
    return {
      from,
      to: index === 1 && isWorkingDay(calendar, next) ? next : from,
      destinationUnitCode,
      reason: {
        kk: `Көшпелі отырыс: ${unit.name.kk}`,
        ru: `Выездное заседание: ${unit.name.ru}`,
        en: `Field session: ${unit.name.en}`,
      },
    };
  });
}

/** The eight departments of Akmola with what they serve (EQ-03), their trips and schedules (EQ-04) as of `today`. */
export function akmolaDepartments(today: DateText, calendar: readonly CalendarDay[]): Department[] {
  return rows.map((row) => ({
    number: row.number,
    name: {
      kk: `№ ${row.number} МӘС бөлімі`,
      ru: `Отдел МСЭ № ${row.number}`,
      en: `MSE department No. ${row.number}`,
    },
    address: row.address,
    landmark: row.landmark,
    access: row.access,
    phone: row.phone,
    placesPerStartTime: row.placesPerStartTime,
    rooms: row.rooms,
    unitCodes: akmolaUnits
      .filter((unit) => row.districtCodes.includes(unit.districtCode))
      .map((unit) => unit.code),
    trips: tripsOf(row, today, calendar),
    scheduleYears: schedules(row.number, today),
  }));
}
