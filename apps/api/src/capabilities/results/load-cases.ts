import {
  cases,
  comparisons,
  conclusions,
  documentFiles,
  documents,
  forms,
  intakeMessages,
} from '@mse/db/schema';
import { type CaseFacts, caseView } from '@mse/domain/cabinet';
import { DOCUMENT_LANGUAGES } from '@mse/domain/documents';
import type { ReturnReason } from '@mse/domain/intake';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { readDocument } from '../intake/read-document.ts';
import type { ActedFor } from './people-acted-for.ts';

/** A case of a person, with what its view is made from. */
export interface LoadedCase {
  id: string;
  person: ActedFor;
  formNumber: string;
  organization: string;
  facts: CaseFacts;
  view: ReturnType<typeof caseView>;
  reasons: ReturnReason[];
  /** PX-34: department of the visit, while one is asked for. */
  departmentId: string | null;
  documents: number;
}

/**
 * C18: the remote cases of people, and the newest form of each that a registry holds up or that went back to its clinic and was not
 * mended since; newest first. A form whose ИИН does not belong to the name in it (REC002) is nobody's yet and shown to nobody.
 */
export async function loadCases(deps: Deps, people: readonly ActedFor[]): Promise<LoadedCase[]> {
  const found = [...(await acceptedForms(deps, people)), ...(await openMessages(deps, people))];
  return found.sort(
    (left, right) =>
      right.facts.at.received.getTime() - left.facts.at.received.getTime() || (left.id < right.id ? 1 : -1),
  );
}

async function acceptedForms(deps: Deps, people: readonly ActedFor[]): Promise<LoadedCase[]> {
  const byId = new Map(people.map((person) => [person.personId, person]));
  const rows = await deps.db
    .select({
      form: forms,
      received: intakeMessages.receivedAt,
      case: cases,
      compared: comparisons.at,
      concluded: conclusions.concludedAt,
      documents: sql<number>`(select count(*)::int from ${documents} where ${documents.conclusionId} = ${conclusions.id})`,
      files: sql<number>`(select count(*)::int from ${documentFiles} join ${documents} on ${documents.id} = ${documentFiles.documentId} where ${documents.conclusionId} = ${conclusions.id})`,
      filesAt: sql<
        string | null
      >`(select max(${documentFiles.madeAt}) from ${documentFiles} join ${documents} on ${documents.id} = ${documentFiles.documentId} where ${documents.conclusionId} = ${conclusions.id})`,
    })
    .from(forms)
    .leftJoin(intakeMessages, eq(intakeMessages.formId, forms.id))
    .leftJoin(cases, eq(cases.formId, forms.id))
    .leftJoin(comparisons, eq(comparisons.caseId, cases.id))
    .leftJoin(conclusions, eq(conclusions.formId, forms.id))
    .where(and(inArray(forms.personId, [...byId.keys()]), eq(forms.track, 'remote-proactive')))
    .orderBy(desc(forms.acceptedAt));
  return rows.flatMap((row) => {
    const person = byId.get(row.form.personId);
    if (!person) return [];
    const ready = row.documents > 0 && row.files >= row.documents * DOCUMENT_LANGUAGES.length;
    const facts: CaseFacts = {
      form: 'accepted',
      state: row.case?.state ?? (row.concluded === null ? null : 'concluded'),
      documentsReady: ready,
      at: {
        received: row.received ?? row.form.acceptedAt,
        checked: row.form.acceptedAt,
        stripped: row.case?.draftFormedAt ?? null,
        compared: row.compared,
        concluded: row.concluded,
        documents: ready && row.filesAt !== null ? new Date(row.filesAt) : null,
      },
      dueAt: row.case?.dueAt ?? null,
      closeAt: row.case?.closeAt ?? null,
    };
    return {
      id: row.form.id,
      person,
      formNumber: row.form.number,
      organization: row.form.organizationName,
      facts,
      view: caseView(facts),
      reasons: [],
      departmentId: row.case?.departmentId ?? null,
      documents: row.documents,
    };
  });
}

async function openMessages(deps: Deps, people: readonly ActedFor[]): Promise<LoadedCase[]> {
  const open: LoadedCase[] = [];
  for (const person of people) {
    const [message] = await deps.db
      .select()
      .from(intakeMessages)
      .where(
        and(
          sql`patient_iin(${intakeMessages.document}) = ${person.iin}`,
          inArray(intakeMessages.state, ['returned', 'waiting']),
          sql`not exists (select from ${forms} where ${forms.personId} = ${person.personId} and ${forms.acceptedAt} >= ${intakeMessages.receivedAt})`,
        ),
      )
      .orderBy(desc(intakeMessages.receivedAt))
      .limit(1);
    if (!message || message.reasons.some(({ code }) => code === 'REC002')) continue;
    const { form, organizationName } = readDocument(message.document);
    const facts: CaseFacts = {
      form: message.state === 'returned' ? 'returned' : 'checking',
      state: null,
      documentsReady: false,
      at: {
        received: message.receivedAt,
        checked: null,
        stripped: null,
        compared: null,
        concluded: null,
        documents: null,
      },
      dueAt: null,
      closeAt: null,
    };
    open.push({
      id: message.id,
      person,
      formNumber: form?.number?.trim() || '–',
      organization: organizationName?.trim() || (form?.organizationBin?.trim() ?? '–'),
      facts,
      view: caseView(facts),
      reasons: message.state === 'returned' ? message.reasons : [],
      departmentId: null,
      documents: 0,
    });
  }
  return open;
}
