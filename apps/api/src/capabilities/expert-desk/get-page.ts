import type { PageInput, PageOutput } from '@mse/contracts/expert-desk';
import { dossierPages } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { listPages } from './dossier.ts';
import { readOwnPart } from './own-part.ts';

/** X03: one page with what was read on it. */
export async function getPage(
  call: CallContext,
  { assignmentId, pageId }: z.output<typeof PageInput>,
): Promise<z.input<typeof PageOutput>> {
  return readOwnPart(call, assignmentId, async (tx, part, expert) => {
    const pages = await listPages(tx, call.deps, part.caseId);
    const page = pages.find((each) => each.pageId === pageId);
    const [row] = await tx
      .select({ text: dossierPages.text })
      .from(dossierPages)
      .where(and(eq(dossierPages.id, pageId), eq(dossierPages.caseId, part.caseId)));
    if (!page || !row) throw notFound();
    return {
      ...page,
      caseCode: part.caseCode,
      expertCode: expert.code,
      state: part.state,
      text: row.text,
      pages,
    };
  });
}

/** The picture of a page, as it was re-made. */
export async function getPagePicture(
  call: CallContext,
  { assignmentId, pageId }: z.output<typeof PageInput>,
): Promise<{ mediaType: string; content: Buffer }> {
  return readOwnPart(call, assignmentId, async (tx, part) => {
    const [row] = await tx
      .select({ mediaType: dossierPages.mediaType, content: dossierPages.content })
      .from(dossierPages)
      .where(and(eq(dossierPages.id, pageId), eq(dossierPages.caseId, part.caseId)));
    if (!row) throw notFound();
    return row;
  });
}
