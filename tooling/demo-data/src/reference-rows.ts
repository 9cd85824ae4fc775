import type * as schema from '@mse/db/schema';
import { type PlannedPlace, planPlaces, type StartTimes } from '@mse/domain/queue';
import { type PlainDate, plainDate, plainTime } from '@mse/domain/shared';
import { demoCalendar } from './service-time.ts';
import type { Ids } from './ids.ts';
import { akmolaRegion, regionHomes } from './population/units.ts';
import type { Department, Population, Text3 } from './population/types.ts';

/** GV-04: the day on which the order on the electronic queue took effect. */
const pilotStart = plainDate('2025-11-22');

export const queueStartTimes: StartTimes = {
  validFrom: pilotStart,
  times: ['09:00', '10:00', '11:00', '12:00', '14:30'].map(plainTime),
};

/** Two digits: how pilots and units name a region. */
export const akmolaRegionCode = akmolaRegion.code.slice(0, 2);

const outsideNames: Record<string, Text3> = {
  '710000000': { kk: 'Астана қаласы', ru: 'город Астана', en: 'Astana city' },
  '750000000': { kk: 'Алматы қаласы', ru: 'город Алматы', en: 'Almaty city' },
  '591010000': { kk: 'Петропавл қаласы', ru: 'город Петропавловск', en: 'Petropavl city' },
  '391010000': { kk: 'Қостанай қаласы', ru: 'город Костанай', en: 'Kostanay city' },
  '351010000': { kk: 'Қарағанды қаласы', ru: 'город Караганда', en: 'Karaganda city' },
  '101010000': { kk: 'Семей қаласы', ru: 'город Семей', en: 'Semey city' },
  '151010000': { kk: 'Ақтөбе қаласы', ru: 'город Актобе', en: 'Aktobe city' },
  '191610000': { kk: 'Қонаев қаласы', ru: 'город Конаев', en: 'Qonaev city' },
  '231010000': { kk: 'Атырау қаласы', ru: 'город Атырау', en: 'Atyrau city' },
  '271010000': { kk: 'Орал қаласы', ru: 'город Уральск', en: 'Oral city' },
  '311010000': { kk: 'Тараз қаласы', ru: 'город Тараз', en: 'Taraz city' },
  '331010000': { kk: 'Талдықорған қаласы', ru: 'город Талдыкорган', en: 'Taldykorgan city' },
  '431010000': { kk: 'Қызылорда қаласы', ru: 'город Кызылорда', en: 'Kyzylorda city' },
  '471010000': { kk: 'Ақтау қаласы', ru: 'город Актау', en: 'Aktau city' },
  '611010000': { kk: 'Түркістан қаласы', ru: 'город Туркестан', en: 'Turkistan city' },
  '621010000': { kk: 'Жезқазған қаласы', ru: 'город Жезказган', en: 'Zhezkazgan city' },
  '631010000': { kk: 'Өскемен қаласы', ru: 'город Усть-Каменогорск', en: 'Oskemen city' },
  '791010000': { kk: 'Шымкент қаласы', ru: 'город Шымкент', en: 'Shymkent city' },
  '551010000': { kk: 'Павлодар қаласы', ru: 'город Павлодар', en: 'Pavlodar city' },
};

/** A place of the database together with the department it belongs to. */
export interface Place extends PlannedPlace {
  id: number;
  departmentId: string;
  /** How many times it was given so far. */
  issued: number;
  bookingId: string | null;
  /** When it was last given back; null while it never was. */
  freeFrom: Date | null;
}

export interface ReferenceRows {
  units: (typeof schema.administrativeUnits.$inferInsert)[];
  departments: (typeof schema.departments.$inferInsert)[];
  unitDepartments: (typeof schema.unitDepartments.$inferInsert)[];
  pilots: (typeof schema.queuePilots.$inferInsert)[];
  calendarDays: (typeof schema.calendarDays.$inferInsert)[];
  startTimes: (typeof schema.startTimes.$inferInsert)[];
  schedules: (typeof schema.receptionSchedules.$inferInsert)[];
  trips: (typeof schema.businessTrips.$inferInsert)[];
  places: Place[];
  departmentIds: Map<number, string>;
}

/**
 * Territory, departments, calendar, schedules and places. Places begin at `historyStart`, which may lie in the year
 * before: every department had a schedule then. `at` is the time written into the ids.
 */
