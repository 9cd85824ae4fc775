import { ExecutionReport } from '@mse/contracts/results';
import { integrationClients } from '@mse/db/schema';
import { and, eq, ne } from 'drizzle-orm';
import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { freshKey } from '../../platform/random.ts';
import { problem } from '../intake/problems.ts';
import { readJsonBody } from '../intake/read-json-body.ts';
import { keepReport } from './executions.ts';

const TOKEN = /^Bearer ([\w.~+/=-]{16,400})$/;
const MAX_REPORT_BYTES = 20_000;

/**
 * PX-56: `POST /integration/v1/programme-executions`: E-Sobes and the Labour market system report how far a measure of a
 * programme is, each with its own token and of its own part. 201 kept, 200 known already, 404 for an act without such a part.
 */
export function executionRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.post('/', async (context) => {
    const token = TOKEN.exec(context.req.header('authorization') ?? '')?.[1];
    const [client] = token
      ? await deps.db
          .select({ id: integrationClients.id, purpose: integrationClients.purpose })
          .from(integrationClients)
          .where(
            and(
              eq(integrationClients.tokenHash, createHash('sha256').update(token).digest('hex')),
              eq(integrationClients.active, true),
              ne(integrationClients.purpose, 'medical'),
            ),
          )
      : [];
    if (!client || client.purpose === 'medical')
      return problem('not-authenticated', { headers: { 'www-authenticate': 'Bearer' } });
    const taken = await deps.limits.take('integration-client-second', client.id);
    if (!taken.ok)
      return problem('too-many-requests', { headers: { 'retry-after': String(taken.retryAfterSeconds) } });
    const body = await readJsonBody(context.req.raw, ExecutionReport, MAX_REPORT_BYTES);
    if (!body.ok) return body.response;
    const requestId = freshKey();
    const outcome = await keepReport(deps, { id: client.id, source: client.purpose }, body.value, requestId);
    if (outcome === 'unknown-act')
      return problem('not-found', { detail: 'No such act with this part of a programme' });
    return context.json({ state: outcome }, outcome === 'kept' ? 201 : 200);
  });
  return app;
}
