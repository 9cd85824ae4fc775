import type { Executor } from '@mse/db';
import { cases, formContents, formFiles } from '@mse/db/schema';
import {
  ageOn,
  caseTrackOf,
  type ExaminationPurpose,
  nosologyOf,
  type SubmittedForm,
  termStart,
} from '@mse/domain/intake';
import { policyOn } from '@mse/domain/policies';
import { toBusinessDate } from '@mse/domain/shared';
import { inAllLanguages } from '@mse/i18n';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { openCase } from '../examination/index.ts';
import { sendOutbound } from '../outbound/index.ts';
import type { RemoteAsked } from './ask-remote.ts';
import type { IntakeMessage } from './form-answer.ts';
import type { People } from './judge-form.ts';
import type { ReadDocument } from './read-document.ts';

/** A remote form that passed all checks. */
export interface AcceptedRemote {
  formId: string;
  message: IntakeMessage;
  document: ReadDocument;
  form: SubmittedForm;
  people: People;
  remote: RemoteAsked;
}

/**
 * IN-05, IN-11, PX-02, PX-43, SN-05: keeps the content and the files of an accepted remote form and opens its case, in the
 * transaction that accepts it. The Ministry of Health is told.
 */
export async function acceptRemote(
  deps: Deps,
  tx: Executor,
  { formId, message, document, form, people, remote }: AcceptedRemote,
  at: Date,
): Promise<void> {
  const today = toBusinessDate(at);
  const { codes, groups } = deps.reference.nosology();
  const { unitCode, birthDate } = people.patient;
  const nosologyGroup = nosologyOf(codes, form.icd10 ?? '', ageOn(birthDate, today), today);
  const regionCode = unitCode?.slice(0, 2);
  if (nosologyGroup === null || !unitCode || !regionCode)
    throw new Error('A remote form was accepted without a nosological form or a registration');
  const track = caseTrackOf(
    groups.some(({ code, special }) => code === nosologyGroup && special),
    policyOn(deps.reference.policies(), 'intake.special-mechanism', today),
    regionCode,
    form.sender?.system?.trim().toLowerCase() ?? null,
  );

  const { files } = remote.files;
  await Promise.all([
    tx.insert(formContents).values({ formId, document: document.content }),
    files.length > 0
      ? tx.insert(formFiles).values(files.map((file) => ({ id: deps.random.id(at), formId, ...file })))
      : null,
    open(),
    sendOutbound(
      deps,
      tx,
      {
        destination: 'health-ministry',
        kind: 'form-031.accepted',
        payload: {
          messageId: message.messageId,
          number: form.number?.trim() ?? null,
          system: form.sender?.system ?? null,
          acceptedAt: at.toISOString(),
        },
        onceKey: `form-031.accepted:${message.id}`,
        personId: people.patient.id,
      },
      at,
    ),
  ]);

  async function open(): Promise<void> {
    const caseId = await openCase(
      deps,
      tx,
      {
        formId,
        personId: people.patient.id,
        representativeId: people.representative?.id ?? null,
        regionCode: unitCode?.slice(0, 2) ?? '',
        departmentId: deps.reference.departmentOfUnit(unitCode ?? '', today),
        track,
        nosologyGroup: nosologyGroup ?? '',
        purpose: form.purpose as ExaminationPurpose,
      },
      at,
    );
    if (remote.failureId === null) return;
    const { rule, from } = termStart(true, form);
    await tx
      .update(cases)
      .set({ failureId: remote.failureId, termRule: rule, termFrom: from })
      .where(eq(cases.id, caseId));
  }
}

/** IN-08, M-05: the return with all its reasons, in the words of annex 5, to the Ministry of Health and on to the medical system. Each judging is a return of its own (IN-09). */
export async function tellReturned(
  deps: Deps,
  tx: Executor,
  message: IntakeMessage,
  form: SubmittedForm | null,
  at: Date,
): Promise<void> {
  const reasons = message.reasons.map(({ code, detail }) => ({
    code,
    detail,
    ...inAllLanguages(`intake:code.${code}`, { detail: detail ?? '' }),
  }));
  const text = (language: 'kk' | 'ru') =>
    reasons.map((reason) => `${reason.code}: ${reason[language]}`).join('; ');
  await sendOutbound(
    deps,
    tx,
    {
      destination: 'health-ministry',
      kind: 'form-031.returned',
      payload: {
        messageId: message.messageId,
        number: form?.number?.trim() ?? null,
        organizationBin: form?.organizationBin?.trim() ?? null,
        system: form?.sender?.system ?? null,
        kind: 'return',
        codes: reasons.map(({ code }) => code),
        text: { kk: text('kk'), ru: text('ru') },
        reasons,
        returnedAt: at.toISOString(),
      },
      onceKey: `form-031.returned:${message.id}:${at.getTime()}`,
      personId: null,
    },
    at,
  );
}
