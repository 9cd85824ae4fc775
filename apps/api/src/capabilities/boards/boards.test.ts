import { auditEvents, boards } from '@mse/db/schema';
import { eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, type World } from '../../../test/harness.ts';
import { boardEvents } from './boards.events.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ placesPerStart: 5 });
});
afterAll(() => world.close());

const key = () => world.random.id(world.clock.now());
async function staff(role: 'clerk' | 'department-head', departmentId = DEPARTMENT_1) {
  return (await world.signIn((await world.staff(role, departmentId)).id, { audience: 'staff' })).client;
}
const nextNotice = (departmentId: string) =>
  new Promise<void>((resolve) => {
    const end = world.deps.live.onDeskChange(departmentId, () => {
      end();
      resolve();
    });
  });
let names = 0;
async function newBoard(rooms: string[] = [], departmentId = DEPARTMENT_1) {
  const head = await staff('department-head', departmentId);
  names += 1;
  // The notice of the board's birth must be through before a screen opens, or it counts as a change the screen heard.
  const born = nextNotice(departmentId);
  const answer = await head.boards.create({ name: `Күту залы ${names}`, rooms });
  if (!answer.ok) throw new Error(answer.refusal);
  await born;
  return { head, ...answer };
}
async function called(room: string) {
  const person = await world.person();
  const form = await world.form(person.id);
  await world.consent(person.id);
  const clerk = await staff('clerk');
  const joined = await clerk.desk.joinLiveQueue({ formId: form.id });
  if (!joined.ok) throw new Error(joined.refusal);
  await clerk.desk.changeVisit({ visitId: joined.visitId, event: 'call', room });
  return { person, clerk, ...joined };
}

