import { messages } from '@mse/db/schema';
import { startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';

const PROGRAM = fileURLToPath(new URL('../../../test/notifications-process.ts', import.meta.url));
const MESSAGES = 150;

let simulators: Simulators;
let world: World;
let child: ChildProcess | undefined;

beforeAll(async () => {
  simulators = await startSimulators();
  world = await startWorld();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await world.close();
  await simulators.close();
});

function startProcess(): ChildProcess {
  return spawn(process.execPath, [PROGRAM], {
    env: {
      ...process.env,
      DATABASE_URL: world.databaseUrl,
      SMPP_URL: simulators.smppUrl,
      SMPP_PER_SECOND: '200',
      LOG_LEVEL: 'silent',
      SERVICE_MODE: 'demo',
      GRACE_MS: '4000',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function kill(killed: ChildProcess): Promise<void> {
  const gone = once(killed, 'exit');
  killed.kill('SIGKILL');
  await gone;
}

it('T22: a worker killed by SIGKILL again and again while it sends loses no message, and the centre accepts each once', async () => {
  await simulators.smsc.configure({ responseDelayMs: 30, receiptDelayMs: 150 });
  const person = await world.person();
  const at = new Date(Date.now() - 1000);
  await world.db.insert(messages).values(
    Array.from({ length: MESSAGES }, (_, number) => {
      const id = world.random.id(at);
      return {
        id,
        personId: person.id,
        template: 'sms-1' as const,
        language: 'kk' as const,
        phone: `+7701${String(2_000_000 + number)}`,
        onceKey: id,
        createdAt: at,
        dueAt: at,
        stateAt: at,
      };
    }),
  );
  for (const sent of [40, 150, 260, 370]) {
    child = startProcess();
    const before = performance.now();
    // Killed in the middle of sending, wherever that is.
    while (simulators.smsc.state().submitted < sent && performance.now() - before < 30_000)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await kill(child);
  }
  child = startProcess();
  const end = performance.now() + 60_000;
  while (
    (await world.db.$count(messages, eq(messages.state, 'delivered'))) < MESSAGES &&
    performance.now() < end
  )
    await new Promise((resolve) => setTimeout(resolve, 200));
  await kill(child);

  const inbox = simulators.smsc.messages();
  expect(await world.db.$count(messages, eq(messages.state, 'delivered'))).toBe(MESSAGES);
  expect(inbox).toHaveLength(MESSAGES);
  expect(new Set(inbox.map((message) => message.to)).size).toBe(MESSAGES);
  expect(inbox.every((message) => message.partsReceived === 3)).toBe(true);
  expect(simulators.smsc.state().submitted).toBe(MESSAGES * 3);
}, 180_000);
