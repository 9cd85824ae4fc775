import type { UploadFileOutput } from '@mse/contracts/expert-application';
import { expertApplicationFiles, expertApplications, expertContracts } from '@mse/db/schema';
import { ACCESS } from '@mse/domain/access';
import {
  FILE_MAX_BYTES,
  FILES_MAX,
  fileNameOf,
  judgeFile,
  UPLOADABLE_ITEMS,
  uploadsOpen,
} from '@mse/domain/experts';
import { isLanguage, toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import { type Context, Hono } from 'hono';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Caller } from '../../caller.ts';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freshKey } from '../../platform/random.ts';
import { contractPdf } from '../expert-register/contract-pdf.ts';
import { registerPolicies } from '../expert-register/register-policies.ts';
import { findCaller } from '../identity/find-caller.ts';
import { inflatePdf } from './inflate-pdf.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MEDIA = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' } as const;

type Answer = z.input<typeof UploadFileOutput>;

/**
 * RG-07, mounted at `/files/expert-application`. `POST /<application>/<item>?name=…` with the file as body, for the candidate's own draft; `GET
 * /<application>/<file>` for the candidate and for the Committee. The name travels percent-encoded and is cleaned; the content decides what a file is.
 */
export function applicationFileRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.post('/:application/:item', async (context) => {
    const at = deps.clock.now();
    const caller = await callerOf(deps, context, at);
    if (!caller) return context.json({ error: 'sign-in' }, 401);
    const { application: id, item: itemName } = context.req.param();
    const item = UPLOADABLE_ITEMS.find((each) => each === itemName);
    if (!ID.test(id) || !caller.roles.includes('citizen') || caller.trust !== 'signature')
      return context.json({ error: 'not-found' }, 404);
    const refuse = (refusal: Extract<Answer, { ok: false }>['refusal']) =>
      context.json({ ok: false, refusal } satisfies Answer, 200);
    if (Number(context.req.header('content-length') ?? 0) > FILE_MAX_BYTES) return refuse('too-large');
    const content = await readAtMost(context.req.raw, FILE_MAX_BYTES);
    if (!content) return refuse('too-large');
    const inflated = content.subarray(0, 5).toString('latin1') === '%PDF-' ? inflatePdf(content) : [];
    const judged =
      inflated === null ? ({ ok: false, refusal: 'hostile' } as const) : judgeFile(content, inflated);

    return deps.db.transaction(async (tx) => {
      const [application] = await tx
        .select()
        .from(expertApplications)
        .where(and(eq(expertApplications.id, id), eq(expertApplications.personId, caller.personId)))
        .for('update');
      if (!application) return context.json({ error: 'not-found' }, 404);
      const today = toBusinessDate(at);
      const files = await tx
        .select({ id: expertApplicationFiles.id })
        .from(expertApplicationFiles)
        .where(and(eq(expertApplicationFiles.applicationId, id), isNull(expertApplicationFiles.removedAt)));
      const open =
        item !== undefined &&
        application.facts !== null &&
        uploadsOpen(application.facts, registerPolicies(deps, today).check, today).includes(item);
      const refusal =
        application.state !== 'draft'
          ? ('changed-meanwhile' as const)
          : !open
            ? ('item-not-open' as const)
            : files.length >= FILES_MAX
              ? ('too-many' as const)
              : judged.ok
                ? null
                : judged.refusal;
      const row = {
        at,
        actor: caller.personId,
        actorRole: 'citizen',
        action: 'expertApplication.upload',
        personId: caller.personId,
        subject: `expert-application:${id}`,
        requestId: context.req.header('x-request-id')?.slice(0, 64) ?? freshKey(),
      };
      if (refusal !== null || !judged.ok || item === undefined) {
        await recordAudit(tx, { ...row, outcome: 'refused', detail: { refusal } });
        return refuse(refusal ?? 'kind');
      }
      const fileId = deps.random.id(at);
      await tx.insert(expertApplicationFiles).values({
        id: fileId,
        applicationId: id,
        item,
        name: fileNameOf(context.req.query('name') ?? ''),
        kind: judged.value,
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
        content,
        uploadedAt: at,
      });
      await recordAudit(tx, { ...row, outcome: 'done', detail: { item, kind: judged.value } });
      return context.json({ ok: true, id: fileId } satisfies Answer, 200);
    });
  });

  app.get('/:application/contract/:contract', async (context) => {
    const at = deps.clock.now();
    const caller = await callerOf(deps, context, at);
    if (!caller) return context.json({ error: 'sign-in' }, 401);
    const { application: id, contract: contractId } = context.req.param();
    if (!ID.test(id) || !ID.test(contractId)) return context.json({ error: 'not-found' }, 404);
    const [row] = await deps.db
      .select({ contract: expertContracts, personId: expertApplications.personId })
      .from(expertContracts)
      .innerJoin(expertApplications, eq(expertApplications.id, expertContracts.applicationId))
      .where(and(eq(expertContracts.id, contractId), eq(expertContracts.applicationId, id)));
    const own = caller.audience === 'citizen' && row?.personId === caller.personId;
    if (!row || (!own && !isOfficial(caller))) return context.json({ error: 'not-found' }, 404);
    await recordAudit(deps.db, {
      at,
      actor: caller.personId,
      actorRole: own ? 'citizen' : 'registry-administrator',
      action: own ? 'expertApplication.get' : 'expertRegister.application',
      outcome: 'seen',
      personId: row.personId,
      subject: `expert-contract:${contractId}`,
      requestId: context.req.header('x-request-id')?.slice(0, 64) ?? freshKey(),
    });
    const asked = context.req.query('lang') ?? '';
    const pdf = contractPdf(row.contract, isLanguage(asked) ? asked : 'kk');
    context.header('cache-control', 'private, no-store');
    context.header('content-type', 'application/pdf');
    context.header('content-disposition', `inline; filename="contract-${row.contract.number}.pdf"`);
    return context.body(new Uint8Array(pdf));
  });

  app.get('/:application/:file', async (context) => {
    const at = deps.clock.now();
    const caller = await callerOf(deps, context, at);
    if (!caller) return context.json({ error: 'sign-in' }, 401);
    const { application: id, file: fileId } = context.req.param();
    if (!ID.test(id) || !ID.test(fileId)) return context.json({ error: 'not-found' }, 404);
    const [row] = await deps.db
      .select({
        file: expertApplicationFiles,
        personId: expertApplications.personId,
        state: expertApplications.state,
      })
      .from(expertApplicationFiles)
      .innerJoin(expertApplications, eq(expertApplications.id, expertApplicationFiles.applicationId))
      .where(and(eq(expertApplicationFiles.id, fileId), eq(expertApplicationFiles.applicationId, id)));
    const official = isOfficial(caller) && row?.state !== 'draft';
    const own = caller.audience === 'citizen' && row?.personId === caller.personId;
    if (!row?.file.content || (!own && !official)) return context.json({ error: 'not-found' }, 404);
    await recordAudit(deps.db, {
      at,
      actor: caller.personId,
      actorRole: own ? 'citizen' : 'registry-administrator',
      action: own ? 'expertApplication.get' : 'expertRegister.application',
      outcome: 'seen',
      personId: row.personId,
      subject: `expert-application-file:${fileId}`,
      requestId: context.req.header('x-request-id')?.slice(0, 64) ?? freshKey(),
    });
    context.header('cache-control', 'private, no-store');
    context.header('content-type', MEDIA[row.file.kind]);
    // Never shown in the page of the service: it is saved, and a viewer opens it.
    context.header(
      'content-disposition',
      `attachment; filename="${row.file.item}.${row.file.kind}"; filename*=UTF-8''${encodeURIComponent(row.file.name)}`,
    );
    return context.body(new Uint8Array(row.file.content));
  });
  return app;
}

/** Somebody of the Committee who may read applications. */
function isOfficial(caller: Caller): boolean {
  return (
    caller.audience === 'staff' &&
    caller.trust === 'signature' &&
    ACCESS['expertRegister.application'].roles.some((role) => caller.roles.includes(role))
  );
}

async function callerOf(deps: Deps, context: Context, at: Date): Promise<Caller | null> {
  const authorization = context.req.header('authorization') ?? '';
  return authorization.startsWith('Bearer ') ? findCaller(deps, authorization.slice(7), at) : null;
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
