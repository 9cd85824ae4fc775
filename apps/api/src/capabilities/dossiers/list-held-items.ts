import type { HeldItemsOutput } from '@mse/contracts/dossiers';
import { dossierItems, examinationKinds, identityIncidents } from '@mse/db/schema';
import { asc, count, desc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

const SHOWN = 200;

/** How often experts said of an item that they can see who it is. */
export const incidentsOf = sql<number>`(select count(*)::int from ${identityIncidents} where ${identityIncidents.itemId} = ${dossierItems.id})`;
/** What an item is called without the words of its sender: the name of a section, or a code of ours. */
export const knownName = sql<string>`case when ${dossierItems.kind} = 'section' then ${dossierItems.name} else coalesce(${examinationKinds.code}, 'other') end`;

/** PX-04: what waits for a person: first what an expert recognised, then by age. Nothing of a person is shown here. */
export async function listHeldItems(call: CallContext): Promise<z.input<typeof HeldItemsOutput>> {
  const { db } = call.deps;
  const held = eq(dossierItems.state, 'held');
  const [total] = await db.select({ value: count() }).from(dossierItems).where(held);
  const rows = await db
    .select({
      id: dossierItems.id,
      kind: dossierItems.kind,
      name: knownName,
      fileNo: dossierItems.fileNo,
      pageNo: dossierItems.pageNo,
      causes: dossierItems.causes,
      madeAt: dossierItems.madeAt,
      incidents: incidentsOf,
    })
    .from(dossierItems)
    .leftJoin(examinationKinds, eq(examinationKinds.code, dossierItems.name))
    .where(held)
    .orderBy(desc(sql`${dossierItems.causes} ? 'reported'`), asc(dossierItems.madeAt), asc(dossierItems.id))
    .limit(SHOWN);
  call.seen(null, 'dossier-items');
  return {
    total: total?.value ?? 0,
    items: rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() })),
  };
}
