import type { ReportIdentityInput, ReportIdentityOutput } from '@mse/contracts/expert-desk';
import { dossierPages } from '@mse/db/schema';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { reportIdentitySeen } from '../dossiers/report-identity-seen.ts';
import { personOfCase, readOwnPart, subjectOf } from './own-part.ts';

/** X03: "I can see who this is": the page is hidden from all experts at once, and an incident is written. */
export async function reportIdentity(
  call: CallContext,
  { assignmentId, seen }: z.output<typeof ReportIdentityInput>,
): Promise<z.input<typeof ReportIdentityOutput>> {
  const { deps, at, requestId } = call;
  const caller = signedIn(call);
  const { part, item } = await readOwnPart(call, assignmentId, async (tx, part) => {
    if ('section' in seen) return { part, item: { section: seen.section } };
    const [page] = await tx
      .select({ fileNo: dossierPages.fileNo, pageNo: dossierPages.pageNo })
      .from(dossierPages)
      .where(and(eq(dossierPages.id, seen.pageId), eq(dossierPages.caseId, part.caseId)));
    return { part, item: page ?? null };
  });
  // Reported a moment ago, here or by another expert: it is hidden, which is what was wanted.
  if (!item) return { ok: true };
  return deps.db.transaction(async (tx) => {
    const known = await reportIdentitySeen(
      deps,
      tx,
      { caseId: part.caseId, assignmentId: part.id, item },
      at,
    );
    if (!known) throw notFound();
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertDesk.reportIdentity', caller),
      action: 'expertDesk.reportIdentity',
      outcome: 'done',
      personId: await personOfCase(tx, part.caseId),
      subject: subjectOf(part),
      requestId,
      detail: item,
    });
    return { ok: true as const };
  });
}
