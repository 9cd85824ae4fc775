import { lastArrival } from '@mse/domain/queue';
import {
  addDays,
  addMinutes,
  type PlainDate,
  plainTime,
  toBusinessDate,
  toBusinessTime,
  toInstant,
} from '@mse/domain/shared';
import { drawApplicants, peopleOf } from './applicants.ts';
import type { Applicant, Chronicle, KnownBooking, KnownForm, VisitTimes } from './chronicle.ts';
import { fillForm, type FormDocument } from './documents.ts';
import type { Random } from './population/random.ts';
import type { Department, Population } from './population/types.ts';
import type { Place } from './reference-rows.ts';
import { remotePeople } from './remote-papers.ts';
import { type RemoteLawRows, tellRemoteForms } from './remote-story.ts';
import { tellReturnedForms } from './returned-forms.ts';
import { demoCalendar } from './service-time.ts';

/** Working days of the past that are told. */
export const historyWorkingDays = 15;
/** Working days ahead on which people are booked. */
const bookedWorkingDays = 10;

/** The first day that is told of. */
export function historyStart(today: PlainDate): PlainDate {
  return workingDay(today, -historyWorkingDays);
}

/** The `count`-th working day after `day`, or before it when negative. */
function workingDay(day: PlainDate, count: number): PlainDate {
  const calendar = demoCalendar();
  let found = day;
  for (let left = Math.abs(count); left > 0;) {
    found = addDays(found, Math.sign(count));
    if (calendar.isWorkingDay(found)) left -= 1;
  }
  return found;
}

/** Everything the story needs besides the chronicle it is written into. */
export interface StorySetting {
  random: Random;
  population: Population;
  places: readonly Place[];
  departmentIds: ReadonlyMap<number, string>;
  serviceTime: Date;
  personId(iin: string): string;
  remote: { law: RemoteLawRows; departmentOf(unitCode: string): string | null };
}

