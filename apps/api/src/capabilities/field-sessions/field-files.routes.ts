import type { UploadConclusionOutput } from '@mse/contracts/field-sessions';
import {
  digitalDocuments,
  forms,
  inPersonApplications,
  persons,
  placeRequestFiles,
  placeRequests,
} from '@mse/db/schema';
import { ACCESS, type Action, mayCall } from '@mse/domain/access';
import { FILE_MAX_BYTES, fileNameOf, judgeFile } from '@mse/domain/experts';
import { isLanguage, type Language, toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { type Context, Hono } from 'hono';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freshKey } from '../../platform/random.ts';
import { actingRole, type CallContext } from '../../trpc.ts';
import { inflatePdf } from '../expert-application/inflate-pdf.ts';
import { findCaller } from '../identity/find-caller.ts';
import { mayActFor } from '../queue/facts.ts';
import { sessionListPdf } from './session-list-pdf.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MEDIA = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' } as const;
/** Copies of one form that wait for a request. */
const MOST_FILES = 5;

type Answer = z.input<typeof UploadConclusionOutput>;

/**
 * FF-03, mounted at `/files`. `GET /field-sessions/<id>.pdf?lang=` is the list of a session for its department; `POST
 * /place-requests/<form>?name=` takes a copy of the commission's conclusion from who may act for the form, its content decides what it
 * is; `GET /place-requests/<request>/<file>` gives it to them and to the department. FF-06: `GET
 * /digital-documents/<application>/<document>.pdf` is a document of the digital documents service for the department that took it.
 */
export function fieldFileRoutes(deps: Deps): Hono {
  const app = new Hono();

  app.get('/field-sessions/:file', async (context) => {
    const call = await callOf(deps, context, 'fieldSessions.get');
    if (call instanceof Response) return call;
    const id = /^([0-9a-f-]{36})\.pdf$/i.exec(context.req.param('file'))?.[1];
    if (!id || !ID.test(id) || !call.caller?.departmentId) return context.json({ error: 'not-found' }, 404);
    const list = await sessionListPdf(call, id);
    if (!list) return context.json({ error: 'not-found' }, 404);
    await audit(deps, call, 'fieldSessions.get', list.people, `field-session:${id}`);
    return file(context, list.pdf, 'application/pdf', `field-session-${list.day}.pdf`);
  });

  app.get('/digital-documents/:application/:file', async (context) => {
    const call = await callOf(deps, context, 'inPerson.application');
    if (call instanceof Response) return call;
    const applicationId = context.req.param('application');
    const id = /^([0-9a-f-]{36})\.pdf$/i.exec(context.req.param('file'))?.[1];
    if (!id || !ID.test(id) || !ID.test(applicationId) || !call.caller?.departmentId)
      return context.json({ error: 'not-found' }, 404);
    const [found] = await deps.db
      .select({ document: digitalDocuments })
      .from(digitalDocuments)
      .innerJoin(inPersonApplications, eq(inPersonApplications.id, digitalDocuments.applicationId))
      .where(
        and(
          eq(digitalDocuments.id, id),
          eq(digitalDocuments.applicationId, applicationId),
          eq(inPersonApplications.departmentId, call.caller.departmentId),
        ),
      );
    if (!found) return context.json({ error: 'not-found' }, 404);
    const { document } = found;
    await audit(deps, call, 'inPerson.application', [document.personId], `application:${applicationId}`);
    return file(context, document.pdf, 'application/pdf', `${document.document}.pdf`);
  });

  app.post('/place-requests/:form', async (context) => {
    const call = await callOf(deps, context, 'placeRequests.ask');
    if (call instanceof Response) return call;
    const { at, caller } = call;
    const formId = context.req.param('form');
    const refuse = (refusal: Extract<Answer, { ok: false }>['refusal']) =>
      context.json({ ok: false, refusal } satisfies Answer, 200);
    if (!caller || !ID.test(formId)) return context.json({ error: 'not-found' }, 404);
    const [form] = await deps.db
      .select({ id: forms.id, personId: forms.personId })
      .from(forms)
      .innerJoin(persons, eq(persons.id, forms.personId))
      .where(
        and(eq(forms.id, formId), mayActFor(persons.id, caller.personId, sql`${toBusinessDate(at)}::date`)),
      );
    if (!form) return context.json({ error: 'not-found' }, 404);
    if (Number(context.req.header('content-length') ?? 0) > FILE_MAX_BYTES) return refuse('too-large');
    const content = await readAtMost(context.req.raw, FILE_MAX_BYTES);
    if (!content) return refuse('too-large');
    const inflated = content.subarray(0, 5).toString('latin1') === '%PDF-' ? inflatePdf(content) : [];
    if (inflated === null) return refuse('hostile');
    const judged = judgeFile(content, inflated);
    if (!judged.ok) return refuse(judged.refusal);
    return deps.db.transaction(async (tx) => {
      await tx.execute(sql`select lock_form(${form.id}::uuid)`);
      const waiting = await tx.$count(
        placeRequestFiles,
        and(eq(placeRequestFiles.formId, form.id), isNull(placeRequestFiles.requestId)),
      );
      if (waiting >= MOST_FILES) return refuse('too-many');
      const id = deps.random.id(at);
      await tx.insert(placeRequestFiles).values({
        id,
        formId: form.id,
        requestId: null,
        uploadedBy: caller.personId,
        name: fileNameOf(context.req.query('name') ?? ''),
        kind: judged.value,
        sha256: createHash('sha256').update(content).digest('hex'),
        content,
        uploadedAt: at,
      });
      await recordAudit(tx, {
        at,
        actor: caller.personId,
        actorRole: actingRole('placeRequests.ask', caller),
        action: 'placeRequests.upload',
        outcome: 'done',
        personId: form.personId,
        subject: `form:${form.id}`,
        requestId: call.requestId,
        detail: { kind: judged.value },
      });
      return context.json({ ok: true, id } satisfies Answer, 200);
    });
  });

  app.get('/place-requests/:request/:file', async (context) => {
    const staff = await callOf(deps, context, 'fieldSessions.requests');
    const call = staff instanceof Response ? await callOf(deps, context, 'placeRequests.form') : staff;
    if (call instanceof Response) return call;
    const { request: requestId, file: fileId } = context.req.param();
    if (!call.caller || !ID.test(requestId) || !ID.test(fileId))
      return context.json({ error: 'not-found' }, 404);
    const [found] = await deps.db
      .select({ file: placeRequestFiles, request: placeRequests })
      .from(placeRequestFiles)
      .innerJoin(placeRequests, eq(placeRequests.id, placeRequestFiles.requestId))
      .innerJoin(persons, eq(persons.id, placeRequests.personId))
      .where(
        and(
          eq(placeRequestFiles.id, fileId),
          eq(placeRequests.id, requestId),
          staff instanceof Response
            ? mayActFor(persons.id, call.caller.personId, sql`${toBusinessDate(call.at)}::date`)
            : eq(placeRequests.departmentId, call.caller.departmentId ?? requestId),
        ),
      );
    if (!found) return context.json({ error: 'not-found' }, 404);
    await audit(
      deps,
      call,
      staff instanceof Response ? 'placeRequests.form' : 'fieldSessions.requests',
      [found.request.personId],
      `place-request:${requestId}`,
    );
    const { kind, content } = found.file;
    return file(context, content, MEDIA[kind], `conclusion.${kind}`);
  });
  return app;
}

