import type { Executor } from '@mse/db';
import { dossierItems, dossierPages, dossiers, identityIncidents } from '@mse/db/schema';
import { and, eq, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';

/** What an expert could see a person on. */
export type SeenItem = { section: string } | { fileNo: number; pageNo: number };

/**
 * X03: an expert says "I can see who this is". The page or section is taken from every expert at once and waits for a person who looks at
 * it, as when the machine had held it; the incident is written once. False when the case has no such item.
 */
export async function reportIdentitySeen(
  deps: Deps,
  tx: Executor,
  { caseId, assignmentId, item }: { caseId: string; assignmentId: string; item: SeenItem },
  at: Date,
): Promise<boolean> {
  const isThis =
    'section' in item
      ? and(eq(dossierItems.kind, 'section'), eq(dossierItems.name, item.section))
      : and(
          eq(dossierItems.kind, 'page'),
          eq(dossierItems.fileNo, item.fileNo),
          eq(dossierItems.pageNo, item.pageNo),
        );
  const [held] = await tx
    .update(dossierItems)
    .set({
      state: 'held',
      causes: ['reported'],
      settledBy: null,
      settledAt: null,
      version: sql`${dossierItems.version} + 1`,
    })
    .where(and(eq(dossierItems.caseId, caseId), isThis))
    .returning({ id: dossierItems.id });
  if (!held) return false;
  await tx
    .insert(identityIncidents)
    .values({ id: deps.random.id(at), caseId, itemId: held.id, assignmentId, at });
  if ('section' in item)
    await tx
      .update(dossiers)
      .set({ sections: sql`${dossiers.sections} - ${item.section}::text` })
      .where(eq(dossiers.caseId, caseId));
  else
    await tx
      .delete(dossierPages)
      .where(
        and(
          eq(dossierPages.caseId, caseId),
          eq(dossierPages.fileNo, item.fileNo),
          eq(dossierPages.pageNo, item.pageNo),
        ),
      );
  return true;
}