export function referenceRows(
  population: Population,
  ids: Ids,
  at: Date,
  historyStart: PlainDate,
): ReferenceRows {
  const departmentIds = new Map(population.departments.map(({ number }) => [number, ids.id(at)]));
  const rows: ReferenceRows = {
    units: [
      ...population.units.map((unit) => ({
        code: unit.code,
        regionCode: akmolaRegionCode,
        parentCode: unit.parentCode,
        name: unit.name,
      })),
      ...regionHomes.map(({ unitCode, kk, ru }) => ({
        code: unitCode,
        regionCode: unitCode.slice(0, 2),
        parentCode: null,
        name: outsideNames[unitCode] ?? { kk, ru, en: ru },
      })),
    ],
    departments: [],
    unitDepartments: [],
    pilots: pilots(ids, at),
    calendarDays: population.calendar.map((day) => ({
      date: plainDate(day.date),
      kind: day.kind,
      name: { kk: day.nameKk, ru: day.nameRu, en: day.nameEn },
      basis: day.basis,
    })),
    startTimes: [
      {
        validFrom: queueStartTimes.validFrom,
        times: [...queueStartTimes.times],
        basis: 'Совместный приказ № 347/136/571-НК, приложение, пункт 3',
      },
    ],
    schedules: [],
    trips: [],
    places: [],
    departmentIds,
  };
  const calendar = demoCalendar();
  for (const department of population.departments) {
    const departmentId = departmentIds.get(department.number) ?? '';
    rows.departments.push(departmentRow(department, departmentId));
    for (const unitCode of department.unitCodes)
      rows.unitDepartments.push({ unitCode, departmentId, validFrom: pilotStart });
    const trips = department.trips.map((trip) => ({ from: plainDate(trip.from), until: plainDate(trip.to) }));
    rows.trips.push(...trips.map((trip) => ({ id: ids.id(at), departmentId, ...trip })));
    const years = new Set([Number(historyStart.slice(0, 4)), ...department.scheduleYears]);
    for (const year of [...years].sort()) {
      const schedule = {
        from: plainDate(`${year}-01-01`) < pilotStart ? pilotStart : plainDate(`${year}-01-01`),
        until: plainDate(`${year}-12-31`),
        placesPerStart: department.placesPerStartTime,
      };
      rows.schedules.push({ id: ids.id(at), departmentId, ...schedule });
      for (const place of planPlaces(schedule, [queueStartTimes], calendar, trips)) {
        if (place.day < historyStart) continue;
        rows.places.push({
          ...place,
          id: rows.places.length + 1,
          departmentId,
          issued: 0,
          bookingId: null,
          freeFrom: null,
        });
      }
    }
  }
  return rows;
}

/** GV-04: the act as it stands, and its prolongation, which is assumed so that the demonstration works after it. */
function pilots(ids: Ids, at: Date): ReferenceRows['pilots'] {
  return [
    {
      id: ids.id(at),
      regionCode: akmolaRegionCode,
      validFrom: pilotStart,
      validUntil: plainDate('2026-11-21'),
      legalAct: {
        kk: 'ҚР Еңбек және халықты әлеуметтік қорғау министрінің 2025 жылғы 4 қарашадағы № 347, Денсаулық сақтау министрінің 2025 жылғы 5 қарашадағы № 136 және Премьер-Министрдің орынбасары – Жасанды интеллект және цифрлық даму министрінің 2025 жылғы 11 қарашадағы № 571/НҚ бірлескен бұйрығы',
        ru: 'Совместный приказ Министра труда и социальной защиты населения Республики Казахстан от 4 ноября 2025 года № 347, Министра здравоохранения Республики Казахстан от 5 ноября 2025 года № 136 и Заместителя Премьер-Министра – Министра искусственного интеллекта и цифрового развития Республики Казахстан от 11 ноября 2025 года № 571/НК',
        en: 'Joint order of the Minister of Labour and Social Protection of 4 November 2025 No. 347, the Minister of Healthcare of 5 November 2025 No. 136 and the Deputy Prime Minister – Minister of Artificial Intelligence and Digital Development of 11 November 2025 No. 571/NK',
      },
    },
    {
      id: ids.id(at),
      regionCode: akmolaRegionCode,
      validFrom: plainDate('2026-11-22'),
      validUntil: plainDate('2027-11-21'),
      legalAct: {
        kk: 'Көрсетілім үшін болжам: пилот 12 айға ұзартылды деп алынды, мұндай акт жоқ',
        ru: 'Допущение для демонстрации: пилот считается продлённым на 12 месяцев, такого акта нет',
        en: 'Assumed for the demonstration: the pilot is taken as prolonged for 12 months, there is no such act',
      },
    },
  ];
}

function departmentRow(department: Department, id: string): ReferenceRows['departments'][number] {
  const { city, street, house, office } = department.address;
  const { ramp, lift, parking, bus } = department.access;
  const join = (language: keyof Text3) =>
    [ramp, lift, parking, bus].map((text) => text[language]).join('. ') + '.';
  return {
    id,
    number: department.number,
    regionCode: akmolaRegionCode,
    name: department.name,
    address: {
      kk: `${city.kk}, ${street.kk}, ${house}-үй, ${office}-кабинет`,
      ru: `${city.ru}, ${street.ru}, дом ${house}, кабинет ${office}`,
      en: `${house} ${street.en}, office ${office}, ${city.en}`,
    },
    landmark: department.landmark,
    access: { kk: join('kk'), ru: join('ru'), en: join('en') },
    phone: department.phone,
    rooms: department.rooms,
  };
}

/** PX-55: a local military body for every unit a department serves; every second one takes messages, the others get signed lists. */
export function militaryBodyRows(
  reference: Pick<ReferenceRows, 'units' | 'unitDepartments'>,
  nextId: () => string,
): (typeof schema.militaryBodies.$inferInsert)[] {
  const served = new Set(reference.unitDepartments.map(({ unitCode }) => unitCode));
  return reference.units
    .filter(({ code }) => served.has(code))
    .map(({ code, name }, index) => ({
      id: nextId(),
      unitCode: code,
      name: {
        kk: `${name.kk}: қорғаныс істері жөніндегі бөлім`,
        ru: `${name.ru}: отдел по делам обороны`,
        en: `${name.en}: department for defence affairs`,
      },
      interacts: index % 2 === 0,
    }));
}
