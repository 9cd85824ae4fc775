import type { DocumentInput, DocumentOutput } from '@mse/contracts/results';
import { documents } from '@mse/db/schema';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { documentBody } from './document-body.ts';
import { documentFacts } from './document-facts.ts';
import { documentLine, filesOf } from './document-line.ts';
import { checkLink } from './document-pdf.ts';
import { peopleActedFor } from './people-acted-for.ts';

/** C19: a document to be read as a page, in the language of the call; opening it is noted once. Somebody else's reads as none. */
export async function getDocument(
  call: CallContext,
  { documentId }: z.output<typeof DocumentInput>,
): Promise<z.input<typeof DocumentOutput>> {
  const { deps, at } = call;
  const people = await peopleActedFor(call);
  const [found] = await documentFacts(deps.db, eq(documents.id, documentId));
  const owner = people.find(({ personId }) => personId === found?.document.personId);
  if (!found || !owner) throw notFound();
  await deps.db
    .update(documents)
    .set({ openedAt: at })
    .where(and(eq(documents.id, documentId), isNull(documents.openedAt)));
  call.seen(owner.personId, `document:${documentId}`);
  const { title, issuer, person, content, lists } = documentBody(found.facts, call.language);
  return {
    ...documentLine(found.document, await filesOf(deps.db, [documentId]), at),
    personName: owner.personName,
    self: owner.self,
    title,
    issuer,
    person,
    content,
    lists,
    checkLink: checkLink(deps.settings.PORTAL_URL, found.document.code),
  };
}
