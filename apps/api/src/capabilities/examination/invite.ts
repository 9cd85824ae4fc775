import { type Executor, insertMany } from '@mse/db';
import { forms, messages } from '@mse/db/schema';
import { invitationTimes } from '@mse/domain/deadlines';
import type { CaseEvent } from '@mse/domain/examination';
import { MESSAGE_LIFE_MINUTES, sendingTime } from '@mse/domain/notifications';
import { addMinutes, type Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { inArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { getPersons } from '../identity/people.ts';
import type { Department } from '../reference/reference-data.ts';
import { sendOutbound } from '../outbound/index.ts';
import { type Case, changeCases } from './change-case.ts';

/** The department to which a person is invited: that of the permanent registration, else the first of the region; undefined when the region has none. */
export function departmentOfCase(
  deps: Deps,
  row: Pick<Case, 'departmentId' | 'regionCode'>,
): Department | undefined {
  const own = row.departmentId === null ? undefined : deps.reference.department(row.departmentId);
  return own ?? deps.reference.departments().find(({ regionCode }) => regionCode === row.regionCode);
}

/**
 * PX-34: when decisions do not match, or say nonconformity: the cases go to the departments of the permanent registration, the medical
 * systems are told that the persons must come there, and the persons, or the representatives, are called by SMS. The times of PX-36 and
 * PX-37 run from the moment that SMS is to go out. Where no department is known no term runs and nobody is called: the Committee sees the
 * case.
 */
export async function inviteToDepartment(
  deps: Deps,
  tx: Executor,
  invited: readonly { row: Case; detail: Record<string, unknown> }[],
  event: Extract<CaseEvent, 'mismatched' | 'nonconforming'>,
  at: Date,
): Promise<void> {
  if (invited.length === 0) return;
  const smsAt = sendingTime('m-01', at);
  const times = invitationTimes(deps.reference.policies(), deps.reference.calendar(), smsAt);
  const details = new Map(invited.map(({ row, detail }) => [row.id, detail]));
  const step = await changeCases(
    deps,
    tx,
    {
      caseIds: invited.map(({ row }) => row.id),
      event,
      actor: 'system:comparison',
      detail: ({ id }) => details.get(id) ?? {},
      set: (row) => {
        const department = departmentOfCase(deps, row);
        return department ? { departmentId: department.id, ...times } : {};
      },
    },
    at,
  );
  if (step.changed.length < invited.length)
    throw new Error(`A case whose panel is complete cannot be ${event}`);
  const called = invited.flatMap(({ row }) => {
    const department = departmentOfCase(deps, row);
    if (department) return [{ row, department, closeAt: times.closeAt }];
    deps.log.error({ caseId: row.id }, 'no department is known to which the person could be invited');
    return [];
  });
  await callPersons(deps, tx, called, 'first', at);
  await tellClinic(
    deps,
    tx,
    called.map(({ row, department }) => ({ row, news: { reason: event, department } })),
    'invite',
    at,
  );
}

/** PX-34, PX-36: SMS M-01 to the persons or their representatives. */
export async function callPersons(
  deps: Deps,
  tx: Executor,
  called: readonly {
    row: Receiver & Pick<Case, 'id'>;
    department: Department;
    closeAt: Date | null;
  }[],
  which: 'first' | 'again',
  at: Date,
): Promise<void> {
  await writeSms(
    deps,
    tx,
    'm-01',
    called.map(({ row, department, closeAt }) => ({
      row,
      onceKey: `m-01:case:${row.id}:${which}`,
      expiresAt: closeAt,
      params: (language) => ({
        department: String(department.number),
        address: department.address[language],
      }),
    })),
    at,
  );
}

/** Whose message it is: the person's, or that of the representative who acts for them. */
type Receiver = Pick<Case, 'formId' | 'personId' | 'representativeId'>;

/** A message to be written. */
export interface SmsDraft {
  row: Receiver;
  onceKey: string;
  expiresAt?: Date | null;
  params?: (language: Language) => Record<string, string>;
}

/** Messages of cases to the persons, or to the representatives who act for them. Without a number the row stays as evidence for a person to act on. */
export async function writeSms(
  deps: Deps,
  tx: Executor,
  template: 'm-01' | 'm-02' | 'm-04',
  drafts: readonly SmsDraft[],
  at: Date,
): Promise<void> {
  if (drafts.length === 0) return;
  const receiverOf = await getPersons(
    tx,
    drafts.map(({ row }) => row.representativeId ?? row.personId),
  );
  const minutes = MESSAGE_LIFE_MINUTES[template];
  const dueAt = sendingTime(template, at);
  await insertMany(
    tx,
    messages,
    drafts.map(({ row, onceKey, expiresAt, params }) => {
      const receiver = receiverOf(row.representativeId ?? row.personId);
      return {
        id: deps.random.id(at),
        personId: receiver.id,
        template,
        language: receiver.messageLanguage,
        formId: row.formId,
        phone: receiver.phone,
        params: params?.(receiver.messageLanguage) ?? {},
        onceKey,
        state: receiver.phone === null ? ('dead' as const) : ('queued' as const),
        failure: receiver.phone === null ? 'no-number' : null,
        createdAt: at,
        dueAt,
        expiresAt: expiresAt ?? (minutes === null ? null : addMinutes(at, minutes)),
        stateAt: at,
      };
    }),
    { unless: messages.onceKey },
  );
}

/** What M-05 says besides its kind. */
type ClinicNews =
  { reason: 'mismatched' | 'nonconforming'; department: Department } | { reason: 'no-show' | 'refused' };

/** PX-34, PX-37, M-05: tells the system of the Ministry of Health, in Kazakh and Russian, which persons must come or have not come. */
async function tellClinic(
  deps: Deps,
  tx: Executor,
  told: readonly { row: Pick<Case, 'id' | 'formId' | 'personId'>; news: ClinicNews }[],
  kind: 'invite' | 'poorlyCompleted',
  at: Date,
): Promise<void> {
  if (told.length === 0) return;
  const rows = await tx
    .select({ id: forms.id, number: forms.number, organizationBin: forms.organizationBin })
    .from(forms)
    .where(
      inArray(
        forms.id,
        told.map(({ row }) => row.formId),
      ),
    );
  const formOf = new Map(rows.map((row) => [row.id, row]));
  const textOf = (news: ClinicNews, language: Language) =>
    'department' in news
      ? translator(language)('examination:notice.invite', {
          department: news.department.number,
          address: news.department.address[language],
        })
      : translator(language)(`examination:notice.poorlyCompleted.${news.reason}`);
  await sendOutbound(
    deps,
    tx,
    told.map(({ row, news }) => {
      const form = formOf.get(row.formId);
      if (!form) throw new Error('The form of a case is not there');
      return {
        destination: 'health-ministry',
        kind: `form-031.${kind}`,
        payload: {
          form: row.formId,
          number: form.number,
          organizationBin: form.organizationBin,
          kind,
          codes: [news.reason],
          text: { kk: textOf(news, 'kk'), ru: textOf(news, 'ru') },
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
      };
    }),
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
  await tellClinic(
    deps,
    tx,
    changed.map(({ row }) => ({ row, news: { reason: event } })),
    'poorlyCompleted',
    at,
  );
  await writeSms(
    deps,
    tx,
    'm-02',
    changed.map(({ row }) => ({ row, onceKey: `m-02:case:${row.id}` })),
    at,
  );
  return changed.length;
}
