import { documentFiles, documents } from '@mse/db/schema';
import { DOCUMENT_LANGUAGES } from '@mse/domain/documents';
import { eq, inArray } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { HopelessJob } from '../../platform/jobs.ts';
import { documentFacts } from './document-facts.ts';
import { documentPdf } from './document-pdf.ts';

/**
 * PX-53: makes the files of a conclusion's documents: each in Kazakh and Russian, sealed by the service, kept with its hash. A file that
 * is there is left alone, so the work may be done twice or broken off anywhere. Without a key nothing is issued and somebody must look.
 */
export async function issueDocuments(deps: Deps, conclusionId: string): Promise<void> {
  const found = await documentFacts(deps.db, eq(documents.conclusionId, conclusionId));
  if (found.length === 0) throw new HopelessJob('conclusion-without-documents');
  const made = await deps.db
    .select({ documentId: documentFiles.documentId, language: documentFiles.language })
    .from(documentFiles)
    .where(
      inArray(
        documentFiles.documentId,
        found.map(({ document }) => document.id),
      ),
    );
  const there = new Set(made.map(({ documentId, language }) => `${documentId}:${language}`));
  for (const { document, concludedAt, facts } of found) {
    for (const language of DOCUMENT_LANGUAGES) {
      if (there.has(`${document.id}:${language}`)) continue;
      const pdf = await documentPdf(facts, {
        code: document.code,
        language,
        portalUrl: deps.settings.PORTAL_URL,
        at: concludedAt,
      });
      const at = deps.clock.now();
      const seal = await deps.sealer.seal(pdf, at);
      if (!seal) throw new HopelessJob('no-sealing-key');
      await deps.db
        .insert(documentFiles)
        .values({
          documentId: document.id,
          language,
          pdf,
          sha256: createHash('sha256').update(pdf).digest('hex'),
          signature: seal.cms,
          signerSerial: seal.serial,
          madeAt: at,
        })
        .onConflictDoNothing();
    }
  }
}