/** The caller under a line of the access table, or the answer that there is none. */
async function callOf(deps: Deps, context: Context, action: Action): Promise<CallContext | Response> {
  const at = deps.clock.now();
  const authorization = context.req.header('authorization') ?? '';
  const token = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
  const caller = token ? await findCaller(deps, token, at) : null;
  if (!caller) return context.json({ error: 'sign-in' }, 401);
  const roleFits = ACCESS[action].roles.some((role) => caller.roles.includes(role));
  if (!roleFits || !mayCall(action, caller)) return context.json({ error: 'not-found' }, 404);
  const asked = context.req.query('lang') ?? '';
  const language: Language = isLanguage(asked) ? asked : 'kk';
  return {
    requestId: context.req.header('x-request-id')?.slice(0, 64) ?? freshKey(),
    language,
    network: '',
    token,
    deps,
    caller,
    at,
    seen: () => undefined,
  };
}

/** A row for everybody whose data a file shows. */
async function audit(
  deps: Deps,
  call: CallContext,
  action: Action,
  people: readonly string[],
  subject: string,
): Promise<void> {
  if (!call.caller) throw new Error('A file was given to nobody');
  const { caller, at, requestId } = call;
  const row = {
    at,
    actor: caller.personId,
    actorRole: actingRole(action, caller),
    action,
    subject,
    requestId,
  };
  const seen = people.length > 0 ? [...people] : [null];
  await recordAudit(deps.db, ...seen.map((personId) => ({ ...row, outcome: 'seen' as const, personId })));
}

function file(context: Context, content: Buffer, type: string, name: string): Response {
  context.header('cache-control', 'private, no-store');
  context.header('content-type', type);
  context.header('content-disposition', `inline; filename="${name}"`);
  return context.body(new Uint8Array(content));
}

async function readAtMost(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (!request.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.length;
    if (length > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
