import { beforeAll, describe, expect, test } from 'vitest';
import {
  ageOn,
  generatePopulation,
  hasRightControlDigit,
  isWorkingDay,
  kazakhstanCalendar,
  toRegistryData,
  workingDayAfter,
  type NamedDemoPerson,
  type Person,
  type Population,
} from '../src/population/index.ts';
import { russianPatronymic, surnameFor } from '../src/population/names.ts';

const today = '2026-11-23';
let population: Population;
let byIin: Map<string, Person>;

beforeAll(() => {
  population = generatePopulation({ seed: 1, today });
  byIin = new Map(population.people.map((person) => [person.iin, person]));
});

function person(iin: string): Person {
  const found = byIin.get(iin);
  if (found === undefined) throw new Error('No such person in the register');
  return found;
}

function cast(key: string): NamedDemoPerson {
  const found = population.namedDemoPeople.find((member) => member.key === key);
  if (found === undefined) throw new Error(`The cast has no ${key}`);
  return found;
}

function departmentOf(unitCode: string | undefined): number | undefined {
  return population.departments.find((department) => department.unitCodes.some((code) => code === unitCode))
    ?.number;
}

describe('The generator', () => {
  test('gives the same region for the same seed and day, and other people for another seed', () => {
    expect(generatePopulation({ seed: 1, today })).toEqual(population);
    const other = generatePopulation({ seed: 2, today });
    expect(other.people.filter(({ iin }) => byIin.has(iin)).length).toBeLessThan(10);
    expect(other.units).toEqual(population.units);
  });

  test('makes the region quickly enough for a start-up', () => {
    // The best of three, so that a busy machine does not decide.
    const times = [1, 2, 3].map((seed) => {
      const start = performance.now();
      generatePopulation({ seed, today });
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(300);
  });

  test('works for every month of the calendar and refuses a year it has no working days for', () => {
    for (const day of ['2025-12-30', '2026-02-28', '2026-12-28', '2027-12-31']) {
      expect(generatePopulation({ seed: 3, today: day }).people).toHaveLength(2000);
    }
    expect(() => generatePopulation({ seed: 1, today: '2028-01-10' })).toThrow(RangeError);
    expect(() => generatePopulation({ seed: 1, today: '2026-13-01' })).toThrow(RangeError);
  });
});

describe('Numbers', () => {
  test('every ИИН is unique and has the right control digit', () => {
    expect(byIin.size).toBe(2000);
    for (const { iin } of population.people) expect(hasRightControlDigit(iin)).toBe(true);
  });

  test('the control digit is the one of the published algorithm, second weighting included', () => {
    // A first sum with remainder 1, and one with remainder 10 that is weighed again.
    expect(hasRightControlDigit('100000000001')).toBe(true);
    expect(hasRightControlDigit('100000000002')).toBe(false);
    expect(hasRightControlDigit('000000000100')).toBe(false);
    expect(hasRightControlDigit('000000000101')).toBe(true);
    expect(hasRightControlDigit('12345')).toBe(false);
  });

  test('no ИИН and no БИН of the demonstration can belong to somebody real: no month is in it', () => {
    const numbers = [...byIin.keys(), ...population.clinics.map(({ bin }) => bin)];
    for (const number of numbers) expect(Number(number.slice(2, 4))).toBeGreaterThan(12);
  });

  test('nothing about birth or sex can be read from an ИИН', () => {
    const matching = population.people.filter(
      ({ iin, birthDate }) => iin.slice(0, 6) === birthDate.slice(2).replaceAll('-', ''),
    );
    expect(matching).toHaveLength(0);
    const oddForMen = population.people.filter(
      ({ iin, sex }) => (Number(iin[6]) % 2 === 1) === (sex === 'male'),
    );
    expect(oddForMen.length / population.people.length).toBeGreaterThan(0.4);
    expect(oddForMen.length / population.people.length).toBeLessThan(0.6);
  });

  test('every phone is a unique Kazakhstan mobile number and a few adults have none', () => {
    const phones = population.people.flatMap(({ phone }) => phone ?? []);
    expect(new Set(phones).size).toBe(phones.length);
    for (const phone of phones) expect(phone).toMatch(/^\+77\d{9}$/);
    const adultsWithout = population.people.filter(
      (adult) => adult.phone === null && adult.status === 'alive' && ageOn(adult.birthDate, today) >= 18,
    );
    expect(adultsWithout.length).toBeGreaterThan(10);
    expect(adultsWithout.length).toBeLessThan(120);
  });

  test('every organisation has a valid БИН, and a living capable adult chairs its commission', () => {
    expect(new Set(population.clinics.map(({ bin }) => bin)).size).toBe(population.clinics.length);
    for (const clinic of population.clinics) {
      expect(hasRightControlDigit(clinic.bin)).toBe(true);
      const chair = person(clinic.chairIin);
      expect(chair).toMatchObject({ status: 'alive', legalCapacity: 'capable' });
      expect(ageOn(chair.birthDate, today)).toBeGreaterThanOrEqual(25);
    }
  });
});

describe('Territory and departments', () => {
  test('EQ-03: every unit of the region is served by exactly one department', () => {
    const served = population.departments.flatMap(({ unitCodes }) => unitCodes);
    expect(served.toSorted()).toEqual(population.units.map(({ code }) => code).toSorted());
    expect(new Set(served).size).toBe(served.length);
  });

  test('the region has its three cities and seventeen districts, each district with its centre', () => {
    const top = population.units.filter(({ parentCode }) => parentCode === null);
    expect(top.filter(({ kind }) => kind === 'city')).toHaveLength(3);
    expect(top.filter(({ kind }) => kind === 'district')).toHaveLength(17);
    for (const unit of population.units) expect(unit.code).toMatch(/^11\d{7}$/);
    for (const { code, kind } of top) {
      const places = population.units.filter(({ parentCode }) => parentCode === code);
      if (kind === 'district') expect(places.length).toBeGreaterThanOrEqual(3);
    }
  });

  test('every registration in the region leads to a department, and those outside to none', () => {
    const codes = new Set(population.units.map(({ code }) => code));
    const registered = population.people.flatMap(({ permanentRegistration }) => permanentRegistration ?? []);
    const outside = registered.filter(({ unitCode }) => !codes.has(unitCode));
    expect(outside.length).toBeGreaterThan(5);
    expect(outside.length).toBeLessThan(150);
    for (const { unitCode } of registered) {
      expect(departmentOf(unitCode) !== undefined).toBe(codes.has(unitCode));
    }
    const alive = population.people.filter(({ status }) => status === 'alive');
    const nowhere = alive.filter(({ permanentRegistration }) => permanentRegistration === null);
    expect(nowhere.length).toBeGreaterThan(2);
    expect(nowhere.length).toBeLessThan(80);
  });

  test('EQ-03: trips fall on working days after today, within what the department serves', () => {
    for (const { trips, unitCodes } of population.departments) {
      expect(trips.length).toBeGreaterThan(0);
      for (const trip of trips) {
        expect(trip.from > workingDayAfter(population.calendar, today, 3)).toBe(true);
        expect(trip.to >= trip.from).toBe(true);
        expect(isWorkingDay(population.calendar, trip.from)).toBe(true);
        expect(unitCodes).toContain(trip.destinationUnitCode);
      }
    }
  });

  test('EQ-04: all departments but one have the schedule of the next year', () => {
    for (const { scheduleYears } of population.departments) expect(scheduleYears).toContain(2026);
    expect(population.departments.filter((one) => !one.scheduleYears.includes(2027))).toHaveLength(1);
  });

  test('every department has one or two places, an address with an office and a phone', () => {
    expect(population.departments.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const department of population.departments) {
      expect([1, 2]).toContain(department.placesPerStartTime);
      expect(department.rooms).toContain(department.address.office);
      expect(department.phone).toMatch(/^\+77\d{9}$/);
    }
  });
});

describe('Working days of Kazakhstan', () => {
  const calendar = kazakhstanCalendar();

  test.each([
    ['2025-01-03', false, 'a Friday off by order'],
    ['2025-01-05', true, 'the Sunday worked instead'],
    ['2025-03-10', false, 'after 8 March on a Saturday'],
    ['2025-03-24', false, 'first substitute for Nauryz'],
    ['2025-03-25', false, 'second substitute for Nauryz'],
    ['2025-07-07', false, 'after Capital Day on a Sunday'],
    ['2025-09-01', false, 'after Constitution Day on a Saturday'],
    ['2025-10-27', false, 'after Republic Day on a Saturday'],
    ['2026-03-09', false, 'after 8 March on a Sunday'],
    ['2026-03-16', true, 'the new Constitution Day is first kept in 2027'],
    ['2026-03-24', false, 'first substitute for Nauryz'],
    ['2026-03-25', false, 'second substitute for Nauryz'],
    ['2026-03-26', true, 'the day after the Nauryz days'],
    ['2026-05-27', false, 'Kurban Ait'],
    ['2026-08-31', true, '30 August is a holiday no more'],
    ['2026-10-26', false, 'after Republic Day on a Sunday'],
    ['2026-12-16', false, 'Independence Day'],
    ['2027-03-15', false, 'Constitution Day'],
    ['2027-03-24', false, 'substitute for Nauryz after the queue'],
    ['2027-03-25', true, 'the day after'],
    ['2027-05-17', true, 'Kurban Ait on a Sunday gives no day off'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-23', true, 'a Monday'],
  ])('EQ-02: %s is worked: %s (%s)', (date, worked) => {
    expect(isWorkingDay(calendar, date)).toBe(worked);
  });

  test('EQ-02: the weekdays off in 2027 are exactly those of the law', () => {
    const off = calendar.filter(
      ({ date }) => date.startsWith('2027') && ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()),
    );
    expect(off.map(({ date }) => date.slice(5))).toEqual([
      '01-01',
      '01-04',
      '01-07',
      '03-08',
      '03-15',
      '03-22',
      '03-23',
      '03-24',
      '05-03',
      '05-07',
      '05-10',
      '07-06',
      '10-25',
      '12-16',
    ]);
  });

  test('every date is listed once, in order', () => {
    const dates = calendar.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].toSorted());
  });
});

