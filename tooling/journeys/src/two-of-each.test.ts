import { demoClinicToken } from '@mse/demo-data';
import { dataFolder, type Service, startService } from '@mse/run';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, bookOverApi, consentOverApi, signInOverApi } from './steps/api.ts';
import {
  fillForm,
  type FormAnswer,
  type FormMessage,
  sendForm,
  sendMessage,
  signForm,
} from './steps/clinic.ts';
import { cast, freshPerson } from './steps/people.ts';
import { signInStaffOverApi } from './steps/sessions.ts';
import { smsTo } from './steps/simulators.ts';
import { openWorld, until, type World } from './steps/world.ts';

/** Everything that reached an open event stream, by name of the event. */
async function listen(url: string, token: string): Promise<{ events: string[]; close(): void }> {
  const stop = new AbortController();
  const response = await fetch(`${url}/events/desk`, {
    headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    signal: stop.signal,
  });
  if (!response.ok || !response.body) throw new Error(`The stream did not open: ${response.status}`);
  const events: string[] = [];
  const { body } = response;
  void (async () => {
    let rest = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('event: ')) events.push(line.slice(7));
    }
  })().catch(() => undefined);
  return { events, close: () => stop.abort() };
}

describe('two API processes and two workers on one database', () => {
  let service: Service;
  let world: World;

  beforeAll(async () => {
    service = await startService({
      dataDir: join(dataFolder(), `two-of-each-${process.pid}`),
      apis: 2,
      workers: 2,
      web: false,
      ephemeral: true,
      fast: true,
    });
    world = openWorld(service);
  }, 120_000);
  afterAll(async () => {
    await world?.close();
    await service?.stop();
  }, 60_000);

  it('K01: an arrival marked through one process shows at once on desks that listen to either', async () => {
    const { iin } = await cast(world, 'clerk-department-1');
    const token = await signInStaffOverApi(world, iin);
    const clerk = apiClient(world, token, 'ru', 1);
    const streams = await Promise.all(world.at.api.map((url) => listen(url, token)));
    try {
      for (const stream of streams)
        await until('the greeting of the stream', async () => stream.events.includes('desk'));
      const day = await clerk.desk.day.query({});
      const expected = day.expected.find((row) => row.bookingId !== null);
      if (!expected?.bookingId) throw new Error('Nobody is expected today');
      const heard = streams.map((stream) => stream.events.length);
      const since = performance.now();
      const answer = await clerk.desk.markArrival.mutate({ bookingId: expected.bookingId });
      expect(answer.ok).toBe(true);
      for (const [index, stream] of streams.entries())
        await until(
          `news on stream ${index}`,
          async () => stream.events.slice(heard[index]).includes('desk'),
          5,
        );
      expect(performance.now() - since).toBeLessThan(5000);
      const other = await apiClient(world, token, 'ru', 0).desk.day.query({});
      expect(other.waiting.map((row) => row.ticketNo)).toContain(expected.ticketNo);
    } finally {
      for (const stream of streams) stream.close();
    }
  });

  it('T11: limits are counted once for all processes: neither a person nor a phone gets more codes by changing the process', async () => {
    const person = await freshPerson(world);
    const ask = (api: number, iin: string, phone: string) =>
      apiClient(world, null, 'ru', api).identity.requestCode.mutate({ iin, phone, language: 'ru' });
    expect(await ask(0, person.iin, person.phone)).toMatchObject({ ok: true });
    expect(await ask(1, person.iin, person.phone)).toMatchObject({ ok: false, refusal: 'too-many' });
    const phone = '+77009998877';
    const answers: boolean[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const stranger = await freshPerson(world, { department: 3 });
      answers.push((await ask(turn % 2, stranger.iin, phone)).ok);
    }
    expect(answers).toEqual([true, true, true, true, true, false]);
  });

  it('T09: a session opened in one process holds in the other, and ends in both at once', async () => {
    const person = await freshPerson(world);
    const token = await signInOverApi(world, person);
    const [one, other] = [apiClient(world, token, 'ru', 0), apiClient(world, token, 'ru', 1)];
    expect((await other.identity.whoAmI.query()).personId).toBe(person.id);
    await other.identity.signOut.mutate();
    await expect(one.identity.whoAmI.query()).rejects.toMatchObject({ data: { code: 'UNAUTHORIZED' } });
  });

  it('IN-12, EQ-05: one message sent to both processes at the same moment is one form and one SMS', async () => {
    const person = await freshPerson(world);
    const message = await signForm(world, await fillForm(world, person));
    const answers = await Promise.all([0, 1, 0, 1].map((api) => sendMessage(world, message, api)));
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as FormAnswer[];
    expect(new Set(bodies.map((body) => body.formId)).size).toBe(1);
    expect(bodies.every((body) => body.state === 'accepted')).toBe(true);
    await until('SMS-1', async () => (await smsTo(world, person.phone)).length > 0);
    const [row] = await world.sql<{ forms: number; messages: number }[]>`
      select (select count(*) from form_031 where person_id = ${person.id})::int as forms,
             (select count(*) from message where person_id = ${person.id} and template = 'sms-1')::int as messages`;
    expect(row).toEqual({ forms: 1, messages: 1 });
  });

  it('EQ-06: twenty invitations written at once are each sent by one worker only', async () => {
    const people = [];
    const messages: FormMessage[] = [];
    for (let count = 0; count < 20; count += 1) {
      const person = await freshPerson(world, { department: 1 + (count % 2) * 2 });
      people.push(person);
      messages.push(await signForm(world, await fillForm(world, person)));
    }
    const halves = [messages.slice(0, 10), messages.slice(10)];
    const answers = await Promise.all(
      halves.map((half, api) =>
        fetch(`${world.at.api[api]}/integration/v1/forms-031/batch`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${demoClinicToken}` },
          body: JSON.stringify({ messages: half }),
        }).then((response) => response.json() as Promise<{ answers: { state: string }[] }>),
      ),
    );
    expect(answers.flatMap((answer) => answer.answers.map((each) => each.state))).toEqual(
      messages.map(() => 'accepted'),
    );
    for (const person of people)
      await until('every invitation', async () =>
        (await smsTo(world, person.phone)).some((sms) => sms.state === 'delivered'),
      );
    // A second copy would come within the next look of a worker.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const copies = await Promise.all(people.map(async (person) => (await smsTo(world, person.phone)).length));
    expect(copies).toEqual(people.map(() => 1));
  });

  it('EQ-10, EQ-13: a place offered by both processes is given once, and one form has one booking', async () => {
    const people = await Promise.all([
      freshPerson(world, { department: 4 }),
      freshPerson(world, { department: 4 }),
    ]);
    const bookers = [];
    for (const [index, person] of people.entries()) {
      const formId = await sendForm(world, person);
      const client = apiClient(world, await signInOverApi(world, person), 'ru', index);
      await consentOverApi(client, 'ru');
      bookers.push({ client, formId });
    }
    const [first] = bookers;
    if (!first) throw new Error('nobody');
    const { nearest } = await first.client.queue.freeTimes.query({ formId: first.formId });
    if (!nearest) throw new Error('no time');
    const answers = await Promise.allSettled(
      bookers.map(({ client, formId }) => bookOverApi(client, formId, nearest.day, nearest.startsAt)),
    );
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    const [row] = await world.sql<{ count: number }[]>`
      select count(*)::int as count from booking where form_id in ${world.sql(bookers.map((each) => each.formId))} and state = 'booked'`;
    expect(row?.count).toBe(1);
  });

  it('EQ-14: with two workers whoever is late is annulled once and gets one SMS-4', async () => {
    const { iin } = await cast(world, 'clerk-department-1');
    const today = async () => {
      const clerk = apiClient(world, await signInStaffOverApi(world, iin));
      return clerk.desk.day.query({});
    };
    let day = await today();
    if (!day.expected.some((row) => row.lateAt !== null)) {
      // Journeys before this one have used up the day; the next on which somebody is booked begins.
      const [next] = await world.sql<{ day: string }[]>`
        select b.day::text as day from booking b join department d on d.id = b.department_id
         where d.number = 1 and b.state = 'booked' and b.starts_instant > ${(await world.now()).toISOString()} order by b.starts_instant limit 1`;
      if (!next) throw new Error('Nobody is booked any more');
      await world.moveTo(next.day, '08:30');
      day = await today();
    }
    const late = day.expected.filter((row) => row.lateAt !== null).at(-1);
    if (!late?.bookingId || late.lateAt === null) throw new Error('Nobody is expected today');
    const minutes = Math.ceil((Date.parse(late.lateAt) - (await world.now()).getTime()) / 60_000) + 1;
    await world.move(minutes);
    const { bookingId } = late;
    await until(
      'the annulment',
      async () =>
        (await world.sql`select 1 from booking where id = ${bookingId} and state = 'annulled'`).length > 0,
    );
    await until(
      'SMS-4',
      async () =>
        (
          await world.sql`select 1 from message where booking_id = ${bookingId} and template = 'sms-4' and state in ('accepted', 'delivered')`
        ).length > 0,
    );
    const [row] = await world.sql<{ messages: number; acts: number }[]>`
      select (select count(*) from message where booking_id = ${bookingId} and template = 'sms-4')::int as messages,
             (select count(*) from audit_event where subject = ${`booking:${bookingId}`} and action = 'queue.annulLate')::int as acts`;
    expect(row?.messages).toBe(1);
    expect(row?.acts).toBeLessThanOrEqual(1);
  });

  it('every process answers its probes and tells its figures', async () => {
    for (const url of [...world.at.api, ...world.at.workers]) {
      expect((await fetch(`${url}/health`)).status).toBe(200);
      expect((await fetch(`${url}/ready`)).status).toBe(200);
      expect(await (await fetch(`${url}/metrics`)).text()).toContain('# TYPE');
    }
  });
});
