import type {
  AskDigitalInput,
  AskDigitalOutput,
  TakeDigitalInput,
  TakeDigitalOutput,
} from '@mse/contracts/in-person';
import type { Executor } from '@mse/db';
import { digitalDocuments, documentAccesses } from '@mse/db/schema';
import {
  ACCESS_MINUTES,
  ACCESS_TRIES,
  type AccessState,
  decideApplication,
  decideTaking,
  type DigitalDocument,
  type DigitalRefusal,
  type HandedDocument,
  readDigitalDocument,
  type TakeRefusal,
} from '@mse/domain/in-person';
import { addMinutes, isPlainDate, type PlainDate } from '@mse/domain/shared';
import { and, desc, eq, gt } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import type { AccessAnswer, ServedDocument } from '../../platform/gateways/digital-documents.ts';
import { actingRole, type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { getPerson } from '../identity/people.ts';
import { ownApplication, stepApplication } from './own-application.ts';

type Access = typeof documentAccesses.$inferSelect;

/** Requests of one application within an hour: nobody's phone is flooded. */
const ASKED_AN_HOUR = 5;

/** FF-06: asks the digital documents service for documents of FF-05; the owner is asked on the registered number. An older request ends. */
export async function askDigital(
  call: CallContext,
  input: z.output<typeof AskDigitalInput>,
): Promise<z.input<typeof AskDigitalOutput>> {
  const { deps, at, language } = call;
  const { caller } = deskCaller(call);
  const application = await ownApplication(call, deps.db, input.applicationId);
  if (!decideApplication(application.state, 'add-documents').ok)
    return { ok: false, refusal: 'not-possible-now' };
  const asked = await deps.db.$count(
    documentAccesses,
    and(
      eq(documentAccesses.applicationId, application.id),
      gt(documentAccesses.askedAt, addMinutes(at, -60)),
    ),
  );
  if (asked >= ASKED_AN_HOUR) return { ok: false, refusal: 'asked-often' };
  const person = await getPerson(deps.db, application.personId);
  const documents = [...new Set(input.documents)];
  const answer = await deps.digitalDocuments.ask({ iin: person.iin, documents, way: input.way, language });
  if (answer.kind === 'silent') return { ok: false, refusal: 'service-silent' };
  if (answer.kind === 'no-number') return { ok: false, refusal: 'no-number' };
  const accessId = deps.random.id(at);
  const minutes = Math.min(ACCESS_MINUTES, answer.lifeMinutes);
  await deps.db.transaction(async (tx) => {
    await ownApplication(call, tx, application.id, { lock: true });
    await tx
      .update(documentAccesses)
      .set({ state: 'expired', stateAt: at })
      .where(and(eq(documentAccesses.applicationId, application.id), eq(documentAccesses.state, 'sent')));
    await tx.insert(documentAccesses).values({
      id: accessId,
      applicationId: application.id,
      personId: person.id,
      way: input.way,
      serviceId: answer.serviceId,
      phoneMasked: answer.phoneMasked,
      documents,
      state: 'sent',
      expiresAt: addMinutes(at, minutes),
      askedBy: caller.personId,
      askedAt: at,
      stateAt: at,
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('inPerson.askDigital', caller),
      action: 'inPerson.askDigital',
      outcome: 'done',
      personId: person.id,
      subject: `application:${application.id}`,
      requestId: call.requestId,
      detail: { documents, way: input.way },
    });
  });
  return { ok: true, accessId };
}

/**
 * FF-06: hands the owner's code over, or looks for the reply SMS, and takes the documents the consent opens: each must be signed, of the
 * owner, and of the file it names. They become rows "digital" of the application. The code is used up by the service and stored nowhere.
 */
export async function takeDigital(
  call: CallContext,
  input: z.output<typeof TakeDigitalInput>,
): Promise<z.input<typeof TakeDigitalOutput>> {
  const { deps, at } = call;
  const application = await ownApplication(call, deps.db, input.applicationId);
  const own = and(
    eq(documentAccesses.id, input.accessId),
    eq(documentAccesses.applicationId, application.id),
  );
  const [access] = await deps.db.select().from(documentAccesses).where(own);
  if (!access) throw notFound();
  const refuse = (refusal: TakeRefusal, tries = access.tries) => ({
    ok: false as const,
    refusal,
    triesLeft: Math.max(0, ACCESS_TRIES - tries),
  });
  if (!decideApplication(application.state, 'add-documents').ok) return refuse('not-possible-now');
  const possible = decideTaking(access, at);
  if (!possible.ok) {
    if (possible.refusal === 'expired') await endAccess(deps.db, access, 'expired', at);
    return refuse(possible.refusal);
  }
  if (access.way === 'code' && input.code === '') return refuse('code-missing');

  // A try is counted before it is made: who tries at once from many pages has no more of them.
  if (access.way === 'code') {
    const [counted] = await deps.db
      .update(documentAccesses)
      .set({ tries: access.tries + 1 })
      .where(and(own, eq(documentAccesses.tries, access.tries), eq(documentAccesses.state, 'sent')))
      .returning({ id: documentAccesses.id });
    if (!counted) return refuse('not-possible-now');
  }
  const tries = access.way === 'code' ? access.tries + 1 : access.tries;
  const answer =
    access.way === 'code'
      ? await deps.digitalDocuments.giveCode(access.serviceId, input.code)
      : await deps.digitalDocuments.reply(access.serviceId);
  if (answer.kind !== 'granted') return notGranted(call, access, answer.kind, tries, refuse);

  const served = await deps.digitalDocuments.documents(access.serviceId, answer.token);
  if (served === null) {
    await endAccess(deps.db, access, 'expired', at);
    return refuse('service-silent', tries);
  }
  const person = await getPerson(deps.db, application.personId);
  const judged = await Promise.all(served.map((each) => judge(call, access, person.iin, each)));
  const good = judged.flatMap((each) => (each.ok ? [each.value] : []));
  const dropped = judged.flatMap((each) => (each.ok ? [] : [each.refusal]));
  if (good.length === 0) {
    await endAccess(deps.db, access, 'received', at);
    return refuse('nothing-received', tries);
  }
  const step = await stepApplication(
    call,
    { action: 'inPerson.takeDigital', applicationId: application.id, event: 'add-documents' },
    async (tx, current) => {
      await endAccess(tx, access, 'received', at);
      await tx.insert(digitalDocuments).values(
        good.map(({ row, data, file, serial }) => ({
          id: deps.random.id(at),
          applicationId: current.id,
          personId: current.personId,
          accessId: access.id,
          document: row.document as DigitalDocument,
          number: data.number,
          issuedOn: data.issuedOn,
          validUntil: data.validUntil,
          data: file.data,
          signature: file.signature,
          signerSerial: serial,
          pdf: file.pdf,
          sha256: data.pdfSha256.toLowerCase(),
          receivedAt: at,
        })),
      );
      const rows = new Map<string, HandedDocument>(current.documents.map((row) => [row.document, row]));
      for (const { row } of good) rows.set(row.document, row);
      return {
        ok: true as const,
        set: { documents: [...rows.values()] },
        detail: { documents: good.map(({ row }) => row.document), dropped },
      };
    },
  );
  if (!step.ok) return refuse('not-possible-now', tries);
  return { ok: true, received: good.map(({ row }) => row.document as DigitalDocument), dropped };
}

/** What the owner or the service said instead of yes. */
async function notGranted(
  call: CallContext,
  access: Access,
  kind: Exclude<AccessAnswer['kind'], 'granted'>,
  tries: number,
  refuse: (refusal: TakeRefusal, tries: number) => z.input<typeof TakeDigitalOutput>,
): Promise<z.input<typeof TakeDigitalOutput>> {
  const { deps, at } = call;
  if (kind === 'silent') return refuse('service-silent', tries);
  if (kind === 'waiting') return refuse('waiting', tries);
  if (kind === 'wrong-code' && tries < ACCESS_TRIES) return refuse('wrong-code', tries);
  const state = kind === 'wrong-code' ? 'used-up' : kind;
  await endAccess(deps.db, access, state, at);
  return refuse(state, tries);
}

async function endAccess(
  executor: Executor,
  access: Access,
  state: Exclude<AccessState, 'sent'>,
  at: Date,
): Promise<void> {
  await executor
    .update(documentAccesses)
    .set({ state, stateAt: at })
    .where(and(eq(documentAccesses.id, access.id), eq(documentAccesses.state, 'sent')));
}

const SignedData = z.object({
  document: z.string().max(60),
  iin: z.string().regex(/^\d{12}$/),
  number: z.string().min(1).max(100),
  issuedOn: z.string().refine(isPlainDate),
  validUntil: z.string().refine(isPlainDate).nullable(),
  sheets: z.int().min(1).max(2000),
  pdfSha256: z.string().regex(/^[0-9a-f]{64}$/i),
});

/** One document that came: the signature over its exact data, then what the data says of the owner and the file. */
async function judge(call: CallContext, access: Access, iin: string, file: ServedDocument) {
  const bad = (refusal: DigitalRefusal) => ({ ok: false as const, refusal });
  const verdict = await call.deps.signatures.verify({
    content: Buffer.from(file.data),
    cms: file.signature,
    at: call.at,
    purpose: 'signing',
  });
  if (!verdict.ok) return bad('bad-signature');
  const read = SignedData.safeParse(parseJson(file.data));
  if (!read.success) return bad('other-file');
  const data = {
    ...read.data,
    issuedOn: read.data.issuedOn as PlainDate,
    validUntil: read.data.validUntil as PlainDate | null,
  };
  const row = readDigitalDocument(data, {
    asked: access.documents,
    iin,
    pdfSha256: createHash('sha256').update(file.pdf).digest('hex'),
  });
  if (!row.ok) return bad(row.refusal);
  return {
    ok: true as const,
    value: { row: row.value, data, file, serial: verdict.value.certificateSerial },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** FF-06: the newest request of an application and what has come, for its page. */
export async function digitalView(executor: Executor, applicationId: string, at: Date) {
  const [access] = await executor
    .select()
    .from(documentAccesses)
    .where(eq(documentAccesses.applicationId, applicationId))
    .orderBy(desc(documentAccesses.askedAt), desc(documentAccesses.id))
    .limit(1);
  const received = await executor
    .select({
      id: digitalDocuments.id,
      document: digitalDocuments.document,
      number: digitalDocuments.number,
      issuedOn: digitalDocuments.issuedOn,
      validUntil: digitalDocuments.validUntil,
    })
    .from(digitalDocuments)
    .where(eq(digitalDocuments.applicationId, applicationId))
    .orderBy(digitalDocuments.receivedAt);
  return {
    digital: access
      ? {
          accessId: access.id,
          way: access.way,
          state: access.state === 'sent' && access.expiresAt <= at ? ('expired' as const) : access.state,
          phoneMasked: access.phoneMasked,
          expiresAt: access.expiresAt.toISOString(),
          triesLeft: Math.max(0, ACCESS_TRIES - access.tries),
          documents: access.documents,
        }
      : null,
    digitalDocuments: received,
  };
}