/** Everything a board hears, as it comes. */
function listen(token: string | null, pingMs = 300) {
  const events = boardEvents(world.deps, pingMs);
  let gone: () => Promise<void> = () => Promise.resolve();
  const opened = events.request('/board', {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  let text = '';
  const reading = (async () => {
    const response = await opened;
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    gone = () => reader.cancel();
    for (;;) {
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done) return;
      text += Buffer.from(value as Uint8Array).toString();
    }
  })();
  return {
    opened,
    reading,
    close: () => gone(),
    times: (event: string) => text.split(`event: ${event}\n`).length - 1,
    all: () => text,
    last: () => {
      const views = [...text.matchAll(/event: calls\ndata: (.*)\n/g)];
      return JSON.parse(views.at(-1)?.[1] ?? 'null') as {
        calls: { ticketNo: string; room: string; calls: number }[];
        testCalls: number;
        volume: number;
        emergency: unknown;
        waiting: number;
      } | null;
    },
  };
}

describe('board', () => {
  it('K11: the token is told once, only its hash is kept, and it shows numbers and rooms without any name', async () => {
    const { boardId, token, name } = await newBoard();
    const [row] = await world.db.select().from(boards).where(eq(boards.id, boardId));
    expect(JSON.stringify(row)).not.toContain(token);
    const { person, ticketNo } = await called('14');
    const view = await world.client(null).boards.view({ token });
    expect(view).toMatchObject({
      name,
      department: { number: 1 },
      volume: 70,
      calls: [{ ticketNo, room: '14', calls: 1 }],
    });
    for (const secret of [person.surname, person.iin, person.name])
      expect(JSON.stringify(view)).not.toContain(secret);
    expect(await world.client(null).boards.view({ token: 'B'.repeat(43) })).toBeNull();
    const [audit] = await world.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `board:${boardId}`));
    expect(audit).toMatchObject({ action: 'boards.create', actorRole: 'department-head' });
    expect(
      await world.db
        .select()
        .from(auditEvents)
        .where(like(auditEvents.subject, `%${token}%`)),
    ).toEqual([]);
  });

  it('B01: a call is on the board at once, a repeated call again; of other rooms and departments it says nothing', async () => {
    const all = await newBoard();
    const fifteen = await newBoard(['15']);
    const elsewhere = await newBoard([], DEPARTMENT_2);
    const screens = [all, fifteen, elsewhere].map(({ token }) => listen(token, 10_000));
    const [screen, other, foreign] = screens;
    if (!screen || !other || !foreign) throw new Error('no screens');
    expect((await screen.opened).headers.get('content-type')).toContain('text/event-stream');
    await expect.poll(() => screens.map((each) => each.times('calls'))).toEqual([1, 1, 1]);
    world.clock.forward(1);
    const { clerk, visitId, ticketNo } = await called('14');
    await expect.poll(() => screen.last()?.calls[0]).toMatchObject({ ticketNo, room: '14', calls: 1 });
    world.clock.forward(1);
    await clerk.desk.changeVisit({ visitId, event: 'recall' });
    await expect.poll(() => screen.last()?.calls[0]).toMatchObject({ ticketNo, calls: 2 });
    expect(other.last()?.calls).toEqual([]);
    expect(foreign.times('calls')).toBe(1);
    await clerk.desk.changeVisit({ visitId, event: 'put-back' });
    await expect.poll(() => screen.last()?.calls.some((call) => call.ticketNo === ticketNo)).toBe(false);
    for (const each of screens) await each.close();
    await Promise.all(screens.map((each) => each.reading));
  });

  it('K11: test call, volume, emergency text and closing reach the screen at once', async () => {
    const { head, boardId, token, name } = await newBoard();
    const screen = listen(token, 10_000);
    await expect.poll(() => screen.times('calls')).toBe(1);
    expect(await head.boards.testCall({ boardId })).toEqual({ ok: true });
    await expect.poll(() => screen.last()?.testCalls).toBe(1);
    expect(await head.boards.change({ boardId, name, rooms: ['14'], volume: 20 })).toEqual({ ok: true });
    await expect.poll(() => screen.last()?.volume).toBe(20);
    const text = { kk: 'Ғимараттан шығыңыз', ru: 'Покиньте здание', en: 'Leave the building' };
    expect(await head.boards.setEmergency({ boardId, text })).toEqual({ ok: true });
    await expect.poll(() => screen.last()?.emergency).toEqual(text);
    expect(await head.boards.close({ boardId })).toEqual({ ok: true });
    await screen.reading;
    expect(screen.times('end')).toBe(1);
    expect((await listen(token).opened).status).toBe(401);
    expect(await world.client(null).boards.view({ token })).toBeNull();
    await expect(head.boards.testCall({ boardId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('K11: a renewed token puts the old screen out', async () => {
    const { head, boardId, token } = await newBoard();
    const screen = listen(token, 10_000);
    await expect.poll(() => screen.times('calls')).toBe(1);
    const renewed = await head.boards.renewToken({ boardId });
    if (!renewed.ok) throw new Error(renewed.refusal);
    await screen.reading;
    expect(screen.times('end')).toBe(1);
    expect(await world.client(null).boards.view({ token: renewed.token })).not.toBeNull();
    expect(await world.client(null).boards.view({ token })).toBeNull();
  });

  it('K11: a board gives a sign of life every ping, and counts as off after a silent minute', async () => {
    const { head, boardId, token } = await newBoard();
    const off = async () => (await head.boards.list()).boards.find((board) => board.id === boardId)?.off;
    expect(await off()).toBe(true);
    const screen = listen(token, 100);
    await expect.poll(off).toBe(false);
    await expect.poll(() => screen.times('ping')).toBeGreaterThan(2);
    await screen.close();
    await screen.reading;
    world.clock.forward(2);
    expect(await off()).toBe(true);
  });

  it('K11: a name twice, an unknown room, a board of another department', async () => {
    const { head, boardId, name } = await newBoard();
    expect(await head.boards.create({ name, rooms: [] })).toEqual({ ok: false, refusal: 'name-taken' });
    expect(await head.boards.create({ name: 'Басқа', rooms: ['99'] })).toEqual({
      ok: false,
      refusal: 'room-unknown',
    });
    expect(await head.boards.change({ boardId, name, rooms: [], volume: 0 })).toEqual({ ok: true });
    await expect(head.boards.change({ boardId, name, rooms: [], volume: 101 })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const stranger = await staff('department-head', DEPARTMENT_2);
    expect((await stranger.boards.list()).boards.map((board) => board.id)).not.toContain(boardId);
    const attempts: Promise<unknown>[] = [
      stranger.boards.close({ boardId }),
      stranger.boards.renewToken({ boardId }),
      stranger.boards.setEmergency({ boardId, text: null }),
      stranger.boards.change({ boardId: key(), name: 'x', rooms: [], volume: 1 }),
    ];
    for (const outcome of await Promise.allSettled(attempts))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
    const twice = await Promise.all(
      [1, 2].map(() => head.boards.create({ name: 'Бір мезгілде', rooms: [] })),
    );
    expect(twice.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('B01: no token, a wrong one and a closed board open no line', async () => {
    expect((await listen(null).opened).status).toBe(401);
    expect((await listen('made-up').opened).status).toBe(401);
    expect((await listen('C'.repeat(43)).opened).status).toBe(401);
  });
});
