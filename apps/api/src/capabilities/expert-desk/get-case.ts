import type { CaseOutput, PartInput } from '@mse/contracts/expert-desk';
import { assignments, decisionDrafts, decisions } from '@mse/db/schema';
import { SECTIONS } from '@mse/domain/dossiers';
import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { examinedOn, listPages, nosologyName, readDossier } from './dossier.ts';
import { type OwnPart, personOfCase, readOwnPart, subjectOf } from './own-part.ts';

/** X02: a case with its papers. The first opening is stamped, once. */
export async function getCase(
  call: CallContext,
  { assignmentId }: z.output<typeof PartInput>,
): Promise<z.input<typeof CaseOutput>> {
  const { deps, at } = call;
  const { part, expert, dossier, pages, draft, decision } = await readOwnPart(
    call,
    assignmentId,
    async (tx, part, expert) => {
      const dossier = await readDossier(tx, part.caseId);
      const pages = await listPages(tx, deps, part.caseId);
      const [draft] = await tx
        .select({ version: decisionDrafts.version, savedAt: decisionDrafts.savedAt })
        .from(decisionDrafts)
        .where(eq(decisionDrafts.assignmentId, part.id));
      const [decision] = await tx
        .select({ signedAt: decisions.signedAt, inTime: decisions.inTime })
        .from(decisions)
        .where(eq(decisions.assignmentId, part.id));
      return { part, expert, dossier, pages, draft, decision };
    },
  );
  if (part.state === 'open' && part.openedAt === null) await stampOpening(call, part);
  return {
    assignmentId: part.id,
    caseCode: part.caseCode,
    expertCode: expert.code,
    state: part.state,
    cause: part.cause,
    arrivedAt: part.arrivedAt.toISOString(),
    dueAt: part.dueAt.toISOString(),
    overdue: part.state === 'open' && part.dueAt < at,
    now: at.toISOString(),
    sex: dossier.sex,
    ageYears: dossier.ageYears,
    purpose: dossier.purpose,
    icd10: dossier.icd10,
    nosology: nosologyName(deps, dossier.nosologyGroup),
    examinedOn: await examinedOn(deps, part.caseId),
    sections: SECTIONS.flatMap((name) => {
      const text = dossier.sections[name];
      return text ? [{ name, text }] : [];
    }),
    examinations: dossier.examinations.map(({ code, required, present }) => ({
      code,
      name: deps.reference.nosology().kinds.find((kind) => kind.code === code)?.name ?? null,
      required,
      present,
      pageIds: pages.filter((page) => page.kind === code).map(({ pageId }) => pageId),
    })),
    pages,
    draft: draft ? { version: draft.version, savedAt: draft.savedAt.toISOString() } : null,
    decision: decision ? { signedAt: decision.signedAt.toISOString(), inTime: decision.inTime } : null,
  };
}

/** Stamps the first opening with its audit row; of two at once one stamps. */
async function stampOpening(call: CallContext, part: OwnPart): Promise<void> {
  const { deps, at, requestId } = call;
  const caller = signedIn(call);
  await deps.db.transaction(async (tx) => {
    const [stamped] = await tx
      .update(assignments)
      .set({ openedAt: at })
      .where(and(eq(assignments.id, part.id), isNull(assignments.openedAt), eq(assignments.state, 'open')))
      .returning({ id: assignments.id });
    if (!stamped) return;
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertDesk.case', caller),
      action: 'expertDesk.case',
      outcome: 'done',
      personId: await personOfCase(tx, part.caseId),
      subject: subjectOf(part),
      requestId,
      detail: { opened: true },
    });
  });
}