describe('People', () => {
  test('sex shows in the forms of names', () => {
    expect(surnameFor('Нұрғалиев', 'female')).toBe('Нұрғалиева');
    expect(surnameFor('Высоцкий', 'female')).toBe('Высоцкая');
    expect(surnameFor('Белинский', 'female')).toBe('Белинская');
    expect(surnameFor('Толстой', 'female')).toBe('Толстая');
    expect(surnameFor('Шевченко', 'female')).toBe('Шевченко');
    expect(russianPatronymic('Сергей', 'male')).toBe('Сергеевич');
    expect(russianPatronymic('Игорь', 'female')).toBe('Игоревна');
    expect(russianPatronymic('Илья', 'female')).toBe('Ильинична');
    expect(russianPatronymic('Муса', 'male')).toBe('Мусаевич');
    expect(russianPatronymic('Абай', 'female')).toBe('Абаевна');
    for (const { sex, surname, patronymic } of population.people) {
      const wrongSurname = sex === 'male' ? /(?:[ое]ва|ёва|ина|ая)$/ : /(?:[ое]в|ёв|ин|ий|ой)$/;
      const wrongPatronymic = sex === 'male' ? /(?:вна|чна|қызы)$/ : /(?:ич|ұлы)$/;
      expect(surname).not.toMatch(wrongSurname);
      expect(patronymic ?? '').not.toMatch(wrongPatronymic);
    }
  });

  test('no word mixes Latin and Cyrillic letters, and Kazakh and Russian texts have no Latin ones at all', () => {
    const { namedDemoPeople, calendar, people, ...rest } = population;
    const texts: string[] = [];
    function collect(value: unknown): void {
      if (Array.isArray(value)) value.forEach(collect);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
          if (['kk', 'ru', 'nameKk', 'nameRu', 'basis', 'surname', 'name', 'patronymic'].includes(key)) {
            if (typeof inner === 'string') texts.push(inner);
            else collect(inner);
          } else if (!['en', 'nameEn'].includes(key)) collect(inner);
        }
      }
    }
    collect([namedDemoPeople, calendar, people, rest.units, rest.departments, rest.clinics, rest.region]);
    expect(texts.length).toBeGreaterThan(8000);
    expect(texts.filter((text) => /\p{Script=Latin}/u.test(text))).toEqual([]);
    const english = JSON.stringify(population).match(/\p{L}+/gu) ?? [];
    expect(
      english.filter((word) => /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word)),
    ).toEqual([]);
  });

  test('Kazakh letters occur, and some people have no patronymic', () => {
    expect(population.people.some(({ surname }) => /[ӘҒҚҢӨҰҮҺІәғқңөұүһі]/.test(surname))).toBe(true);
    const without = population.people.filter(({ patronymic }) => patronymic === null).length;
    expect(without).toBeGreaterThan(20);
    expect(without).toBeLessThan(150);
  });

  test('a few are dead, a few left the country, and neither keeps a permanent registration', () => {
    for (const status of ['dead', 'emigrated'] as const) {
      const some = population.people.filter((one) => one.status === status);
      expect(some.length).toBeGreaterThan(2);
      expect(some.length).toBeLessThan(60);
      expect(some.every(({ permanentRegistration }) => permanentRegistration === null)).toBe(true);
    }
  });

  test('EQ-07: guardianships bind known people, and both valid and expired ones of each basis exist', () => {
    for (const basis of ['parent', 'guardian', 'trustee'] as const) {
      const ofBasis = population.guardianships.filter((one) => one.basis === basis);
      const expired = ofBasis.filter(({ validUntil }) => validUntil !== null && validUntil < today);
      expect(expired.length).toBeGreaterThan(0);
      expect(expired.length).toBeLessThan(ofBasis.length);
    }
    for (const { guardianIin, wardIin, validFrom, validUntil } of population.guardianships) {
      expect(person(guardianIin).iin).not.toBe(person(wardIin).iin);
      expect(validFrom <= today && (validUntil === null || validUntil >= validFrom)).toBe(true);
    }
  });

  test('EQ-07: a parent is of age at the birth of the child and its guardian until the day before it is eighteen', () => {
    const children = population.people.filter(({ motherIin }) => motherIin !== null);
    expect(children.length).toBeGreaterThan(300);
    for (const child of children) {
      for (const parentIin of [child.motherIin, child.fatherIin]) {
        if (parentIin === null) continue;
        expect(ageOn(person(parentIin).birthDate, child.birthDate)).toBeGreaterThanOrEqual(18);
        const link = population.guardianships.find(
          (one) => one.guardianIin === parentIin && one.wardIin === child.iin,
        );
        expect(link?.basis).toBe('parent');
        expect(ageOn(child.birthDate, link?.validUntil ?? '')).toBe(17);
      }
    }
  });

  test('nobody is born or attached to a clinic after today, and nobody is attached before birth', () => {
    const bins = new Set(population.clinics.map(({ bin }) => bin));
    for (const { birthDate, attachedOn, clinicBin } of population.people) {
      expect(birthDate <= today).toBe(true);
      expect((clinicBin === null) === (attachedOn === null)).toBe(true);
      if (clinicBin === null || attachedOn === null) continue;
      expect(bins.has(clinicBin)).toBe(true);
      expect(attachedOn >= birthDate && attachedOn <= today).toBe(true);
    }
  });
});

