import { departments, fieldSessionMembers, fieldSessions, fieldPlaces, persons } from '@mse/db/schema';
import { fullName, type PlainDate } from '@mse/domain/shared';
import { formatDate, formatPhone } from '@mse/i18n/format';
import { translator } from '@mse/i18n';
import { and, eq, inArray } from 'drizzle-orm';
import type { CallContext } from '../../trpc.ts';
import { renderPdf } from '../documents/render-pdf.ts';
import { peopleOf } from './get-session.ts';
import { TAKING } from './own-session.ts';
import { SESSION_LIST_TEMPLATE } from './session-list-template.ts';
import { placeWords, whereOf } from './tell-person.ts';

/**
 * FF-03: the list of a session for those who go: who, where, by which form, and room for what came of it. No diagnosis, no purpose and no
 * whole number of a person is on it: paper gets lost on the way. Null when the session is not of the caller's department.
 */
export async function sessionListPdf(
  call: CallContext,
  sessionId: string,
): Promise<{ pdf: Buffer; day: PlainDate; people: string[] } | null> {
  const { deps, language } = call;
  const [found] = await deps.db
    .select({ session: fieldSessions, department: departments })
    .from(fieldSessions)
    .innerJoin(departments, eq(departments.id, fieldSessions.departmentId))
    .where(
      and(
        eq(fieldSessions.id, sessionId),
        eq(fieldSessions.departmentId, call.caller?.departmentId ?? sessionId),
      ),
    );
  if (!found) return null;
  const { session, department } = found;
  const [people, members, ids] = [
    (await peopleOf(call, session.id)).filter(({ state }) => TAKING.some((each) => each === state)),
    await deps.db
      .select({ person: persons })
      .from(fieldSessionMembers)
      .innerJoin(persons, eq(persons.id, fieldSessionMembers.personId))
      .where(eq(fieldSessionMembers.sessionId, session.id)),
    await deps.db
      .select({ personId: fieldPlaces.personId })
      .from(fieldPlaces)
      .where(and(eq(fieldPlaces.sessionId, session.id), inArray(fieldPlaces.state, [...TAKING]))),
  ];
  const t = translator(language);
  const pdf = renderPdf(
    SESSION_LIST_TEMPLATE,
    {
      title: t('field-sessions:list.title', { number: department.number, day: formatDate(session.day) }),
      facts: [
        [
          t('field-sessions:field.place'),
          placeWords(
            session.place,
            [session.institution, session.address].filter(Boolean).join(', '),
            language,
          ),
        ],
        [t('field-sessions:field.when'), `${formatDate(session.day)}, ${session.startsAt}`],
        [
          t('field-sessions:field.members'),
          members
            .map(({ person }) => fullName(person))
            .sort()
            .join('; '),
        ],
      ],
      columns: ['no', 'name', 'iin', 'form', 'where', 'phone', 'outcome'].map((name) =>
        t(`field-sessions:list.column.${name}`),
      ),
      rows: people.map((person, index) => [
        String(index + 1),
        person.personName,
        person.iinMasked,
        person.formNumber,
        whereOf(session, person.request),
        person.phone ? formatPhone(person.phone) : '–',
        person.state === 'on' ? '' : t(`field-sessions:outcome.${person.state}`),
      ]),
      none: t('field-sessions:list.none'),
      signature: t('field-sessions:list.signature'),
    },
    language,
    { at: call.at },
  );
  return { pdf, day: session.day, people: ids.map(({ personId }) => personId) };
}
