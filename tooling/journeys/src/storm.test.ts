import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCrowdService } from './crowd-service.ts';

const PEOPLE = 1000;

describe('a storm on one day', () => {
  let world: Awaited<ReturnType<typeof startCrowdService>>;
  beforeAll(async () => {
    world = await startCrowdService(
      'storm',
      { people: PEOPLE, departments: 1, days: 12, placesPerStart: 1 },
      { apis: 2, workers: 1 },
    );
  }, 120_000);
  afterAll(() => world?.close(), 60_000);

  it('EQ-10, EQ-13: 1,000 people want the five times of one day; five get them, everybody else hears the nearest free times', async () => {
    const { crowd, client, sql } = world;
    const day = crowd.days[0] ?? '';
    const answers = await Promise.all(
      crowd.members.map((member, index) =>
        client(member, index).queue.bookPlace.mutate({
          formId: member.formId,
          day,
          startsAt: crowd.startTimes[index % 5] ?? '09:00',
          requestKey: crypto.randomUUID(),
        }),
      ),
    );
    const winners = answers.filter((answer) => answer.ok);
    const losers = answers.filter((answer) => !answer.ok);
    expect(winners).toHaveLength(5);
    expect(new Set(winners.map((winner) => winner.startsAt))).toEqual(new Set(crowd.startTimes));
    expect(new Set(winners.map((winner) => winner.ticketNo)).size).toBe(5);
    expect(losers).toHaveLength(PEOPLE - 5);
    for (const loser of losers) {
      expect(loser.refusal).toBe('time-taken');
      expect(loser.nearest).toHaveLength(3);
    }

    const [counts] = await sql<{ bookings: number; taken: number; messages: number; audit: number }[]>`
      select (select count(*) from booking)::int as bookings,
             (select count(*) from place where booking_id is not null)::int as taken,
             (select count(*) from message where once_key like '%:at-once')::int as messages,
             (select count(*) from audit_event where action = 'queue.bookPlace' and outcome = 'done')::int as audit`;
    expect(counts).toEqual({ bookings: 5, taken: 5, messages: 5, audit: 5 });
  }, 120_000);

  it('EQ-10: a person who saves the same booking fifty times at once through both processes has one booking', async () => {
    const { crowd, client, sql } = world;
    const [busy] = await sql<{ form_id: string }[]>`select form_id from booking limit 1`;
    const member = crowd.members.find((one) => one.formId !== busy?.form_id);
    if (!member) throw new Error('nobody left');
    const wish = {
      formId: member.formId,
      day: crowd.days[5] ?? '',
      startsAt: '11:00',
      requestKey: crypto.randomUUID(),
    };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => client(member, index).queue.bookPlace.mutate(wish)),
    );
    const ids = new Set(answers.map((answer) => (answer.ok ? answer.bookingId : answer.refusal)));
    expect(ids.size).toBe(1);
    const rows = await sql`select id from booking where form_id = ${member.formId}`;
    expect(rows).toHaveLength(1);
    expect([...ids]).toEqual([rows[0]?.id]);
  }, 60_000);
});