/** Tells the demonstration's last weeks, today and the coming days: the cast first, then everybody else. */
export function tellStory(chronicle: Chronicle, setting: StorySetting): void {
  const { random, population, serviceTime } = setting;
  const { date: today, time: nowTime } = toBusinessTime(serviceTime);
  const calendar = demoCalendar();
  const { person, clinicOf } = peopleOf(population);
  const remote = new Set(remotePeople(population).map(({ iin }) => iin));
  const pools = drawApplicants(random, population, remote);
  const reserved = new Set<number>();
  const placesByDay = Map.groupBy(setting.places, (place) => `${place.departmentId} ${place.day}`);
  const unbooked: KnownForm[] = [];
  let lastNumber = 0;

  const departmentId = (number: number) => setting.departmentIds.get(number) ?? '';
  const placesOn = (number: number, day: PlainDate) =>
    placesByDay.get(`${departmentId(number)} ${day}`) ?? [];
  const between = (from: Date, until: Date) =>
    new Date(
      Math.floor((from.getTime() + random.next() * Math.max(0, until.getTime() - from.getTime())) / 1000) *
        1000,
    );
  const justNow = addMinutes(serviceTime, -10);

  /** A working hour of the working day on or before `day`, before the service's time. */
  function signingTime(day: PlainDate): Date {
    let signedOn = day;
    while (!calendar.isWorkingDay(signedOn)) signedOn = addDays(signedOn, -1);
    return between(toInstant(signedOn, plainTime('09:00')), toInstant(signedOn, plainTime('17:30')));
  }

  function nextDocument(found: Applicant, signedAt: Date): FormDocument {
    lastNumber += 1;
    const formedOn = toBusinessDate(signedAt);
    return fillForm(random, {
      number: `${formedOn.slice(0, 4)}-${String(lastNumber).padStart(5, '0')}`,
      formedOn,
      patient: found.person,
      representative: found.representative,
      clinic: clinicOf(found.person),
    });
  }

  /** A form signed some days before `day`. */
  function form(found: Applicant, day: PlainDate, daysBefore: number): KnownForm {
    const signedAt = signingTime(addDays(day, -daysBefore));
    return chronicle.acceptForm(found, nextDocument(found, signedAt), signedAt);
  }

  /** Books a place some time after the form came and the place was free, but well before the visit; undefined when there is no such time. */
  function bookInTime(known: KnownForm, place: Place): KnownBooking | undefined {
    const startsAt = toInstant(place.day, place.startsAt);
    const earliest = Math.max(
      addMinutes(known.acceptedAt, 30).getTime(),
      (place.freeFrom?.getTime() ?? 0) + 120_000,
    );
    const latest = Math.min(addMinutes(startsAt, -90).getTime(), justNow.getTime());
    if (earliest >= latest) return undefined;
    // Most people book within three days of the message.
    return chronicle.book(
      known,
      place,
      between(new Date(earliest), new Date(Math.min(latest, earliest + 3 * 86_400_000))),
    );
  }

  function clerkOf(number: number): string {
    const clerks = population.staff.filter(
      ({ role, departmentNumber }) => role === 'clerk' && departmentNumber === number,
    );
    return setting.personId(random.pick(clerks).iin);
  }

  function visitTimes(department: Department, startsAt: Date, place: Place, arrivedAt: Date): VisitTimes {
    const calledAt = new Date(
      Math.max(addMinutes(arrivedAt, random.integer(1, 4)).getTime(), addMinutes(startsAt, -1).getTime()),
    );
    const startedAt = addMinutes(calledAt, 1);
    return {
      arrivedAt,
      calledAt,
      startedAt,
      finishedAt: addMinutes(startedAt, random.integer(20, 34)),
      room: department.rooms[(place.placeNo - 1) % department.rooms.length] ?? '',
      clerkId: clerkOf(department.number),
    };
  }

  /** What became of a booking on its day, as far as the service's time: came, came late, or did not come. */
  function liveThrough(department: Department, booking: KnownBooking): void {
    const { startsAt, place } = booking;
    const roll = random.next();
    if (roll < 0.07) {
      if (serviceTime <= addMinutes(lastArrival(startsAt), 1)) return;
      const annulledAt = chronicle.annul(booking);
      const arrivedAt = addMinutes(annulledAt, random.integer(2, 20));
      if (random.chance(0.5) || arrivedAt > serviceTime || place.startsAt > '12:00') return;
      const calledAt = addMinutes(startsAt, 45);
      const times = visitTimes(department, startsAt, place, arrivedAt);
      chronicle.joinLiveQueue(booking.form, place.departmentId, {
        ...times,
        calledAt,
        startedAt: addMinutes(calledAt, 1),
        finishedAt: addMinutes(calledAt, 13),
      });
      return;
    }
    const minutes = roll < 0.14 ? random.integer(3, 13) : -random.integer(4, 35);
    const arrivedAt = new Date(addMinutes(startsAt, minutes).getTime() + random.integer(0, 59) * 1000);
    if (arrivedAt <= serviceTime)
      chronicle.arrive(booking, visitTimes(department, startsAt, place, arrivedAt));
  }

  const pool = (department: Department) => pools.get(department.number) ?? [];

  /** One place: who took it, who gave it back or moved, and who has it in the end. Undefined when it stays free. */
  function fill(department: Department, place: Place): KnownBooking | undefined {
    const found = pool(department).pop();
    if (found === undefined) return undefined;
    const ahead = place.day > today;
    const known = form(found, ahead ? today : place.day, random.integer(1, ahead ? 8 : 18));
    const moves = random.chance(0.05);
    const other = moves
      ? setting.places.find(
          ({ departmentId: id, day, issued, id: placeId }) =>
            id === place.departmentId &&
            day > place.day &&
            day <= known.row.validUntil &&
            issued === 0 &&
            !reserved.has(placeId),
        )
      : undefined;
    const booking = bookInTime(known, other ?? place);
    if (booking === undefined) return undefined;
    const latest = new Date(
      Math.min(toInstant(place.day, place.startsAt).getTime() - 3_600_000, justNow.getTime()),
    );
    const changedAt = between(addMinutes(booking.bookedAt, 20), latest);
    const canChange = addMinutes(booking.bookedAt, 20) < latest;
    if (other !== undefined) {
      if (!canChange || (place.freeFrom !== null && place.freeFrom >= changedAt)) {
        // Too late to move: given back at once.
        chronicle.cancel(booking, addMinutes(booking.bookedAt, 5));
        return undefined;
      }
      const moved = chronicle.move(booking, place, changedAt);
      chronicle.remind(booking);
      return moved;
    }
    if (!random.chance(0.08) || !canChange) return booking;
    chronicle.cancel(booking, changedAt);
    chronicle.remind(booking);
    const second = random.chance(0.6) ? pool(department).pop() : undefined;
    if (second === undefined) return undefined;
    return bookInTime(form(second, ahead ? today : place.day, random.integer(1, ahead ? 8 : 18)), place);
  }

  function tellDay(department: Department, day: PlainDate, occupancy: number): void {
    for (const place of placesOn(department.number, day)) {
      if (reserved.has(place.id) || place.issued > 0 || !random.chance(occupancy)) continue;
      const booking = fill(department, place);
      if (booking === undefined) continue;
      if (day <= today) liveThrough(department, booking);
      chronicle.remind(booking);
    }
  }

  // Places that stay free, so that there is something to choose: today in the first department a part of every second
  // hour, elsewhere and on the coming days the last place of the day.
  for (const { number } of population.departments) {
    for (let ahead = 0; ahead <= bookedWorkingDays; ahead += 1) {
      const places = placesOn(number, ahead === 0 ? today : workingDay(today, ahead));
      const free =
        ahead === 0 && number === 1 ? places.filter(({ dayNo }) => dayNo % 4 === 2) : places.slice(-1);
      for (const { id } of free) reserved.add(id);
    }
  }

  tellCast();
  for (const department of population.departments) {
    for (let ago = historyWorkingDays; ago >= 1; ago -= 1) tellDay(department, workingDay(today, -ago), 0.8);
    if (department.number === 1) tellGivenBack(department);
    if (department.number <= 2) tellEarlyGuests(department);
    tellDay(department, today, 0.85);
    for (let ahead = 1; ahead <= bookedWorkingDays; ahead += 1) {
      tellDay(department, workingDay(today, ahead), 0.75 - ahead * 0.06);
    }
    for (let count = 0; count < 6; count += 1) {
      const found = pool(department).pop();
      if (found !== undefined) unbooked.push(form(found, today, random.integer(1, 20)));
    }
    for (let count = 0; count < 3; count += 1) {
      const found = pool(department).pop();
      if (found !== undefined) form(found, today, random.integer(40, 70));
    }
  }
  const oldest = unbooked.reduce((left, right) => (left.acceptedAt <= right.acceptedAt ? left : right));
  tellReturnedForms(chronicle, {
    random,
    population,
    pools: [...pools.values()],
    today,
    signingTime,
    underReview: oldest.applicant,
    fill: nextDocument,
  });
  tellRemoteForms(chronicle, { random, population, today, signingTime, ...setting.remote });

  /** In the first department one person of today has cancelled and another has moved to the next working day. */
  function tellGivenBack(department: Department): void {
    const [, cancelled, left] = placesOn(department.number, today).filter(({ id }) => reserved.has(id));
    const next = placesOn(department.number, workingDay(today, 1)).find(
      ({ id, issued }) => !reserved.has(id) && issued === 0,
    );
    const [first, second] = [pool(department).pop(), pool(department).pop()];
    if (!cancelled || !left || !next || !first || !second) return;
    const inTime = ({ startsAt }: KnownBooking) =>
      new Date(Math.min(addMinutes(serviceTime, -5).getTime(), addMinutes(startsAt, -60).getTime()));
    const given = bookInTime(form(first, today, 6), cancelled);
    if (given !== undefined) {
      chronicle.cancel(given, between(given.bookedAt, inTime(given)));
      chronicle.remind(given);
    }
    const changed = bookInTime(form(second, today, 7), left);
    if (changed !== undefined) {
      const moved = chronicle.move(changed, next, between(changed.bookedAt, inTime(changed)));
      chronicle.remind(changed);
      chronicle.remind(moved);
    }
  }

  /** People who came well before their time and wait; before nine, when nobody's time has come, one is seen early. */
  function tellEarlyGuests(department: Department): void {
    const coming = placesOn(department.number, today).filter(
      ({ id, startsAt }) => !reserved.has(id) && startsAt > nowTime,
    );
    const minutesAgo = nowTime < '09:00' ? [21, 12, 5] : [12, 5];
    for (const [index, minutes] of minutesAgo.entries()) {
      const place = coming[index];
      const found = pool(department).pop();
      if (place === undefined || found === undefined) continue;
      const booking = bookInTime(form(found, today, random.integer(2, 9)), place);
      if (booking === undefined) continue;
      const times = visitTimes(department, booking.startsAt, place, addMinutes(serviceTime, -minutes));
      const early = { calledAt: addMinutes(serviceTime, -6), startedAt: addMinutes(serviceTime, -5) };
      chronicle.arrive(booking, minutes > 20 ? { ...times, ...early } : times);
      chronicle.remind(booking);
    }
  }

  /** The people of the sign-in page, each as their note promises. */
  function tellCast(): void {
    const named = (key: string) => {
      const found = population.namedDemoPeople.find((member) => member.key === key);
      if (found === undefined) throw new Error(`The cast has no ${key}`);
      return found;
    };
    const self = (key: string): Applicant => ({ person: person(named(key).iin), representative: null });
    const ward = (key: string): Applicant => {
      const { iin, wardIin } = named(key);
      return { person: person(wardIin ?? ''), representative: person(iin) };
    };
    const placeAt = (day: PlainDate, startsAt: string): Place => {
      const place = placesOn(1, day).find((candidate) => candidate.startsAt === startsAt);
      if (place === undefined) throw new Error('The first department receives on the days around today');
      reserved.add(place.id);
      return place;
    };

    form(self('citizen-ready'), today, 3);
    form(ward('citizen-mother'), today, 4);
    form(ward('citizen-guardian'), today, 6);
    // The guardian still had the right when the form was signed; it ran out twenty days ago.
    form(ward('citizen-guardian-expired'), today, 22);
    form(self('citizen-form-expired'), today, 45);
    form(self('citizen-no-registration'), today, 9);
    form(self('citizen-outside'), today, 5);
    form(self('citizen-no-phone'), today, 7);
    form(self('citizen-english'), today, 2);
    for (const key of ['citizen-english', 'citizen-guardian', 'citizen-form-expired']) {
      chronicle.consent(person(named(key).iin), addMinutes(serviceTime, -random.integer(600, 1400)));
    }

    const booked = chronicle.book(
      form(self('citizen-booked'), today, 8),
      placeAt(workingDay(today, 1), '10:00'),
      eveningBefore(3),
    );
    chronicle.remind(booked);
    const missedDay = workingDay(today, -1);
    const missed = chronicle.book(
      form(self('citizen-annulled'), today, 12),
      placeAt(missedDay, '11:00'),
      eveningBefore(7),
    );
    chronicle.annul(missed);
    chronicle.remind(missed);
  }

  function eveningBefore(days: number): Date {
    return between(
      toInstant(addDays(today, -days), plainTime('18:00')),
      toInstant(addDays(today, -days), plainTime('21:00')),
    );
  }
}
