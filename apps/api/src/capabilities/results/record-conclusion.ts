import { type Executor, insertMany } from '@mse/db';
import { cases, conclusions, documents, forms, messages } from '@mse/db/schema';
import { actNumber, documentNumber, documentsOf, plainOutcome, replacedKinds } from '@mse/domain/documents';
import type { ExaminationPlace } from '@mse/domain/field-sessions';
import type { ConclusionContent } from '@mse/domain/examination';
import { MESSAGE_LIFE_MINUTES, sendingTime } from '@mse/domain/notifications';
import { addMinutes, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { getPersons, type Person } from '../identity/people.ts';
import { appendProtocolRows } from '../journals/append-row.ts';
import { departmentCells } from '../journals/protocol-cells.ts';
import { ageOn } from './age.ts';
import { type FormExtras, formExtras } from './form-extras.ts';
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

/** A conclusion on its way into our tables, with everything its rows are made from. */
interface Recorded {
  draft: ConclusionDraft;
  conclusionId: string;
  actNo: string;
  registrationNo: number;
  form: typeof forms.$inferSelect;
  person: Person;
  place: { departmentId: string | null; regionCode: string };
  /** What the person's last conclusion before this one said. */
  previous: ConclusionContent | null;
  extras: FormExtras;
  documents: (typeof documents.$inferInsert)[];
}

/** The act and its number, by which others find what was recorded. */
export type RecordedConclusion = Pick<Recorded, 'conclusionId' | 'actNo'>;

/** PX-38, PX-50, PX-53: records one conclusion; see `recordConclusions`. */
export async function recordConclusion(
  deps: Deps,
  tx: Executor,
  draft: ConclusionDraft,
  at: Date,
): Promise<RecordedConclusion> {
  const [recorded] = await recordConclusions(deps, tx, [draft], at);
  if (!recorded) throw new Error('A conclusion was not recorded');
  return recorded;
}

/**
 * PX-38, PX-50, PX-53, SN-07: everything conclusions bring about, in the caller's transaction and in a few statements however many they are:
 * the acts with their numbers, the forms served, the documents with their numbers (older ones of the same matter lose their force), the
 * rows of the protocol journals, the messages to the persons, the hand-over to other systems, the audit rows and the jobs that make the
 * files. Answers in the order of the drafts.
 */
export async function recordConclusions(
  deps: Deps,
  tx: Executor,
  drafts: readonly ConclusionDraft[],
  at: Date,
): Promise<RecordedConclusion[]> {
  if (drafts.length === 0) return [];
  const made = await prepare(deps, tx, drafts, at);
  await insertMany(
    tx,
    conclusions,
    made.map(({ conclusionId, actNo, draft }) => ({ id: conclusionId, actNo, ...draft, concludedAt: at })),
  );
  await tx
    .update(forms)
    .set({ state: 'served' })
    .where(
      and(
        inArray(
          forms.id,
          made.map(({ form }) => form.id),
        ),
        eq(forms.state, 'accepted'),
      ),
    );
  for (const round of roundsOf(made)) {
    await replaceOlder(tx, round, at);
    await insertMany(
      tx,
      documents,
      round.flatMap((each) => each.documents),
    );
  }
  await appendProtocolRows(
    deps,
    tx,
    made.map((each) => ({
      place: { journal: 'department', ...each.place },
      personId: each.person.id,
      conclusionId: each.conclusionId,
      cells: () =>
        departmentCells({
          ...each,
          ageYears: ageOn(each.person.birthDate, each.draft.examinedOn),
          purpose: each.form.purpose,
          content: each.draft.content,
        }),
    })),
    at,
  );
  await tellPersons(deps, tx, made, at);
  await handOver(
    deps,
    tx,
    made.map((each) => ({ ...each, content: each.draft.content })),
    at,
  );
  await recordAudit(
    tx,
    ...made.map(({ draft, conclusionId, actNo, person, documents: issued }) => ({
      at,
      actor: draft.signedBy ?? 'system:examination',
      actorRole: draft.signedBy === null ? 'system' : 'department-head',
      action: 'results.conclude',
      outcome: 'done' as const,
      personId: person.id,
      subject: `conclusion:${conclusionId}`,
      requestId: null,
      detail: {
        form: draft.formId,
        case: draft.caseId,
        act: actNo,
        basis: draft.basis,
        documents: issued.length,
      },
    })),
  );
  await deps.jobs.enqueueAll(
    tx,
    'results.issue',
    made.map(({ conclusionId }) => ({ conclusionId })),
  );
  return made.map(({ conclusionId, actNo }) => ({ conclusionId, actNo }));
}

/** Locks the forms, takes the numbers and reads what the rows of the conclusions are made from. */
async function prepare(
  deps: Deps,
  tx: Executor,
  drafts: readonly ConclusionDraft[],
  at: Date,
): Promise<Recorded[]> {
  const formIds = drafts.map(({ formId }) => formId);
  const personIds = drafts.map(({ personId }) => personId);
  const formRows = await tx
    .select()
    .from(forms)
    .where(inArray(forms.id, formIds))
    .orderBy(forms.id)
    .for('update');
  const formOf = new Map(formRows.map((row) => [row.id, row]));
  const personOf = await getPersons(tx, personIds);
  const extrasOf = await formExtras(tx, formIds);
  const regionOf = await regionsOf(deps, tx, drafts, personOf);
  const placed = drafts.map((draft) => ({
    draft,
    place: { departmentId: draft.departmentId, regionCode: regionOf(draft) },
  }));
  const today = toBusinessDate(at);
  const year = Number(today.slice(0, 4));
  const numbers = new Map<ConclusionDraft, number>();
  // Always in this order, so that two who number for several departments wait for each other and never in a circle.
  const byScope = [...Map.groupBy(placed, ({ place }) => numberScope(place))].sort(([left], [right]) =>
    left < right ? -1 : 1,
  );
  for (const [scope, own] of byScope) {
    const first = await nextNumber(tx, 'act', scope, year, own.length);
    for (const [index, { draft }] of own.entries()) numbers.set(draft, first + index);
  }
  const earlier = await tx
    .selectDistinctOn([conclusions.personId], {
      personId: conclusions.personId,
      content: conclusions.content,
    })
    .from(conclusions)
    .where(inArray(conclusions.personId, personIds))
    .orderBy(conclusions.personId, desc(conclusions.concludedAt));
  const last = new Map(earlier.map(({ personId, content }) => [personId, content]));

  return placed.map(({ draft, place }) => {
    const form = formOf.get(draft.formId);
    const registrationNo = numbers.get(draft);
    if (!form || registrationNo === undefined) throw new Error('The form of a conclusion is not there');
    const person = personOf(draft.personId);
    const department = draft.departmentId === null ? null : deps.reference.department(draft.departmentId);
    const actNo = actNumber({
      regionCode: place.regionCode,
      departmentNumber: department?.number ?? null,
      year,
      sequence: registrationNo,
    });
    const conclusionId = deps.random.id(at);
    const previous = last.get(person.id) ?? null;
    last.set(person.id, draft.content);
    return {
      draft,
      conclusionId,
      actNo,
      registrationNo,
      form,
      person,
      place,
      previous,
      extras: extrasOf(form.id),
      documents: documentsOf(draft.content, form.purpose).map((plan, index) => ({
        id: deps.random.id(at),
        conclusionId,
        personId: person.id,
        ...plan,
        number: documentNumber(actNo, index + 1),
        code: deps.random.bytes(CODE_BYTES).toString('base64url'),
        issuedOn: today,
      })),
    };
  });
}

/** Splits conclusions so that no person is twice in one round: the later one takes the force from documents of the earlier. */
function roundsOf(made: readonly Recorded[]): Recorded[][] {
  const rounds: Recorded[][] = [];
  const seen = new Map<string, number>();
  for (const each of made) {
    const round = seen.get(each.person.id) ?? 0;
    seen.set(each.person.id, round + 1);
    (rounds[round] ??= []).push(each);
  }
  return rounds;
}

/** The region whose act each is: the department's, else the case's, else that of the person's registration. */
async function regionsOf(
  deps: Deps,
  tx: Executor,
  drafts: readonly ConclusionDraft[],
  personOf: (personId: string) => Person,
): Promise<(draft: ConclusionDraft) => string> {
  const ofDepartment = ({ departmentId }: ConclusionDraft) =>
    departmentId === null ? undefined : deps.reference.department(departmentId)?.regionCode;
  const caseIds = drafts.filter((draft) => !ofDepartment(draft)).flatMap(({ caseId }) => caseId ?? []);
  const rows =
    caseIds.length === 0
      ? []
      : await tx
          .select({ id: cases.id, regionCode: cases.regionCode })
          .from(cases)
          .where(inArray(cases.id, caseIds));
  const ofCase = new Map<string | null, string>(rows.map(({ id, regionCode }) => [id, regionCode]));
  return (draft) => {
    const { unitCode } = personOf(draft.personId);
    const region =
      ofDepartment(draft) ??
      ofCase.get(draft.caseId) ??
      (unitCode === null ? null : deps.reference.regionOfUnit(unitCode));
    if (!region) throw new Error('A conclusion belongs to no region');
    return region;
  };
}

/** C35: documents of the same matters that still had force are void from now on. Persons differ. */
async function replaceOlder(tx: Executor, made: readonly Recorded[], at: Date): Promise<void> {
  const newer = made.flatMap(({ person, documents: [first, ...others] }) =>
    first
      ? [
          {
            person: person.id,
            by: first.id,
            kinds: replacedKinds([first, ...others].map(({ kind }) => kind)),
          },
        ]
      : [],
  );
  if (newer.length === 0) return;
  await tx.execute(sql`
    update issued_document d set voided_at = ${at.toISOString()}::timestamptz, replaced_by = n.by
      from jsonb_to_recordset(${JSON.stringify(newer)}::jsonb) as n (person uuid, by uuid, kinds text[])
     where d.person_id = n.person and d.voided_at is null and d.kind = any(n.kinds)`);
}

/** PX-38: M-03 to the person's number, else to the representative's; the outcome in a word, no group, cause or diagnosis. */
async function tellPersons(deps: Deps, tx: Executor, made: readonly Recorded[], at: Date): Promise<void> {
  const dueAt = sendingTime('m-03', at);
  const ownPhone = (person: Person) => person.phone ?? person.contactPhone;
  const representatives = await getPersons(
    tx,
    made.flatMap(({ person, form }) => (ownPhone(person) === null ? (form.representativeId ?? []) : [])),
  );
  await insertMany(
    tx,
    messages,
    made.map(({ conclusionId, person, form, draft }) => {
      const representative =
        ownPhone(person) === null && form.representativeId !== null
          ? representatives(form.representativeId)
          : null;
      const phone = ownPhone(representative ?? person);
      const language = (representative ?? person).messageLanguage;
      return {
        id: deps.random.id(at),
        personId: person.id,
        template: 'm-03' as const,
        language,
        formId: form.id,
        phone,
        params: {
          result: translator(language)(`results:plain.${plainOutcome(draft.content, form.purpose)}`),
        },
        onceKey: `m-03:conclusion:${conclusionId}`,
        state: phone === null ? ('dead' as const) : ('queued' as const),
        failure: phone === null ? 'no-number' : null,
        createdAt: at,
        dueAt,
        expiresAt: addMinutes(dueAt, MESSAGE_LIFE_MINUTES['m-03'] ?? 0),
        stateAt: at,
      };
    }),
  );
}
