import { createAdaptorServer } from '@hono/node-server';
import { integrationClients, outboundMessages, programmeExecutions } from '@mse/db/schema';
import type { ConclusionContent } from '@mse/domain/examination';
import { plainDate, toBusinessDate } from '@mse/domain/shared';
import { startSimulators, type Simulators } from '@mse/simulators';
import { and, eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { deliverOutbound } from '../outbound/deliver-outbound.ts';
import { recordConclusion } from './index.ts';

const TOKENS = { 'e-sobes': 'e-sobes-token-0001', 'labour-market': 'labour-market-token-0001' } as const;
const until = { kind: 'until' as const, until: plainDate('2027-11-23') };
const CONTENT: ConclusionContent = {
  disability: { outcome: 'group-2', cause: 'general-disease', term: until },
  generalLoss: null,
  professionalLoss: null,
  programme: { social: ['кресло-арба', 'жеке көмекші'], vocational: ['қайта оқыту'], term: until },
  injuredWorkerNeeds: null,
  diagnosis: 'Диагноз',
  reasons: 'Негіздеме',
};

let world: World;
let simulators: Simulators;
let server: Server;
beforeAll(async () => {
  // The product answers only when it is there; its address must be known before.
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  server = createAdaptorServer({ fetch: (request) => answer(request) }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  simulators = await startSimulators({
    executions: {
      url: `http://127.0.0.1:${port}/integration/v1/programme-executions`,
      tokens: TOKENS,
    },
  });
  world = await startWorld({
    settings: { RECEIVERS_URL: simulators.receiversUrl, RECEIVERS_TOKEN: simulators.receiversToken },
  });
  answer = (request) => world.http.fetch(request);
  await world.db.insert(integrationClients).values(
    (['e-sobes', 'labour-market'] as const).map((purpose) => ({
      id: world.random.id(world.clock.now()),
      name: purpose,
      tokenHash: createHash('sha256').update(TOKENS[purpose]).digest('hex'),
      purpose,
    })),
  );
});
afterAll(async () => {
  await world.close();
  await simulators.close();
  await new Promise((resolve) => server.close(resolve));
});

test('PX-54, PX-56: a programme that was handed over comes back as planned, then as done, each of its own part and once', async () => {
  const person = await world.person();
  const form = await world.form(person.id);
  const at = world.clock.now();
  const { conclusionId, actNo } = await world.db.transaction((tx) =>
    recordConclusion(
      world.deps,
      tx,
      {
        formId: form.id,
        caseId: null,
        personId: person.id,
        departmentId: DEPARTMENT_1,
        basis: 'remote',
        examinedOn: toBusinessDate(at),
        content: CONTENT,
        text: null,
        signature: null,
        signedBy: null,
      },
      at,
    ),
  );
  expect(await simulators.receivers.report(actNo, 'done')).toBeNull();
  const told = await world.db
    .select({ id: outboundMessages.id })
    .from(outboundMessages)
    .where(and(eq(outboundMessages.personId, person.id), eq(outboundMessages.kind, 'programme.approved')));
  expect(told).toHaveLength(2);
  for (const { id } of told) await deliverOutbound(world.deps, id);
  const kept = () =>
    world.db.select().from(programmeExecutions).where(eq(programmeExecutions.conclusionId, conclusionId));
  const states = async () =>
    (await kept()).map(({ part, measure, state }) => `${part}: ${measure}: ${state}`).sort();
  const planned = [
    'social: жеке көмекші: planned',
    'social: кресло-арба: planned',
    'vocational: қайта оқыту: planned',
  ];
  for (let waited = 0; (await kept()).length < 3 && waited < 100; waited += 1) await pause(50);
  expect(await states()).toEqual(planned);
  expect(await simulators.receivers.report(actNo, 'done')).toEqual([201, 201, 201]);
  // Sent again it is known and changes nothing.
  expect(await simulators.receivers.report(actNo, 'done')).toEqual([200, 200, 200]);
  expect(await states()).toEqual(
    [...planned, ...planned.map((line) => line.replace('planned', 'done'))].sort(),
  );
});
