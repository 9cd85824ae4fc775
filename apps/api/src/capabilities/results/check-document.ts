import type { CheckDocumentInput, CheckDocumentOutput } from '@mse/contracts/results';
import { documents } from '@mse/db/schema';
import { documentState } from '@mse/domain/documents';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { refuseFlood } from '../identity/refuse-flood.ts';
import { filesOf } from './document-line.ts';

/**
 * C35: what a stranger with the QR of a document may learn: whether it holds, its kind, dates and number, and the hashes of its files.
 * Nothing of a person. A code that does not exist reads as void; limited per network, so that codes cannot be tried out.
 */
export async function checkDocument(
  call: CallContext,
  { code }: z.output<typeof CheckDocumentInput>,
): Promise<z.input<typeof CheckDocumentOutput>> {
  const { deps, at } = call;
  await refuseFlood(call, 'document-check-network-minute');
  const [document] = await deps.db.select().from(documents).where(eq(documents.code, code));
  if (!document)
    return { state: 'void', kind: null, number: null, issuedOn: null, validUntil: null, sha256: [] };
  const { kind, number, issuedOn, validUntil } = document;
  return {
    state: documentState(document, toBusinessDate(at)),
    kind,
    number,
    issuedOn,
    validUntil,
    sha256: (await filesOf(deps.db, [document.id])).map(({ sha256 }) => sha256),
  };
}
