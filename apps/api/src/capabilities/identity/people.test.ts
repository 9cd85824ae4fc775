import { guardianships, persons } from '@mse/db/schema';
import { type PlainDate, plainDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type World, startWorld } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { ensurePerson, idsActedFor, refreshPerson, refreshWards, wardsOf } from './people.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.registries.answerAgain());

let numbers = 0;
/** Somebody only the registries know. */
function stranger(changes: { unitCode?: string | null; phone?: string | null } = {}) {
  const iin = `900101777${String((numbers += 1)).padStart(3, '0')}`;
  const unitCode = changes.unitCode === undefined ? '111010000' : changes.unitCode;
  world.registries.put(
    {
      iin,
      surname: 'Бөтен',
      name: 'Адам',
      patronymic: null,
      birthDate: plainDate('2015-05-05'),
      sex: 'female',
      status: 'alive',
      legalCapacity: 'capable',
      hasPermanentRegistration: unitCode !== null,
      permanentRegistration: unitCode === null ? null : { unitCode, kk: 'Абай 1', ru: 'Абая 1' },
      asOf: world.clock.now(),
    },
    changes.phone === undefined ? '+77011112233' : changes.phone,
  );
  return iin;
}

describe('People by the registries', () => {
  test('a person nobody knew is stored as the registries describe them, once, however often they come at once', async () => {
    const iin = stranger();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ensurePerson(world.deps, iin)));
    const ids = new Set(answers.map((answer) => (answer.kind === 'found' ? answer.value.id : answer.kind)));
    expect(ids.size).toBe(1);
    expect(answers[0]).toMatchObject({
      kind: 'found',
      value: {
        birthDate: '2015-05-05',
        sex: 'female',
        unitCode: '111010000',
        phone: '+77011112233',
        wardsAsOf: null,
      },
    });
  });

  test('nobody with this number is a no, a silent registry is not', async () => {
    expect((await ensurePerson(world.deps, '900101777999')).kind).toBe('not-found');
    world.registries.silence('persons');
    expect((await ensurePerson(world.deps, '900101777999')).kind).toBe('silent');
  });

  test('a silent base of phones leaves the phone to be asked for again', async () => {
    const iin = stranger();
    world.registries.silence('mobile-citizens');
    const first = await ensurePerson(world.deps, iin);
    expect(first).toMatchObject({ value: { phone: null, phoneAsOf: null } });
    world.registries.answerAgain();
    expect(await ensurePerson(world.deps, iin)).toMatchObject({ value: { phone: '+77011112233' } });
  });

  test('a unit our classifier lacks is kept by its code, so the registration is not lost', async () => {
    const iin = stranger({ unitCode: '391010000' });
    expect(await ensurePerson(world.deps, iin)).toMatchObject({
      kind: 'found',
      value: { unitCode: '391010000' },
    });
    await world.reference.reload();
    expect(world.reference.regionOfUnit('391010000')).toBe('39');
  });

  test('what is older than a day is asked anew; a silent registry keeps what is known', async () => {
    const person = await world.person();
    const moved = {
      ...person,
      hasPermanentRegistration: false,
      permanentRegistration: null,
      asOf: world.clock.now(),
    };
    world.registries.put(moved, '+77019998877');
    expect(await refreshPerson(world.deps, person)).toMatchObject({
      unitCode: '111010000',
      phone: person.phone,
    });
    world.clock.forward(24 * 60);
    world.registries.silence('persons', 'mobile-citizens');
    expect(await refreshPerson(world.deps, person)).toMatchObject({
      unitCode: '111010000',
      phone: person.phone,
    });
    world.registries.answerAgain();
    expect(await refreshPerson(world.deps, person)).toMatchObject({
      unitCode: null,
      address: null,
      phone: '+77019998877',
    });
  });
});

/** Whether one person may act for another on a date. */
const mayActFor = async (callerId: string, personId: string, date: PlainDate) =>
  (await idsActedFor(world.db, callerId, date)).includes(personId);

