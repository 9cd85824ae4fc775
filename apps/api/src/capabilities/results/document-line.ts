import type { Executor } from '@mse/db';
import { documentFiles } from '@mse/db/schema';
import { documentState } from '@mse/domain/documents';
import { toBusinessDate } from '@mse/domain/shared';
import { inArray, sql } from 'drizzle-orm';
import type { IssuedDocument } from './document-facts.ts';

export type DocumentFileLine = Awaited<ReturnType<typeof filesOf>>[number];

/** The files of documents without their bytes. */
export function filesOf(executor: Executor, documentIds: readonly string[]) {
  return executor
    .select({
      documentId: documentFiles.documentId,
      language: documentFiles.language,
      bytes: sql<number>`length(${documentFiles.pdf})`,
      sha256: documentFiles.sha256,
    })
    .from(documentFiles)
    .where(inArray(documentFiles.documentId, [...documentIds]))
    .orderBy(documentFiles.language);
}

/** A document as lists show it. */
export function documentLine(document: IssuedDocument, files: readonly DocumentFileLine[], at: Date) {
  return {
    id: document.id,
    personId: document.personId,
    kind: document.kind,
    number: document.number,
    issuedOn: document.issuedOn,
    validUntil: document.validUntil,
    state: documentState(document, toBusinessDate(at)),
    opened: document.openedAt !== null,
    files: files
      .filter(({ documentId }) => documentId === document.id)
      .map(({ language, bytes, sha256 }) => ({ language, bytes, sha256 })),
  };
}
