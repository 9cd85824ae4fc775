import { auditEvents, digitalDocuments, documentAccesses, inPersonApplications } from '@mse/db/schema';
import type { AccessWay, DigitalDocument } from '@mse/domain/in-person';
import { startSimulators, type Simulators } from '@mse/simulators';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { DEPARTMENT_1, DEPARTMENT_2, startWorld, UNIT_1, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { machineNow, simulatedVerifier } from '../../../test/simulated-authority.ts';
import { createDigitalDocuments } from '../../platform/gateways/digital-documents.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { secureRandom } from '../../platform/random.ts';

let world: World;
let simulators: Simulators;
/** Everything the service is asked and everything that is logged, for what must never stand in a log. */
const logged: string[] = [];
beforeAll(async () => {
  simulators = await startSimulators();
  world = await startWorld({
    now: machineNow(),
    signatures: simulatedVerifier(simulators),
    settings: {
      DIGITAL_DOCUMENTS_URL: simulators.digitalDocumentsUrl,
      DIGITAL_DOCUMENTS_TOKEN: simulators.registriesToken,
    },
  });
  const log = createLog('test', 'silent');
  world.deps.digitalDocuments = createDigitalDocuments(
    world.deps.settings,
    { now: () => new Date() },
    secureRandom(),
    { ...log, warn: (...parts: unknown[]) => logged.push(JSON.stringify(parts)) } as typeof log,
    createMetrics('test'),
  );
});
afterEach(() => simulators.digitalDocuments.setFault('none'));
afterAll(async () => {
  await world.close();
  await simulators.close();
});

/** An open application of somebody whose number the state knows. */
async function opened(phone: string | null = '+77011234567') {
  const person = await world.person({ unitCode: UNIT_1 });
  if (phone !== null) {
    const problem = simulators.registries.change({ phone: { iin: person.iin, phone } });
    expect(problem).toBeNull();
  }
  const form = await world.form(person.id, { purpose: 'disability-repeated' });
  const at = world.clock.now();
  const applicationId = world.random.id(at);
  const clerk = await world.staff('clerk', DEPARTMENT_1);
  await world.db.insert(inPersonApplications).values({
    id: applicationId,
    formId: form.id,
    personId: person.id,
    departmentId: DEPARTMENT_1,
    state: 'open',
    stateAt: at,
    openedAt: at,
    openedBy: clerk.id,
    documents: [{ document: 'identity', source: 'system', sheets: 1, validUntil: null }],
  });
  const { client, token } = await world.signIn(clerk.id, { audience: 'staff' });
  const ask = async (
    way: AccessWay = 'code',
    documents: DigitalDocument[] = ['identity', 'guardianship'],
  ) => {
    const asked = await client.inPerson.askDigital({ applicationId, way, documents });
    if (!asked.ok) throw new Error(asked.refusal);
    const [message] = simulators.digitalDocuments.phone(person.iin);
    return { accessId: asked.accessId, message: present(message) };
  };
  const take = (accessId: string, code: string) =>
    client.inPerson.takeDigital({ applicationId, accessId, code });
  return { person, applicationId, client, token, ask, take };
}
const wrong = (code: string | null) => (code === '000000' ? '111111' : '000000');

describe('digital documents service', () => {
  test('FF-06, FF-05: with the code of the owner documents arrive as rows "digital", signed and with their file; the code is stored nowhere', async () => {
    const { client, token, applicationId, person, ask, take } = await opened();
    const { accessId, message } = await ask();
    expect(message.phone).toBe('+77011234567');
    expect(await client.inPerson.application({ applicationId })).toMatchObject({
      digital: { state: 'sent', way: 'code', triesLeft: 3, phoneMasked: expect.stringContaining('***') },
    });
    expect(await take(accessId, present(message.code ?? undefined))).toEqual({
      ok: true,
      received: ['identity', 'guardianship'],
      dropped: [],
    });
    const view = await client.inPerson.application({ applicationId });
    expect(view.digital?.state).toBe('received');
    expect(view.fields.documents).toEqual(
      expect.arrayContaining([
        { document: 'identity', source: 'digital', sheets: 1, validUntil: '2034-03-14' },
        { document: 'guardianship', source: 'digital', sheets: 1, validUntil: null },
      ]),
    );
    // Used once: neither the code nor the token opens anything again.
    expect(await take(accessId, present(message.code ?? undefined))).toMatchObject({
      ok: false,
      refusal: 'not-possible-now',
    });
    const file = view.digitalDocuments[0];
    const answer = await world.http.request(`/files/digital-documents/${applicationId}/${file?.id}.pdf`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toContain('%PDF-');
    const rows = JSON.stringify([
      await world.db.select().from(documentAccesses),
      await world.db.select({ data: digitalDocuments.data }).from(digitalDocuments),
      await world.db.select().from(auditEvents).where(eq(auditEvents.personId, person.id)),
      logged,
    ]);
    expect(rows).not.toContain(`"${message.code}"`);
  });

  test('FF-06: by a reply SMS: waiting, then the documents; a "no" ends the request', async () => {
    const { ask, take, client, applicationId } = await opened();
    const first = await ask('sms-reply');
    expect(first.message.code).toBeNull();
    expect(await take(first.accessId, '')).toMatchObject({ ok: false, refusal: 'waiting' });
    simulators.digitalDocuments.reply(first.message.accessId, true);
    expect(await take(first.accessId, '')).toMatchObject({ ok: true });
    world.clock.forward(1);
    const second = await ask('sms-reply');
    simulators.digitalDocuments.reply(second.message.accessId, false);
    expect(await take(second.accessId, '')).toMatchObject({ ok: false, refusal: 'declined' });
    expect((await client.inPerson.application({ applicationId })).digital?.state).toBe('declined');
  });

  test('FF-06: three wrong codes use a request up, the right one after them too; each says how many are left', async () => {
    const { ask, take } = await opened();
    const { accessId, message } = await ask();
    const bad = wrong(message.code);
    expect(await take(accessId, '')).toEqual({ ok: false, refusal: 'code-missing', triesLeft: 3 });
    expect(await take(accessId, bad)).toEqual({ ok: false, refusal: 'wrong-code', triesLeft: 2 });
    expect(await take(accessId, bad)).toEqual({ ok: false, refusal: 'wrong-code', triesLeft: 1 });
    expect(await take(accessId, bad)).toEqual({ ok: false, refusal: 'used-up', triesLeft: 0 });
    expect(await take(accessId, message.code ?? '')).toMatchObject({ ok: false, refusal: 'used-up' });
  });

  test('FF-06: of many guesses at once no more than three reach the service', async () => {
    const { ask, take } = await opened();
    const { accessId, message } = await ask();
    const answers = await Promise.all(Array.from({ length: 12 }, () => take(accessId, wrong(message.code))));
    expect(answers.every(({ ok }) => !ok)).toBe(true);
    const [row] = await world.db.select().from(documentAccesses).where(eq(documentAccesses.id, accessId));
    expect(row?.tries).toBeLessThanOrEqual(3);
  });

  test('FF-06: after five minutes the code is worth nothing', async () => {
    const { ask, take } = await opened();
    const { accessId, message } = await ask();
    world.clock.forward(5);
    expect(await take(accessId, message.code ?? '')).toMatchObject({ ok: false, refusal: 'expired' });
  });

  test('FF-06: a new request ends the older one; nobody is asked more than five times an hour', async () => {
    const { ask, take, client, applicationId } = await opened();
    const first = await ask();
    for (let count = 0; count < 4; count += 1) await ask();
    expect(await take(first.accessId, first.message.code ?? '')).toMatchObject({ refusal: 'expired' });
    expect(await client.inPerson.askDigital({ applicationId, way: 'code', documents: ['identity'] })).toEqual(
      { ok: false, refusal: 'asked-often' },
    );
  });

  test('FF-06, FF-05: without a registered number, or with the service down, paper remains', async () => {
    const without = await opened(null);
    const input = {
      applicationId: without.applicationId,
      way: 'code' as const,
      documents: ['identity' as const],
    };
    expect(await without.client.inPerson.askDigital(input)).toEqual({ ok: false, refusal: 'no-number' });
    const { client, applicationId } = await opened();
    simulators.digitalDocuments.setFault('error');
    expect(await client.inPerson.askDigital({ ...input, applicationId })).toEqual({
      ok: false,
      refusal: 'service-silent',
    });
    const fields = {
      byRepresentative: false,
      working: false,
      first: false,
      injury: 'none' as const,
      earlyReason: '',
      consented: true,
    };
    expect(
      await client.inPerson.save({
        applicationId,
        version: 1,
        fields: {
          ...fields,
          documents: [{ document: 'identity', source: 'paper', sheets: 1, validUntil: null }],
        },
      }),
    ).toMatchObject({ ok: true });
    // "Digital" cannot be typed: it has to come.
    expect(
      await client.inPerson.save({
        applicationId,
        version: 2,
        fields: {
          ...fields,
          documents: [{ document: 'identity', source: 'digital', sheets: 1, validUntil: null }],
        },
      }),
    ).toEqual({ ok: false, refusal: 'not-digital' });
  });

  test.each(['forged', 'other-person'] as const)(
    'FF-06: documents that are %s are not kept',
    async (fault) => {
      const { ask, take, applicationId } = await opened();
      const { accessId, message } = await ask();
      simulators.digitalDocuments.setFault(fault);
      expect(await take(accessId, message.code ?? '')).toMatchObject({
        ok: false,
        refusal: 'nothing-received',
      });
      expect(await world.db.$count(digitalDocuments, eq(digitalDocuments.applicationId, applicationId))).toBe(
        0,
      );
    },
  );

  test('T03, FF-06: another department asks for nothing and sees no file', async () => {
    const { ask, take, applicationId } = await opened();
    const { accessId, message } = await ask();
    await take(accessId, message.code ?? '');
    const stranger = await world.signIn((await world.staff('clerk', DEPARTMENT_2)).id, { audience: 'staff' });
    await expect(
      stranger.client.inPerson.askDigital({ applicationId, way: 'code', documents: ['identity'] }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [row] = await world.db
      .select()
      .from(digitalDocuments)
      .where(eq(digitalDocuments.applicationId, applicationId));
    const answer = await world.http.request(`/files/digital-documents/${applicationId}/${row?.id}.pdf`, {
      headers: { authorization: `Bearer ${stranger.token}` },
    });
    expect(answer.status).toBe(404);
  });
});
