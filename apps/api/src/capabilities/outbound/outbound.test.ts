import { outboundMessages } from '@mse/db/schema';
import { startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { createReceivers } from '../../platform/gateways/receivers.ts';
import { sendOutbound, startOutbound } from './index.ts';

let simulators: Simulators;
let world: World;
let worker: { stop(): Promise<void> };
let count = 0;

beforeAll(async () => {
  simulators = await startSimulators();
  world = await startWorld({
    settings: {
      RECEIVERS_URL: simulators.receiversUrl,
      RECEIVERS_TOKEN: simulators.receiversToken,
      RECEIVER_TIMEOUT_MS: 300,
    },
  });
  worker = await startOutbound(world.deps, { sweepEveryMs: 300 });
});
afterAll(async () => {
  await worker.stop();
  await world.close();
  await simulators.close();
});
beforeEach(() => {
  simulators.receivers.setFault('all', 'none');
  simulators.receivers.clear();
  const { settings, log, metrics } = world.deps;
  world.deps.receivers = createReceivers(settings, { now: () => new Date() }, log, metrics);
});

async function send(destination: 'health-ministry' | 'benefits' = 'health-ministry') {
  count += 1;
  const onceKey = `test:${count}`;
  await world.db.transaction((tx) =>
    sendOutbound(
      world.deps,
      tx,
      { destination, kind: 'form-031.returned', payload: { number: count }, onceKey, personId: null },
      world.clock.now(),
    ),
  );
  const [row] = await world.db.select().from(outboundMessages).where(eq(outboundMessages.onceKey, onceKey));
  if (!row) throw new Error('message not stored');
  return row;
}

async function settled(id: string, ms = 15_000) {
  const end = performance.now() + ms;
  for (;;) {
    const [row] = await world.db.select().from(outboundMessages).where(eq(outboundMessages.id, id));
    if (row && row.state !== 'queued') return row;
    if (performance.now() > end) throw new Error(`Not settled: ${row?.attempts} tries, ${row?.failure}`);
    // Tries are planned by the service's clock, which stands still here.
    world.clock.forward(0.1);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('messages to other systems', () => {
  it('IN-08: a message is delivered to its receiver and acknowledged once', async () => {
    const message = await send();
    expect(await settled(message.id)).toMatchObject({ state: 'acknowledged', attempts: 1, failure: null });
    expect(simulators.receivers.inbox('health-ministry')).toMatchObject([
      { id: message.id, kind: 'form-031.returned', payload: { number: count }, deliveries: 1 },
    ]);
    expect(simulators.receivers.inbox('benefits')).toEqual([]);
  });

  it('IN-08: two messages with one key are one', async () => {
    const first = await send();
    await world.db.transaction((tx) =>
      sendOutbound(
        world.deps,
        tx,
        {
          destination: 'health-ministry',
          kind: 'other',
          payload: {},
          onceKey: first.onceKey,
          personId: null,
        },
        world.clock.now(),
      ),
    );
    await settled(first.id);
    expect(await world.db.$count(outboundMessages, eq(outboundMessages.onceKey, first.onceKey))).toBe(1);
  });

  for (const fault of ['error', 'hang', 'garbage', 'lost-acknowledgement'] as const) {
    it(`IN-08: under the fault "${fault}" it is tried until it is acknowledged, and the receiver holds it once`, async () => {
      simulators.receivers.setFault('health-ministry', fault);
      const message = await send();
      await expect
        .poll(
          async () =>
            (await world.db.select().from(outboundMessages).where(eq(outboundMessages.id, message.id)))[0]
              ?.attempts,
          { timeout: 10_000 },
        )
        .toBeGreaterThan(0);
      simulators.receivers.setFault('health-ministry', 'none');
      expect((await settled(message.id)).state).toBe('acknowledged');
      expect(
        simulators.receivers.inbox('health-ministry').filter(({ id }) => id === message.id),
      ).toHaveLength(1);
    }, 30_000);
  }

  it('IN-08: what the receiver refuses is a dead letter at once; a person sends it again from the operations page', async () => {
    simulators.receivers.setFault('health-ministry', 'refuse');
    const message = await send();
    expect(await settled(message.id)).toMatchObject({ state: 'dead', failure: 'refused-422' });
    const administrator = await world.signIn((await world.staff('portal-administrator')).id, {
      audience: 'staff',
    });
    const { letters } = await administrator.client.operations.deadLetters();
    expect(letters).toMatchObject([{ id: `outbound:${message.id}`, reason: 'refused-422' }]);
    simulators.receivers.setFault('health-ministry', 'none');
    expect(await administrator.client.operations.retryDeadLetter({ id: `outbound:${message.id}` })).toEqual({
      ok: true,
    });
    expect((await settled(message.id)).state).toBe('acknowledged');
    expect(await administrator.client.operations.retryDeadLetter({ id: `outbound:${message.id}` })).toEqual({
      ok: false,
      refusal: 'not-found',
    });
  });

  it('IN-08: a message whose job was lost is found by the sweep', async () => {
    const at = world.clock.now();
    const [row] = await world.db
      .insert(outboundMessages)
      .values({
        id: world.random.id(at),
        destination: 'benefits',
        kind: 'offer',
        payload: {},
        onceKey: 'test:lost',
        createdAt: at,
        dueAt: at,
      })
      .returning();
    expect((await settled(row?.id ?? '')).state).toBe('acknowledged');
  });

  it('T23: a receiver that hangs holds up no other', async () => {
    simulators.receivers.setFault('health-ministry', 'hang');
    const stuck = await send('health-ministry');
    const free = await send('benefits');
    expect((await settled(free.id)).state).toBe('acknowledged');
    simulators.receivers.setFault('health-ministry', 'none');
    await settled(stuck.id);
  }, 30_000);
});