describe('EQ-07: wards', () => {
  const today = () => world.today;
  const guardian = async () => {
    const person = await world.person({ wardsAsOf: null });
    return {
      person,
      mayAct: (wardId: string, date: PlainDate = today()) => mayActFor(person.id, wardId, date),
    };
  };

  test('EQ-07: a guardian acts for a ward on the first and the last day of the guardianship, and on no other', async () => {
    const { person, mayAct } = await guardian();
    const iin = stranger();
    world.registries.guard(person.iin, iin, 'guardian', plainDate('2026-11-01'), plainDate('2026-11-30'));
    expect(await refreshWards(world.deps, person.id)).toBe(true);
    const [ward] = await wardsOf(world.db, person.id, today());
    expect(ward).toMatchObject({ basis: 'guardian', valid: true, validUntil: '2026-11-30', person: { iin } });
    const id = present(ward).person.id;
    expect(await mayAct(id, plainDate('2026-10-31'))).toBe(false);
    expect(await mayAct(id, plainDate('2026-11-01'))).toBe(true);
    expect(await mayAct(id, plainDate('2026-11-30'))).toBe(true);
    expect(await mayAct(id, plainDate('2026-12-01'))).toBe(false);
    expect(await idsActedFor(world.db, person.id, today())).toEqual([person.id, id]);
    expect(await idsActedFor(world.db, person.id, plainDate('2026-12-01'))).toEqual([person.id]);
  });

  test('EQ-07: everybody acts for themselves, nobody for a stranger, a ward not for the guardian', async () => {
    const { person, mayAct } = await guardian();
    const other = await world.person();
    await world.guardian(person, other);
    expect(await mayAct(person.id)).toBe(true);
    expect(await mayAct(other.id)).toBe(true);
    expect(await mayActFor(other.id, person.id, today())).toBe(false);
    expect(await mayAct((await world.person()).id)).toBe(false);
  });

  test('EQ-07: a guardianship the registry no longer names is gone after a day', async () => {
    const { person, mayAct } = await guardian();
    const former = await world.person();
    await world.db.insert(guardianships).values({
      guardianId: person.id,
      wardId: former.id,
      basis: 'parent',
      validFrom: plainDate('2020-01-01'),
    });
    expect(await mayAct(former.id)).toBe(true);
    expect(await refreshWards(world.deps, person.id)).toBe(true);
    expect(await mayAct(former.id)).toBe(false);
  });

  test('EQ-07: silence of the guardianship registry takes nothing away, and says when nothing was ever known', async () => {
    const { person, mayAct } = await guardian();
    world.registries.silence('guardianship');
    expect(await refreshWards(world.deps, person.id)).toBe(false);
    const ward = await world.person();
    world.registries.answerAgain();
    world.registries.guard(person.iin, ward.iin, 'parent', plainDate('2020-01-01'), null);
    expect(await refreshWards(world.deps, person.id)).toBe(true);
    world.clock.forward(25 * 60);
    world.registries.silence('guardianship');
    expect(await refreshWards(world.deps, person.id)).toBe(true);
    expect(await mayAct(ward.id)).toBe(true);
  });

  test('EQ-07: a ward the registry of persons is silent about is asked for again next time', async () => {
    const { person } = await guardian();
    const iin = stranger();
    world.registries.guard(person.iin, iin, 'parent', plainDate('2020-01-01'), null);
    world.registries.silence('persons');
    expect(await refreshWards(world.deps, person.id)).toBe(false);
    expect((await world.db.select().from(persons).where(eq(persons.id, person.id)))[0]?.wardsAsOf).toBeNull();
    world.registries.answerAgain();
    expect(await refreshWards(world.deps, person.id)).toBe(true);
    expect(await wardsOf(world.db, person.id, today())).toHaveLength(1);
  });

  test('EQ-07: a ward with an ended and a valid basis counts by the valid one', async () => {
    const { person } = await guardian();
    const iin = stranger();
    world.registries.guard(person.iin, iin, 'guardian', plainDate('2020-01-01'), plainDate('2021-01-01'));
    world.registries.guard(person.iin, iin, 'parent', plainDate('2020-01-01'), null);
    await refreshWards(world.deps, person.id);
    expect(await wardsOf(world.db, person.id, today())).toMatchObject([{ basis: 'parent', valid: true }]);
  });
});
