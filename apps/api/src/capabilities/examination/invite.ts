import type { Executor } from '@mse/db';
import { forms, messages, persons } from '@mse/db/schema';
import { invitationTimes } from '@mse/domain/deadlines';
import type { CaseEvent } from '@mse/domain/examination';
import { MESSAGE_LIFE_MINUTES, sendingTime } from '@mse/domain/notifications';
import { addMinutes, type Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import type { Department } from '../reference/reference-data.ts';
import { sendOutbound } from '../outbound/index.ts';
import { type Case, changeCase, changeCases } from './change-case.ts';

/** The department to which a person is invited: that of the permanent registration, else the first of the region; undefined when the region has none. */
export function departmentOfCase(
  deps: Deps,
  row: Pick<Case, 'departmentId' | 'regionCode'>,
): Department | undefined {
  const own = row.departmentId === null ? undefined : deps.reference.department(row.departmentId);
  return own ?? deps.reference.departments().find(({ regionCode }) => regionCode === row.regionCode);
}

/**
 * PX-34: when decisions do not match, or say nonconformity: the case goes to the department of the permanent registration, the medical
 * system is told that the person must come there, and the person, or the representative, is called by SMS. The times of PX-36 and PX-37
 * run from the moment that SMS is to go out. Where no department is known no term runs and nobody is called: the Committee sees the case.
 */
export async function inviteToDepartment(
  deps: Deps,
  tx: Executor,
  row: Case,
  event: Extract<CaseEvent, 'mismatched' | 'nonconforming'>,
  detail: Record<string, unknown>,
  at: Date,
): Promise<void> {
  const department = departmentOfCase(deps, row);
  const smsAt = sendingTime('m-01', at);
  const times = department && invitationTimes(deps.reference.policies(), deps.reference.calendar(), smsAt);
  const step = await changeCase(
    deps,
    tx,
    {
      caseId: row.id,
      event,
      actor: 'system:comparison',
      detail,
      set: department ? { departmentId: department.id, ...times } : {},
    },
    at,
  );
  if (!step.ok) throw new Error(`A case whose panel is complete cannot be ${event}: ${step.refusal}`);
  if (!department || !times) {
    deps.log.error({ caseId: row.id }, 'no department is known to which the person could be invited');
    return;
  }
  await callPerson(deps, tx, row, department, times.closeAt, 'first', at);
  await tellClinic(deps, tx, row, 'invite', { reason: event, department }, at);
}

/** PX-34, PX-36: SMS M-01 to the person or the representative. */
export async function callPerson(
  deps: Deps,
  tx: Executor,
  row: Pick<Case, 'id' | 'formId' | 'personId' | 'representativeId'>,
  department: Department,
  closeAt: Date | null,
  which: 'first' | 'again',
  at: Date,
): Promise<void> {
  await writeSms(deps, tx, row, 'm-01', `m-01:case:${row.id}:${which}`, at, {
    expiresAt: closeAt,
    params: (language) => ({
      department: String(department.number),
      address: department.address[language],
    }),
  });
}

/** A message of the case to the person, or to the representative who acts for them. Without a number the row stays as evidence for a person to act on. */
export async function writeSms(
  deps: Deps,
  tx: Executor,
  row: Pick<Case, 'formId' | 'personId' | 'representativeId'>,
  template: 'm-01' | 'm-02' | 'm-04',
  onceKey: string,
  at: Date,
  options: { expiresAt?: Date | null; params?: (language: Language) => Record<string, string> } = {},
): Promise<void> {
  const [receiver] = await tx
    .select({ id: persons.id, phone: persons.phone, language: persons.messageLanguage })
    .from(persons)
    .where(eq(persons.id, row.representativeId ?? row.personId));
  if (!receiver) throw new Error('The receiver of a message is not there');
  const minutes = MESSAGE_LIFE_MINUTES[template];
  await tx
    .insert(messages)
    .values({
      id: deps.random.id(at),
      personId: receiver.id,
      template,
      language: receiver.language,
      formId: row.formId,
      phone: receiver.phone,
      params: options.params?.(receiver.language) ?? {},
      onceKey,
      state: receiver.phone === null ? 'dead' : 'queued',
      failure: receiver.phone === null ? 'no-number' : null,
      createdAt: at,
      dueAt: sendingTime(template, at),
      expiresAt: options.expiresAt ?? (minutes === null ? null : addMinutes(at, minutes)),
      stateAt: at,
    })
    .onConflictDoNothing({ target: messages.onceKey });
}

/** What M-05 says besides its kind. */
type ClinicNews =
  { reason: 'mismatched' | 'nonconforming'; department: Department } | { reason: 'no-show' | 'refused' };

/** PX-34, PX-37, M-05: tells the system of the Ministry of Health, in Kazakh and Russian, that the person must come or has not come. */
export async function tellClinic(
  deps: Deps,
  tx: Executor,
  row: Pick<Case, 'id' | 'formId' | 'personId'>,
  kind: 'invite' | 'poorlyCompleted',
  news: ClinicNews,
  at: Date,
): Promise<void> {
  const [form] = await tx
    .select({ number: forms.number, organizationBin: forms.organizationBin })
    .from(forms)
    .where(eq(forms.id, row.formId));
  if (!form) throw new Error('The form of a case is not there');
  const text = (language: Language) =>
    'department' in news
      ? translator(language)('examination:notice.invite', {
          department: news.department.number,
          address: news.department.address[language],
        })
      : translator(language)(`examination:notice.poorlyCompleted.${news.reason}`);
  await sendOutbound(
    deps,
    tx,
    {
      destination: 'health-ministry',
      kind: `form-031.${kind}`,
      payload: {
        form: row.formId,
        number: form.number,
        organizationBin: form.organizationBin,
        kind,
        codes: [news.reason],
        text: { kk: text('kk'), ru: text('ru') },
        ...('department' in news
          ? {
              department: {
                number: news.department.number,
                address: { kk: news.department.address.kk, ru: news.department.address.ru },
              },
            }
          : {}),
      },
      onceKey: `m-05:${kind}:case:${row.id}`,
      personId: row.personId,
    },
    at,
  );
}

/** PX-37: ends cases whose person did not appear or refused, with M-05 `poorlyCompleted` and SMS M-02. Answers how many were ended. */
export async function closeInvitations(
  deps: Deps,
  tx: Executor,
  caseIds: readonly string[],
  event: 'no-show' | 'refused',
  actor: string,
  at: Date,
): Promise<number> {
  const { changed } = await changeCases(deps, tx, { caseIds, event, actor }, at);
  for (const { row } of changed) {
    await tellClinic(deps, tx, row, 'poorlyCompleted', { reason: event }, at);
    await writeSms(deps, tx, row, 'm-02', `m-02:case:${row.id}`, at);
  }
  return changed.length;
}
