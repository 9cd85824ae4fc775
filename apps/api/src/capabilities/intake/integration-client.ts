import { integrationClients } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Deps } from '../../deps.ts';

const TOKEN = /^Bearer ([\w.~+/=-]{16,400})$/;

/** The sending system behind an `Authorization` header; null when the token is missing, unknown or switched off. */
export async function findIntegrationClient(
  deps: Deps,
  authorization: string | undefined,
): Promise<{ id: string } | null> {
  const token = TOKEN.exec(authorization ?? '')?.[1];
  if (!token) return null;
  const tokenHash = createHash('sha256').update(token).digest('hex');
  const [client] = await deps.db
    .select({ id: integrationClients.id })
    .from(integrationClients)
    .where(
      and(
        eq(integrationClients.tokenHash, tokenHash),
        eq(integrationClients.active, true),
        eq(integrationClients.purpose, 'medical'),
      ),
    );
  return client ?? null;
}
