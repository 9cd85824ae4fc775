import type { Executor } from '@mse/db';
import { cases, conclusions, documents, forms, messages } from '@mse/db/schema';
import { actNumber, documentNumber, documentsOf, plainOutcome, replacedKinds } from '@mse/domain/documents';
import type { ExaminationPlace } from '@mse/domain/field-sessions';
import type { ConclusionContent } from '@mse/domain/examination';
import { MESSAGE_LIFE_MINUTES, sendingTime } from '@mse/domain/notifications';
import { addMinutes, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { getPerson, type Person } from '../identity/people.ts';
import { appendProtocolRow } from '../journals/append-row.ts';
import { departmentCells } from '../journals/protocol-cells.ts';
import { ageOn } from './age.ts';
import { formExtras } from './form-extras.ts';
import { handOver } from './hand-over.ts';
import { nextNumber, numberScope } from './next-number.ts';

/** A conclusion to be recorded: of a panel, or of a head of department in person. */
export interface ConclusionDraft {
  formId: string;
  caseId: string | null;
  personId: string;
  /** Department of the permanent registration, or the one that examined in person; null when none is known. */
  departmentId: string | null;
  basis: 'remote' | 'in-person';
  /** FF-03: where a head's conclusion was made; a panel's has no place. */
  place?: ExaminationPlace;
  /** PX-01. */
  examinedOn: PlainDate;
  content: ConclusionContent;
  /** In person: the head's exact text, the signature over it and who signed. */
  text: string | null;
  signature: Buffer | null;
  signedBy: string | null;
}

/** Bytes of a document's code: 128 bits. */
const CODE_BYTES = 16;

/**
 * PX-38, PX-50, PX-53: everything a conclusion brings about, in the caller's transaction: the act with its number, the form served,
 * the documents with their numbers (older ones of the same matter lose their force), the row of the protocol journal, the message to
 * the person, the hand-over to other systems, the audit row and the job that makes the files.
 */
export async function recordConclusion(
  deps: Deps,
  tx: Executor,
  draft: ConclusionDraft,
  at: Date,
): Promise<{ conclusionId: string; actNo: string }> {
  const [form] = await tx.select().from(forms).where(eq(forms.id, draft.formId)).for('update');
  if (!form) throw new Error('The form of a conclusion is not there');
  const person = await getPerson(tx, draft.personId);
  const place = { departmentId: draft.departmentId, regionCode: await regionOf(deps, tx, draft, person) };
  const today = toBusinessDate(at);
  const year = Number(today.slice(0, 4));
  const registrationNo = await nextNumber(tx, 'act', numberScope(place), year);
  const department = draft.departmentId === null ? null : deps.reference.department(draft.departmentId);
  const actNo = actNumber({
    regionCode: place.regionCode,
    departmentNumber: department?.number ?? null,
    year,
    sequence: registrationNo,
  });
  const [previous] = await tx
    .select({ content: conclusions.content })
    .from(conclusions)
    .where(eq(conclusions.personId, draft.personId))
    .orderBy(desc(conclusions.concludedAt))
    .limit(1);

  const conclusionId = deps.random.id(at);
  await tx.insert(conclusions).values({ id: conclusionId, actNo, ...draft, concludedAt: at });
  await tx
    .update(forms)
    .set({ state: 'served' })
    .where(and(eq(forms.id, form.id), eq(forms.state, 'accepted')));

  const issued = documentsOf(draft.content, form.purpose).map((plan, index) => ({
    id: deps.random.id(at),
    conclusionId,
    personId: person.id,
    ...plan,
    number: documentNumber(actNo, index + 1),
    code: deps.random.bytes(CODE_BYTES).toString('base64url'),
    issuedOn: today,
  }));
  await replaceOlder(tx, person.id, issued, at);
  await tx.insert(documents).values(issued);

  const extras = await formExtras(tx, form.id);
  await appendProtocolRow(
    deps,
    tx,
    { journal: 'department', ...place },
    {
      personId: person.id,
      conclusionId,
      cells: () =>
        departmentCells({
          actNo,
          registrationNo,
          person,
          ageYears: ageOn(person.birthDate, draft.examinedOn),
          purpose: form.purpose,
          extras,
          content: draft.content,
          previous: previous?.content ?? null,
          documents: issued,
        }),
    },
    at,
  );
  await tellPerson(deps, tx, person, form, draft.content, conclusionId, at);
  await handOver(deps, tx, { conclusionId, actNo, person, place, form, content: draft.content, extras }, at);
  await recordAudit(tx, {
    at,
    actor: draft.signedBy ?? 'system:examination',
    actorRole: draft.signedBy === null ? 'system' : 'department-head',
    action: 'results.conclude',
    outcome: 'done',
    personId: person.id,
    subject: `conclusion:${conclusionId}`,
    requestId: null,
    detail: { form: form.id, case: draft.caseId, act: actNo, basis: draft.basis, documents: issued.length },
  });
  await deps.jobs.enqueue(tx, 'results.issue', { conclusionId });
  return { conclusionId, actNo };
}

/** The region whose act it is: the department's, else the case's, else that of the person's registration. */
async function regionOf(deps: Deps, tx: Executor, draft: ConclusionDraft, person: Person): Promise<string> {
  const department = draft.departmentId === null ? undefined : deps.reference.department(draft.departmentId);
  if (department) return department.regionCode;
  if (draft.caseId !== null) {
    const [row] = await tx
      .select({ regionCode: cases.regionCode })
      .from(cases)
      .where(eq(cases.id, draft.caseId));
    if (row) return row.regionCode;
  }
  const region = person.unitCode === null ? null : deps.reference.regionOfUnit(person.unitCode);
  if (region === null) throw new Error('A conclusion belongs to no region');
  return region;
}

/** C35: documents of the same matters that still had force are void from now on. */
async function replaceOlder(
  tx: Executor,
  personId: string,
  issued: readonly { id: string; kind: (typeof documents.$inferInsert)['kind'] }[],
  at: Date,
): Promise<void> {
  const [newer] = issued;
  if (!newer) return;
  await tx
    .update(documents)
    .set({ voidedAt: at, replacedBy: newer.id })
    .where(
      and(
        eq(documents.personId, personId),
        isNull(documents.voidedAt),
        inArray(documents.kind, replacedKinds(issued.map(({ kind }) => kind))),
      ),
    );
}

/** PX-38: M-03 to the person's number, else to the representative's; the outcome in a word, no group, cause or diagnosis. */
async function tellPerson(
  deps: Deps,
  tx: Executor,
  person: Person,
  form: typeof forms.$inferSelect,
  content: ConclusionContent,
  conclusionId: string,
  at: Date,
): Promise<void> {
  const ownPhone = person.phone ?? person.contactPhone;
  const representative =
    ownPhone === null && form.representativeId !== null ? await getPerson(tx, form.representativeId) : null;
  const receiver = representative ?? person;
  const phone = ownPhone ?? representative?.phone ?? representative?.contactPhone ?? null;
  const language = receiver.messageLanguage;
  const dueAt = sendingTime('m-03', at);
  await tx.insert(messages).values({
    id: deps.random.id(at),
    personId: person.id,
    template: 'm-03',
    language,
    formId: form.id,
    phone,
    params: { result: translator(language)(`results:plain.${plainOutcome(content, form.purpose)}`) },
    onceKey: `m-03:conclusion:${conclusionId}`,
    state: phone === null ? 'dead' : 'queued',
    failure: phone === null ? 'no-number' : null,
    createdAt: at,
    dueAt,
    expiresAt: addMinutes(dueAt, MESSAGE_LIFE_MINUTES['m-03'] ?? 0),
    stateAt: at,
  });
}
