import { insertMany, updateMany } from '@mse/db';
import { assignments, auditEvents, conclusions, forms, outboundMessages, persons } from '@mse/db/schema';
import { asc, eq, inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from './harness.ts';
import { conclusion } from './panel.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

describe('many rows in one statement', () => {
  it('T31: every type of column comes back as it went in: instants, days, numbers, bytes, words in three languages, nothing', async () => {
    const person = await world.person();
    const form = await world.form(person.id);
    const at = new Date('2026-11-23T04:05:06.789Z');
    const row: typeof conclusions.$inferInsert = {
      id: world.random.id(at),
      actNo: `11-'1"\\/2026-7`,
      formId: form.id,
      caseId: null,
      personId: person.id,
      departmentId: null,
      basis: 'in-person',
      examinedOn: form.formedOn,
      content: conclusion('group-2', { reasons: 'Ә\n"ө"\\u0041 $1' }),
      place: null,
      text: 'мәтін',
      signature: Buffer.from([0, 255, 92, 120]),
      signedBy: person.id,
      concludedAt: at,
    };
    await insertMany(world.db, conclusions, [row]);
    const [stored] = await world.db.select().from(conclusions).where(eq(conclusions.id, row.id));
    expect(stored).toEqual(row);
  });

  it('T31: what none of the rows says gets its default, rows keep their order, and a known key leaves a row out', async () => {
    const at = world.clock.now();
    const message = (onceKey: string) => ({
      id: world.random.id(at),
      destination: 'benefits' as const,
      kind: 'offer',
      payload: { of: onceKey },
      onceKey,
      personId: null,
      createdAt: at,
      dueAt: at,
    });
    const put = (...keys: string[]) =>
      insertMany(world.db, outboundMessages, keys.map(message), {
        unless: outboundMessages.onceKey,
        returning: outboundMessages.onceKey,
      });
    expect(await put('many:1', 'many:2')).toEqual(['many:1', 'many:2']);
    expect(await put('many:2', 'many:3', 'many:3')).toEqual(['many:3']);
    expect(await put()).toEqual([]);
    const rows = await world.db
      .select()
      .from(outboundMessages)
      .where(inArray(outboundMessages.onceKey, ['many:1', 'many:2', 'many:3']));
    expect(rows.map(({ state, attempts }) => ({ state, attempts }))).toEqual(
      Array.from({ length: 3 }, () => ({ state: 'queued', attempts: 0 })),
    );

    await insertMany(
      world.db,
      auditEvents,
      Array.from({ length: 10_000 }, (_, index) => ({
        at,
        actor: 'system:test',
        actorRole: 'system',
        action: 'test.many',
        outcome: 'done' as const,
        personId: null,
        subject: `row:${index}`,
        requestId: null,
        detail: {},
      })),
    );
    const written = await world.db
      .select({ subject: auditEvents.subject })
      .from(auditEvents)
      .where(eq(auditEvents.action, 'test.many'))
      .orderBy(asc(auditEvents.id));
    expect(written.map(({ subject }) => subject)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => `row:${index}`),
    );
  });

  it('T31: each row gets its own values, null among them, and the others are left alone', async () => {
    const [one, two, three] = [await world.person(), await world.person(), await world.person()];
    await updateMany(world.db, persons, [
      { id: one.id, phone: null, surname: 'Бірінші' },
      { id: two.id, phone: '+77010000000', surname: 'Екінші' },
    ]);
    await updateMany(world.db, persons, []);
    const rows = await world.db
      .select({ id: persons.id, phone: persons.phone, surname: persons.surname })
      .from(persons)
      .where(inArray(persons.id, [one.id, two.id, three.id]))
      .orderBy(asc(persons.iin));
    expect(rows).toEqual([
      { id: one.id, phone: null, surname: 'Бірінші' },
      { id: two.id, phone: '+77010000000', surname: 'Екінші' },
      { id: three.id, phone: three.phone, surname: three.surname },
    ]);
  });

  it('T31: rows that differ in their fields, or break a rule of the table, are refused whole', async () => {
    const person = await world.person();
    const form = await world.form(person.id);
    await expect(
      updateMany(world.db, forms, [{ id: form.id, state: 'served' }, { id: form.id }]),
    ).rejects.toThrow('different fields');
    await expect(updateMany(world.db, assignments, [{ id: person.id }])).resolves.toBeUndefined();
    await expect(updateMany(world.db, forms, [{ id: form.id, personId: form.id }])).rejects.toThrow();
    const [same] = await world.db.select().from(forms).where(eq(forms.id, form.id));
    expect(same).toEqual(form);
  });
});
