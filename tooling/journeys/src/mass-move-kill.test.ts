import { createApiClient } from '@mse/api-client';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCrowdService } from './crowd-service.ts';

/** `KILL_ROUNDS` lets `npm run prove` repeat it for longer. */
const ROUNDS = Number(process.env.KILL_ROUNDS ?? 1);
const PEOPLE = 240 * ROUNDS;
const HEAD_TOKEN = 'crowd-head-token';

describe('power cuts while a department moves its people', () => {
  let world: Awaited<ReturnType<typeof startCrowdService>>;
  beforeAll(async () => {
    world = await startCrowdService(
      'mass-move-kill',
      { people: PEOPLE + 1, departments: 1, days: 8, placesPerStart: 24 * ROUNDS },
      { apis: 2, workers: 2 },
    );
  }, 120_000);
  afterAll(() => world?.close(), 60_000);

  /** The last of the crowd becomes head of the department, with a session of staff. */
  async function head() {
    const { crowd, sql, service } = world;
    const person = crowd.members.at(-1);
    if (!person) throw new Error('nobody is there');
    await sql`insert into staff_role (id, person_id, role, department_id, valid_from)
      values (gen_random_uuid(), ${person.personId}, 'department-head', ${crowd.departmentIds[0] ?? ''}, '2020-01-01')`;
    await sql`insert into session (id, person_id, audience, trust, device, started_at, last_used_at, expires_at)
      values (${createHash('sha256').update(HEAD_TOKEN).digest('hex')}, ${person.personId}, 'staff', 'signature', 'journey', now(), now(), now() + interval '8 hours')`;
    return (api: number) =>
      createApiClient({
        url: service.api[api % service.api.length] ?? '',
        token: HEAD_TOKEN,
        language: 'ru',
      });
  }

  /** Asks again until there is an answer, of whichever process lives. */
  async function patiently<Answer>(ask: (attempt: number) => Promise<Answer>): Promise<Answer> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await ask(attempt);
      } catch (error) {
        if (attempt > 300) throw error;
        await pause(100);
      }
    }
  }

  it('EQ-06, EQ-10, EQ-12, EQ-13: kill -9 of workers, API and PostgreSQL leaves nobody without an answer, moves nobody twice, and every message is accepted once', async () => {
    const { service, crowd, client, sql } = world;
    const people = crowd.members.slice(0, PEOPLE);
    const [first = '', second = ''] = crowd.days;
    // Some have no number, some a form that ends with the closed days.
    await sql`update person set phone = null where id = any(${people.filter((_, index) => index % 10 === 3).map((member) => member.personId)}::uuid[])`;
    await sql`update form_031 set valid_until = ${second} where id = any(${people.filter((_, index) => index % 8 === 5).map((member) => member.formId)}::uuid[])`;

    const bookings = new Map<string, string>();
    let next = 0;
    const book = async () => {
      for (let index = next++; index < people.length; index = next++) {
        const member = people[index];
        if (!member) return;
        const answer = await client(member, index).queue.bookPlace.mutate({
          formId: member.formId,
          day: index % 2 === 0 ? first : second,
          startsAt: crowd.startTimes[Math.floor(index / 2) % 5] ?? '',
          requestKey: crypto.randomUUID(),
        });
        if (!answer.ok) throw new Error(`Not booked: ${answer.refusal}`);
        bookings.set(member.formId, answer.bookingId);
      }
    };
    await Promise.all(Array.from({ length: 8 }, book));

    const staff = await head();
    const wish = { from: first, until: second, kind: 'closed' as const, reason: 'Авария отопления' };
    const preview = await staff(0).closures.preview.query(wish);
    if (!preview.ok) throw new Error(preview.refusal);
    expect(preview.bookings).toHaveLength(PEOPLE);
    const closed = await staff(0).closures.close.mutate({ ...wish, shown: preview.shown, move: true });
    if (!closed.ok) throw new Error(closed.refusal);
    const massMoveId = closed.massMoveId ?? '';

    // Meanwhile people change their minds, those whose turn comes last first.
    let over = false;
    const changed = { cancelled: 0, moved: 0, refused: 0 };
    const act = async () => {
      for (const [index, member] of [...people.entries()].filter(([index]) => index % 6 === 0).reverse()) {
        if (over) return;
        const bookingId = bookings.get(member.formId) ?? '';
        const requestKey = crypto.randomUUID();
        const answer = await patiently<{ ok: boolean }>(async (attempt) =>
          index % 12 === 0
            ? await client(member, attempt).queue.cancelBooking.mutate({ bookingId })
            : await client(member, attempt).queue.moveBooking.mutate({
                bookingId,
                day: crowd.days[6] ?? '',
                startsAt: '14:30',
                requestKey,
              }),
        );
        changed[!answer.ok ? 'refused' : index % 12 === 0 ? 'cancelled' : 'moved'] += 1;
        await pause(30);
      }
    };
    const acting = act();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ['worker', 'worker-2', 'api']) {
        await pause(400);
        await service.process(name).kill9();
        await pause(200);
        await service.process(name).restart();
      }
      await pause(300);
      await service.postgres?.kill9();
      await pause(300);
      await service.postgres?.start();
      await pause(500);
    }
    const state = () =>
      patiently(async (attempt) => await staff(attempt).massMove.progress.query({ id: massMoveId }));
    for (const deadline = performance.now() + 120_000; performance.now() < deadline; await pause(500)) {
      if ((await state()).state === 'done') break;
    }
    over = true;
    await acting;

    const move = await state();
    expect(move).toMatchObject({
      state: 'done',
      stopped: false,
      counts: { all: PEOPLE, pending: 0, failed: 0 },
    });
    expect(changed.cancelled + changed.moved).toBeGreaterThan(0);
    expect(move.counts.moved).toBeGreaterThan(PEOPLE / 2);
    expect(move.counts.noPlace).toBeGreaterThan(0);

    // Everybody has one answer, and what the items say is what the bookings say.
    const items = await sql<
      {
        state: string;
        old_state: string;
        cancel_reason: string | null;
        fresh: string | null;
        moved_from: string | null;
        old: string;
        told: number;
        phone: string | null;
        to_call: boolean;
      }[]
    >`
      select i.state, o.state as old_state, o.cancel_reason, n.id as fresh, n.moved_from, o.id as old, i.to_call, p.phone,
             (select count(*)::int from message m where m.template in ('moved', 'rebook') and m.booking_id in (o.id, n.id)) as told
        from mass_move_item i join booking o on o.id = i.booking_id left join booking n on n.id = i.new_booking_id join person p on p.id = o.person_id
       where i.mass_move_id = ${massMoveId}`;
    expect(items).toHaveLength(PEOPLE);
    for (const item of items) {
      if (item.state === 'moved') {
        expect(item).toMatchObject({
          old_state: 'moved',
          moved_from: item.old,
          told: 1,
          to_call: item.phone === null,
        });
      } else if (item.state === 'no-place') {
        expect(item).toMatchObject({
          old_state: 'cancelled',
          cancel_reason: 'department-closed',
          fresh: null,
          told: 1,
          to_call: true,
        });
      } else {
        expect(item).toMatchObject({ state: 'ended-meanwhile', fresh: null, told: 0, to_call: false });
        expect(['cancelled', 'moved']).toContain(item.old_state);
      }
    }
    const [facts] = await sql<{ left: number; doubled: number; astray: number; forms: number }[]>`
      select (select count(*) from booking where state = 'booked' and day between ${first} and ${second})::int as left,
             (select count(*) from (select form_id from booking where state in ('booked', 'arrived') group by form_id having count(*) > 1) d)::int as doubled,
             (select count(*) from booking b left join place p on p.booking_id = b.id where b.state = 'booked' and p.id is distinct from b.place_id)::int as astray,
             (select count(*) from place p where p.booking_id is not null and not exists (select from booking b where b.id = p.booking_id and b.state = 'booked'))::int as forms`;
    expect(facts).toEqual({ left: 0, doubled: 0, astray: 0, forms: 0 });

    // Every message of the move that still holds reaches its phone once; in flight ones settle by their receipts. Run in the hours
    // of quiet, the messages wait for the morning: here it comes at once.
    await sql`update message set due_at = now() where template in ('moved', 'rebook') and state = 'queued' and due_at > now()`;
    const wanted = () => sql<{ id: string; phone: string; state: string }[]>`
      select m.id, m.phone, m.state from message m join booking b on b.id = m.booking_id
       where m.phone is not null and (m.template = 'rebook' or m.template = 'moved' and b.state = 'booked')`;
    for (const deadline = performance.now() + 150_000; performance.now() < deadline; await pause(500))
      if ((await wanted()).every((message) => ['accepted', 'delivered'].includes(message.state))) break;
    const sent = await wanted();
    expect(sent.filter((message) => !['accepted', 'delivered'].includes(message.state))).toEqual([]);
    const response = await fetch(`${service.simulators}/control/sms/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const inbox = (await response.json()) as { messages: { to: string; text: string }[] };
    const ofTheMove = /не принимает|қабылдамайды|receives nobody/;
    const told = new Map<string, number>();
    for (const message of inbox.messages.filter(({ text }) => ofTheMove.test(text))) {
      const phone = message.to.replace(/\D/g, '');
      told.set(phone, (told.get(phone) ?? 0) + 1);
    }
    expect(sent.map(({ phone }) => [phone, told.get(phone.replace(/\D/g, ''))])).toEqual(
      sent.map(({ phone }) => [phone, 1]),
    );
    expect([...told.values()].every((count) => count === 1)).toBe(true);
  }, 420_000);
});
