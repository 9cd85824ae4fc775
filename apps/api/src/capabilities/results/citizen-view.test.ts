import {
  auditEvents,
  benefitChoices,
  caseEvents,
  documents,
  integrationClients,
  intakeMessages,
  nosologyGroups,
  outboundMessages,
} from '@mse/db/schema';
import type { ReturnReason } from '@mse/domain/intake';
import type { ConclusionContent } from '@mse/domain/examination';
import { plainDate, toBusinessDate } from '@mse/domain/shared';
import { startSimulators, type Simulators } from '@mse/simulators';
import { and, eq } from 'drizzle-orm';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPARTMENT_1, startWorld, type World } from '../../../test/harness.ts';
import { present } from '../../../test/present.ts';
import { documentSealer } from '../../platform/gateways/document-sealer.ts';
import { changeCase, openCase } from '../examination/index.ts';
import { recordConclusion } from './index.ts';
import { issueDocuments } from './issue-documents.ts';

const TERM = { kind: 'until', until: plainDate('2027-11-30') } as const;
const CONTENT: ConclusionContent = {
  disability: { outcome: 'group-1', cause: 'general-disease', term: TERM },
  generalLoss: null,
  professionalLoss: null,
  programme: null,
  injuredWorkerNeeds: null,
  diagnosis: 'Құпия диагноз',
  reasons: 'Негіздеме',
};
const NO_CODE = 'AAAAAAAAAAAAAAAAAAAAAA';

type Person = Awaited<ReturnType<World['person']>>;

let simulators: Simulators;
let world: World;
let folder: string;
beforeAll(async () => {
  simulators = await startSimulators();
  folder = mkdtempSync(join(tmpdir(), 'sealing-'));
  const keyFile = join(folder, 'key.pem');
  writeFileSync(keyFile, await (await fetch(`${simulators.httpUrl}/pki/service-key.pem`)).text());
  world = await startWorld({ sealer: documentSealer(keyFile) });
});
afterAll(async () => {
  await world.close();
  await simulators.close();
  rmSync(folder, { recursive: true, force: true });
});

const clientOf = async (
  person: { id: string },
  trust: 'sms' | 'signature' = 'sms',
  language: 'kk' | 'ru' = 'kk',
) => (await world.signIn(person.id, { trust, language })).client;

async function conclude(person: { id: string }, content = CONTENT) {
  const form = await world.form(person.id, { track: 'remote-proactive' });
  const at = world.clock.now();
  const made = await world.db.transaction((tx) =>
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
        content,
        text: null,
        signature: null,
        signedBy: null,
      },
      at,
    ),
  );
  const [document] = await world.db
    .select()
    .from(documents)
    .where(eq(documents.conclusionId, made.conclusionId));
  return { ...made, form, document: present(document) };
}

/** A remote case of a person, just opened. */
async function remoteCase(person: Person) {
  const form = await world.form(person.id, { track: 'remote-proactive' });
  const [group] = await world.db.select().from(nosologyGroups).limit(1);
  const caseId = await world.db.transaction((tx) =>
    openCase(
      world.deps,
      tx,
      {
        formId: form.id,
        personId: person.id,
        representativeId: null,
        regionCode: '11',
        departmentId: DEPARTMENT_1,
        track: 'ordinary',
        nosologyGroup: present(group).code,
        purpose: 'disability-first',
      },
      world.clock.now(),
    ),
  );
  return { form, caseId };
}

let clientId: string | undefined;
/** A form of a clinic that went back, or waits. */
async function message(iin: string, state: 'returned' | 'waiting', reasons: ReturnReason[] = []) {
  const at = world.clock.now();
  if (!clientId) {
    clientId = world.random.id(at);
    await world.db.insert(integrationClients).values({ id: clientId, name: 'clinic', tokenHash: clientId });
  }
  const id = world.random.id(at);
  const document = { number: '031-77', organizationName: 'Көкшетау қалалық емханасы', patient: { iin } };
  await world.db.insert(intakeMessages).values({
    id,
    clientId,
    messageId: id,
    contentHash: id,
    document: Buffer.from(JSON.stringify(document)),
    signature: Buffer.alloc(0),
    receivedAt: at,
    state,
    reasons,
    decidedAt: state === 'returned' ? at : null,
  });
  return id;
}

