import type { DocumentsOverviewOutput } from '@mse/contracts/results';
import { documents } from '@mse/db/schema';
import { inArray, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { peopleActedFor } from './people-acted-for.ts';

/** C08, C19, PX-52: that there are documents, for whoever signed in by a code; what they are needs a signature. */
export async function documentsOverview(call: CallContext): Promise<z.input<typeof DocumentsOverviewOutput>> {
  const people = await peopleActedFor(call);
  const ids = people.map(({ personId }) => personId);
  const rows = await call.deps.db
    .select({
      personId: documents.personId,
      count: sql<number>`count(*)::int`,
      unopened: sql<number>`(count(*) filter (where ${documents.openedAt} is null and ${documents.voidedAt} is null))::int`,
      newest: sql<string | null>`max(${documents.issuedOn})::text`,
    })
    .from(documents)
    .where(inArray(documents.personId, ids))
    .groupBy(documents.personId);
  const byPerson = new Map(rows.map((row) => [row.personId, row]));
  return {
    people: people.map(({ personId, personName, self }) => {
      call.seen(personId);
      const { count = 0, unopened = 0, newest = null } = byPerson.get(personId) ?? {};
      return { personId, personName, self, count, unopened, newest };
    }),
  };
}