describe('Staff and the cast', () => {
  test('every department has a head and two clerks, each person holds one post and can sign in', () => {
    for (const { number } of population.departments) {
      const here = population.staff.filter((member) => member.departmentNumber === number);
      expect(here.filter(({ role }) => role === 'head')).toHaveLength(1);
      expect(here.filter(({ role }) => role === 'clerk')).toHaveLength(2);
    }
    expect(new Set(population.staff.map(({ iin }) => iin)).size).toBe(population.staff.length);
    const roles = new Set(population.staff.map(({ role }) => role));
    expect([...roles].toSorted()).toEqual(
      [
        'clerk',
        'contact-centre',
        'content-editor',
        'expert',
        'head',
        'chief-specialist',
        'methodologist',
        'methodology-head',
        'portal-admin',
        'registry-admin',
      ].toSorted(),
    );
    for (const { iin } of population.staff) {
      expect(person(iin)).toMatchObject({ status: 'alive', legalCapacity: 'capable' });
    }
  });

  test('the cast is what its notes say', () => {
    const keys = population.namedDemoPeople.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const member of population.namedDemoPeople) {
      expect(person(member.iin)).toMatchObject({ status: 'alive', phone: member.phone });
      if (member.role === 'citizen' && member.departmentNumber !== null) {
        expect(departmentOf(person(member.iin).permanentRegistration?.unitCode)).toBe(
          member.departmentNumber,
        );
      }
    }
    expect(person(cast('citizen-no-registration').iin).permanentRegistration).toBeNull();
    expect(cast('citizen-no-phone').phone).toBeNull();
    expect(departmentOf(person(cast('citizen-outside').iin).permanentRegistration?.unitCode)).toBeUndefined();
    const child = person(cast('citizen-mother').wardIin ?? '');
    expect(ageOn(child.birthDate, today)).toBeLessThan(18);
    expect(child.motherIin).toBe(cast('citizen-mother').iin);
    const lapsed = population.guardianships.find(
      ({ guardianIin }) => guardianIin === cast('citizen-guardian-expired').iin,
    );
    expect(lapsed?.validUntil && lapsed.validUntil < today).toBe(true);
    expect(population.clinics.map(({ chairIin }) => chairIin)).toContain(cast('commission-chair').iin);
    for (const [key, number] of [
      ['clerk-department-1', 1],
      ['clerk-department-2', 2],
    ] as const) {
      expect(population.staff).toContainEqual({
        role: 'clerk',
        iin: cast(key).iin,
        departmentNumber: number,
      });
    }
  });

  test('the cast and the staff keep their numbers from day to day for one seed', () => {
    const later = generatePopulation({ seed: 1, today: '2027-02-01' });
    expect(later.namedDemoPeople.map(({ iin, phone }) => [iin, phone])).toEqual(
      population.namedDemoPeople.map(({ iin, phone }) => [iin, phone]),
    );
    expect(later.staff).toEqual(population.staff);
  });

  test('the cast of citizens is the same person by name whatever the seed', () => {
    const other = generatePopulation({ seed: 77, today: '2027-02-01' });
    expect(other.namedDemoPeople.map(({ key, name }) => [key, name])).toEqual(
      population.namedDemoPeople.map(({ key, name }) => [key, name]),
    );
  });
});

describe('What the registries are given', () => {
  test('people with the fields of the protocol only, phones and attachments that exist, and all guardianships', () => {
    const data = toRegistryData(population);
    expect(data.people).toHaveLength(2000);
    for (const one of data.people) {
      expect(Object.keys(one)).toEqual([
        'iin',
        'surname',
        'name',
        'patronymic',
        'birthDate',
        'sex',
        'status',
        'legalCapacity',
        'permanentRegistration',
      ]);
    }
    expect(data.phones).toHaveLength(population.people.filter(({ phone }) => phone !== null).length);
    expect(data.attachments).toHaveLength(
      population.people.filter(({ clinicBin }) => clinicBin !== null).length,
    );
    expect(data.guardianships).toEqual(population.guardianships);
  });
});