describe('A case as the citizen sees it', () => {
  it('C18, PX-39: the stages follow the inner states, and nothing says who works on it', async () => {
    const person = await world.person();
    const { form, caseId } = await remoteCase(person);
    const client = await clientOf(person);
    const [line] = (await client.results.cases()).cases;
    expect(line).toMatchObject({
      id: form.id,
      headline: 'preparing',
      turn: 'service',
      formNumber: form.number,
    });
    const changed = await world.db.transaction((tx) =>
      changeCase(world.deps, tx, { caseId, event: 'prepared', actor: 'system:test' }, world.clock.now()),
    );
    expect(changed.ok).toBe(true);
    const found = await client.results.case({ id: form.id });
    expect(found).toMatchObject({
      headline: 'waiting',
      turn: 'service',
      reasons: [],
      documents: 0,
      invitation: null,
    });
    expect(found.stages.map(({ state }) => state)).toEqual([
      'done',
      'done',
      'done',
      'now',
      'ahead',
      'ahead',
      'ahead',
    ]);
    expect(Object.keys(found).sort()).toEqual([
      'documents',
      'formNumber',
      'headline',
      'id',
      'invitation',
      'organization',
      'personId',
      'personName',
      'reasons',
      'receivedAt',
      'self',
      'stages',
      'turn',
      'until',
    ]);
    expect(await world.db.$count(caseEvents, eq(caseEvents.caseId, caseId))).toBeGreaterThan(1);
  });

  it('C18: a returned form says what the clinic must mend; one whose number is somebody else’s is shown to nobody', async () => {
    const person = await world.person();
    const reasons: ReturnReason[] = [
      { code: 'F005', detail: null },
      { code: 'F008', detail: 'complaints' },
    ];
    const id = await message(person.iin, 'returned', reasons);
    const client = await clientOf(person);
    expect(await client.results.case({ id })).toMatchObject({
      headline: 'returned',
      turn: 'clinic',
      organization: 'Көкшетау қалалық емханасы',
      formNumber: '031-77',
      reasons,
    });
    const mistaken = await world.person();
    const wrong = await message(mistaken.iin, 'returned', [{ code: 'REC002', detail: null }]);
    const theirs = await clientOf(mistaken);
    expect((await theirs.results.cases()).cases).toEqual([]);
    await expect(theirs.results.case({ id: wrong })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(theirs.results.case({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('C18: a form that waits for a registry is being checked, and an accepted one takes its place', async () => {
    const person = await world.person();
    await message(person.iin, 'waiting');
    const client = await clientOf(person);
    expect((await client.results.cases()).cases.map(({ headline }) => headline)).toEqual(['checking']);
    world.clock.forward(1);
    await remoteCase(person);
    expect((await client.results.cases()).cases.map(({ headline }) => headline)).toEqual(['preparing']);
  });

  it('C18, EQ-07: a guardian follows the case of a ward', async () => {
    const parent = await world.person();
    const child = await world.person({ phone: null });
    await world.guardian(parent, child);
    const { form } = await remoteCase(child);
    const found = await (await clientOf(parent)).results.case({ id: form.id });
    expect(found).toMatchObject({ self: false, personId: child.id });
  });
});

describe('Documents in the cabinet', () => {
  it('C19, PX-52: a session by SMS hears that there are documents, not which; one by signature reads them', async () => {
    const person = await world.person();
    const { document } = await conclude(person);
    const bySms = await clientOf(person);
    const overview = await bySms.results.documentsOverview();
    expect(overview.people).toMatchObject([{ self: true, count: 1, unopened: 1 }]);
    expect(JSON.stringify(overview)).not.toMatch(/certificate|11-01/);
    for (const refused of [
      () => bySms.results.documents(),
      () => bySms.results.document({ documentId: document.id }),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'step-up' });

    const signed = await clientOf(person, 'signature', 'ru');
    const { people } = await signed.results.documents();
    expect(people[0]?.documents).toMatchObject([
      { kind: 'disability-certificate', number: document.number, state: 'valid', opened: false, files: [] },
    ]);
    const read = await signed.results.document({ documentId: document.id });
    expect(read.title).toBe('Справка об инвалидности');
    expect(read.content.map(({ value }) => value)).toContain('первая группа');
    expect(JSON.stringify(read)).not.toContain('Құпия диагноз');
    expect((await bySms.results.documentsOverview()).people).toMatchObject([{ count: 1, unopened: 0 }]);
    const seen = await world.db
      .select()
      .from(auditEvents)
      .where(
        and(eq(auditEvents.subject, `document:${document.id}`), eq(auditEvents.action, 'results.document')),
      );
    expect(seen.map(({ outcome, personId }) => [outcome, personId])).toEqual([['seen', person.id]]);
  });

  it('C19: files go to the person and the guardian with a signature, to nobody else', async () => {
    const [person, stranger, parent] = [await world.person(), await world.person(), await world.person()];
    await world.guardian(parent, person);
    const { conclusionId, document } = await conclude(person);
    const get = async (of: { id: string } | null, trust: 'sms' | 'signature', file = 'kk.pdf') => {
      const token = of && (await world.signIn(of.id, { trust })).token;
      return world.http.request(`/files/document/${document.id}.${file}`, {
        headers: { 'x-saraptama': '1', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      });
    };
    // The files are not made yet.
    expect((await get(person, 'signature')).status).toBe(404);
    await issueDocuments(world.deps, conclusionId);
    expect((await get(null, 'signature')).status).toBe(401);
    expect((await get(person, 'sms')).status).toBe(403);
    expect((await get(stranger, 'signature')).status).toBe(404);
    for (const owner of [person, parent]) {
      const answer = await get(owner, 'signature');
      expect([
        answer.status,
        answer.headers.get('content-type'),
        answer.headers.get('cache-control'),
      ]).toEqual([200, 'application/pdf', 'private, no-store']);
      expect(answer.headers.get('content-disposition')).toBe(
        `inline; filename="${document.number.replace('/', '-')}-kk.pdf"`,
      );
    }
    expect((await get(person, 'signature', 'ru.p7s')).headers.get('content-type')).toBe(
      'application/pkcs7-signature',
    );
    expect((await get(person, 'signature', 'en.pdf')).status).toBe(404);
  });

  it('C35: anybody may check a code: state, kind, dates and number, nothing of the person; an unknown code reads as void', async () => {
    const person = await world.person();
    const { conclusionId, document } = await conclude(person);
    await issueDocuments(world.deps, conclusionId);
    const stranger = world.client(null);
    const check = await stranger.results.checkDocument({ code: document.code });
    expect(check).toMatchObject({
      state: 'valid',
      kind: 'disability-certificate',
      number: document.number,
      validUntil: '2027-11-30',
    });
    expect(check.sha256).toHaveLength(2);
    for (const part of [person.iin, person.surname, person.id])
      expect(JSON.stringify(check)).not.toContain(part);
    expect(await stranger.results.checkDocument({ code: NO_CODE })).toEqual({
      state: 'void',
      kind: null,
      number: null,
      issuedOn: null,
      validUntil: null,
      sha256: [],
    });
    await conclude(person);
    expect((await stranger.results.checkDocument({ code: document.code })).state).toBe('void');
  });

  it('C35: codes cannot be tried out: a network is refused after its share', async () => {
    const stranger = world.client(null);
    const answers = await Promise.allSettled(
      Array.from({ length: 130 }, () => stranger.results.checkDocument({ code: NO_CODE })),
    );
    const refused = answers.filter((each) => each.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ reason }) => reason.code === 'TOO_MANY_REQUESTS')).toBe(true);
  });

  it('PX-57: a benefit is applied for once, handed over with the choice, and only where it is offered', async () => {
    const person = await world.person();
    const { conclusionId } = await conclude(person);
    const client = await clientOf(person, 'signature');
    const { people } = await client.results.documents();
    expect(people[0]?.benefits?.offered.filter(({ fits }) => fits).map(({ benefit }) => benefit)).toEqual([
      'state-social-benefit',
      'special-state-benefit',
      'first-group-care-benefit',
    ]);
    const choice = { conclusionId, benefit: 'first-group-care-benefit' } as const;
    const both = await Promise.all([
      client.results.chooseBenefit(choice),
      client.results.chooseBenefit(choice),
    ]);
    expect(both.map((each) => each.ok && each.already).sort()).toEqual([false, true]);
    expect(await world.db.$count(benefitChoices, eq(benefitChoices.conclusionId, conclusionId))).toBe(1);
    const sent = await world.db
      .select()
      .from(outboundMessages)
      .where(and(eq(outboundMessages.personId, person.id), eq(outboundMessages.destination, 'benefits')));
    expect(sent.map(({ payload }) => payload.benefit)).toEqual(['first-group-care-benefit']);

    const other = await world.person();
    const none = await conclude(other, {
      ...CONTENT,
      disability: { outcome: 'not-established', cause: null, term: null },
    });
    expect(
      await (
        await clientOf(other, 'signature')
      ).results.chooseBenefit({ ...choice, conclusionId: none.conclusionId }),
    ).toEqual({ ok: false, refusal: 'not-offered' });
  });
});
