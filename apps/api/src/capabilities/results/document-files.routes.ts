import { ACCESS, mayCall } from '@mse/domain/access';
import { documentFiles, documents } from '@mse/db/schema';
import { DOCUMENT_LANGUAGES } from '@mse/domain/documents';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull } from 'drizzle-orm';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freshKey } from '../../platform/random.ts';
import { findCaller } from '../identity/find-caller.ts';
import { idsActedFor } from '../identity/people.ts';

const FILE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(kk|ru)\.(pdf|p7s)$/;

/**
 * C19: `GET /document/<id>.<kk|ru>.pdf` and `.p7s`, the file and the detached signature over exactly its bytes, for a session of
 * level `signature` of the person or of who acts for them. Without a session 401, below that level 403, anything else 404.
 */
export function documentFileRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.get('/document/:file', async (context) => {
    const at = deps.clock.now();
    const authorization = context.req.header('authorization') ?? '';
    const token = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
    const caller = token ? await findCaller(deps, token, at) : null;
    if (!caller) return context.json({ error: 'sign-in' }, 401);
    const [, documentId, asked, ending] = FILE.exec(context.req.param('file')) ?? [];
    if (!documentId || !ACCESS['results.document'].roles.some((role) => caller.roles.includes(role)))
      return context.json({ error: 'not-found' }, 404);
    if (!mayCall('results.document', caller)) return context.json({ error: 'step-up' }, 403);

    const language = DOCUMENT_LANGUAGES.find((each) => each === asked) ?? 'kk';
    const [found] = await deps.db
      .select({ document: documents, file: documentFiles })
      .from(documents)
      .innerJoin(
        documentFiles,
        and(eq(documentFiles.documentId, documents.id), eq(documentFiles.language, language)),
      )
      .where(eq(documents.id, documentId));
    const people = await idsActedFor(deps.db, caller.personId, toBusinessDate(at));
    if (!found || !people.includes(found.document.personId)) return context.json({ error: 'not-found' }, 404);
    const { document, file } = found;
    await deps.db
      .update(documents)
      .set({ openedAt: at })
      .where(and(eq(documents.id, document.id), isNull(documents.openedAt)));
    await recordAudit(deps.db, {
      at,
      actor: caller.personId,
      actorRole: 'citizen',
      action: 'results.document',
      outcome: 'seen',
      personId: document.personId,
      subject: `document:${document.id}`,
      requestId: context.req.header('x-request-id')?.slice(0, 64) ?? freshKey(),
      detail: { file: `${language}.${ending}` },
    });
    context.header('cache-control', 'private, no-store');
    context.header('content-language', language);
    // A number has a slash, which no file name may have; the name of the file names nobody.
    const name = `${document.number.replace('/', '-')}-${language}`;
    if (ending === 'p7s') {
      context.header('content-type', 'application/pkcs7-signature');
      context.header('content-disposition', `attachment; filename="${name}.pdf.p7s"`);
      return context.body(new Uint8Array(file.signature));
    }
    context.header('content-type', 'application/pdf');
    context.header('content-disposition', `inline; filename="${name}.pdf"`);
    return context.body(new Uint8Array(file.pdf));
  });
  return app;
}
