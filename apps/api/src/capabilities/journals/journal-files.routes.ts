import { ACCESS, type Action, mayCall } from '@mse/domain/access';
import { militaryLists, militaryTasks, protocols } from '@mse/db/schema';
import { Month, Region } from '@mse/contracts/journals';
import { eq } from 'drizzle-orm';
import { type Context, Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freshKey } from '../../platform/random.ts';
import { actingRole, type CallContext } from '../../trpc.ts';
import { findCaller } from '../identity/find-caller.ts';
import { journalOf, mayKeep } from './journal-caller.ts';
import { monthPdf, protocolPdf } from './journal-pdf.ts';
import { inMonth, loadProtocols, monthSubject } from './load-protocols.ts';

const ID = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pdf$/;

/**
 * Files of the journals for staff with a signature session: `GET /protocol/<id>.pdf`, `GET /journal/<YYYY-MM>.pdf?region=11` and
 * `GET /military/<id>.pdf`. Another department's and what does not exist are both 404.
 */
export function journalFileRoutes(deps: Deps): Hono {
  const app = new Hono();

  app.get('/protocol/:file', (context) =>
    serve(deps, context, 'journals.protocol', async (call) => {
      const id = ID.exec(context.req.param('file'))?.[1];
      const [found] = id ? await loadProtocols(deps.db, eq(protocols.id, id)) : [];
      if (!found || !mayKeep(call, found.protocol)) return null;
      return {
        pdf: await protocolPdf(deps, found, call.at),
        name: `protocol-${found.protocol.day}`,
        subject: `protocol:${found.protocol.id}`,
        people: found.rows.map(({ personId }) => personId),
      };
    }),
  );

  app.get('/journal/:file', (context) =>
    serve(deps, context, 'journals.month', async (call) => {
      const month = Month.safeParse(context.req.param('file').replace(/\.pdf$/, ''));
      const region = Region.safeParse(context.req.query('region'));
      if (!month.success) return null;
      const { place } = journalOf(call, region.success ? region.data : null);
      const days = await loadProtocols(deps.db, inMonth(place, month.data));
      if (days.length === 0) return null;
      return {
        pdf: await monthPdf(deps, place, month.data, days, call.at),
        name: `journal-${month.data}`,
        subject: monthSubject(place, month.data),
        people: days.flatMap(({ rows }) => rows.map(({ personId }) => personId)),
      };
    }),
  );

  app.get('/military/:file', (context) =>
    serve(deps, context, 'journals.military', async (call) => {
      const id = ID.exec(context.req.param('file'))?.[1];
      const [list] = id ? await deps.db.select().from(militaryLists).where(eq(militaryLists.id, id)) : [];
      if (!list || list.departmentId !== call.caller?.departmentId) return null;
      const people = await deps.db
        .select({ personId: militaryTasks.personId })
        .from(militaryTasks)
        .where(eq(militaryTasks.listId, list.id));
      return {
        pdf: list.pdf,
        name: `military-list-${list.signedAt.toISOString().slice(0, 10)}`,
        subject: `military-list:${list.id}`,
        people: people.map(({ personId }) => personId),
      };
    }),
  );
  return app;
}

interface Served {
  pdf: Buffer;
  name: string;
  subject: string;
  people: string[];
}

/** Under the same line of the access table as the page it belongs to, with an audit row for everybody it shows. */
async function serve(
  deps: Deps,
  context: Context,
  action: Action,
  find: (call: CallContext) => Promise<Served | null>,
): Promise<Response> {
  const at = deps.clock.now();
  const authorization = context.req.header('authorization') ?? '';
  const token = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
  const caller = token ? await findCaller(deps, token, at) : null;
  if (!caller) return context.json({ error: 'sign-in' }, 401);
  const roleFits = ACCESS[action].roles.some((role) => caller.roles.includes(role));
  if (!roleFits || !mayCall(action, caller)) return context.json({ error: 'not-found' }, 404);
  const requestId = context.req.header('x-request-id')?.slice(0, 64) ?? freshKey();
  const call: CallContext = {
    requestId,
    language: 'kk',
    network: '',
    token,
    deps,
    caller,
    at,
    seen: () => undefined,
  };
  const found = await find(call).catch((error: unknown) => {
    if (error instanceof Error && error.message === 'not-found') return null;
    throw error;
  });
  if (!found) return context.json({ error: 'not-found' }, 404);
  await recordAudit(
    deps.db,
    ...[...new Set(found.people)].map((personId) => ({
      at,
      actor: caller.personId,
      actorRole: actingRole(action, caller),
      action,
      outcome: 'seen' as const,
      personId,
      subject: found.subject,
      requestId,
      detail: { file: 'pdf' },
    })),
  );
  context.header('cache-control', 'private, no-store');
  context.header('content-type', 'application/pdf');
  context.header('content-disposition', `inline; filename="${found.name}.pdf"`);
  return context.body(new Uint8Array(found.pdf));
}
