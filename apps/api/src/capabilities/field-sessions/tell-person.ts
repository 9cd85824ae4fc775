import type { Executor } from '@mse/db';
import { type fieldPlaces, type fieldSessions, forms, messages, placeRequests } from '@mse/db/schema';
import { MESSAGE_LIFE_MINUTES, type MessageTemplate, sendingTime } from '@mse/domain/notifications';
import { addMinutes, type Language, toInstant } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { formatPhone } from '@mse/i18n/format';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { getPerson } from '../identity/people.ts';
import { shortDate } from '../notifications/render-message.ts';

type FieldPlace = typeof fieldPlaces.$inferSelect;
type Session = typeof fieldSessions.$inferSelect;
type FieldTemplate = Extract<MessageTemplate, `field-${string}` | 'place-answered'>;

/** Where a session is for one person: the institution, or the own home as the request names it. */
export function whereOf(
  session: Pick<Session, 'place' | 'institution' | 'address'>,
  request: Pick<typeof placeRequests.$inferSelect, 'institution' | 'address'> | null,
): string {
  const parts =
    session.place === 'home' ? [request?.address || session.address] : [session.institution, session.address];
  return parts.filter((part) => part !== '').join(', ');
}

/** FF-03: tells somebody of the session they were put on, that it moved, or that it falls away; once for each version of the place. */
export async function tellOfSession(
  deps: Deps,
  tx: Executor,
  template: Exclude<FieldTemplate, 'place-answered'>,
  session: Session,
  place: FieldPlace,
  at: Date,
): Promise<void> {
  const [request] = place.requestId
    ? await tx.select().from(placeRequests).where(eq(placeRequests.id, place.requestId))
    : [];
  const starts = toInstant(session.day, session.startsAt);
  await writeMessage(deps, tx, {
    template,
    formId: place.formId,
    personId: place.personId,
    departmentId: place.departmentId,
    onceKey: `${template}:${place.id}:${place.version}`,
    concerns: starts,
    expiresAt: template === 'field-cancelled' ? null : starts,
    params: {
      date: shortDate(session.day),
      time: session.startsAt,
      place: whereOf(session, request ?? null),
      fieldPlace: place.id,
      fieldVersion: String(place.version),
    },
    at,
  });
}

/** FF-03: tells somebody that a request has its answer; what it is stands in the cabinet, not in the SMS. */
export async function tellOfAnswer(
  deps: Deps,
  tx: Executor,
  request: typeof placeRequests.$inferSelect,
  at: Date,
): Promise<void> {
  await writeMessage(deps, tx, {
    template: 'place-answered',
    formId: request.formId,
    personId: request.personId,
    departmentId: request.departmentId,
    onceKey: `place-answered:${request.id}:${at.getTime()}`,
    concerns: null,
    expiresAt: null,
    params: {},
    at,
  });
}

interface FieldMessage {
  template: FieldTemplate;
  formId: string;
  personId: string;
  departmentId: string;
  onceKey: string;
  concerns: Date | null;
  expiresAt: Date | null;
  params: Record<string, string>;
  at: Date;
}

/** To the person's number, else to the representative's; without any the row stays as evidence for the department to act on. */
async function writeMessage(deps: Deps, tx: Executor, message: FieldMessage): Promise<void> {
  const { at, concerns, template } = message;
  const person = await getPerson(tx, message.personId);
  const ownPhone = person.phone ?? person.contactPhone;
  const [form] = await tx
    .select({ representativeId: forms.representativeId })
    .from(forms)
    .where(eq(forms.id, message.formId));
  const representative =
    ownPhone === null && form?.representativeId ? await getPerson(tx, form.representativeId) : null;
  const phone = ownPhone ?? representative?.phone ?? representative?.contactPhone ?? null;
  const department = deps.reference.department(message.departmentId);
  if (!department) throw new Error('The department of a field place is not there');
  const minutes = MESSAGE_LIFE_MINUTES[template];
  const dueAt = sendingTime(template, at, concerns);
  await tx
    .insert(messages)
    .values({
      id: deps.random.id(at),
      personId: person.id,
      template,
      language: (representative ?? person).messageLanguage,
      formId: message.formId,
      phone,
      params: {
        ...message.params,
        department: String(department.number),
        departmentPhone: formatPhone(department.phone),
      },
      onceKey: message.onceKey,
      state: phone === null ? 'dead' : 'queued',
      failure: phone === null ? 'no-number' : null,
      createdAt: at,
      dueAt,
      expiresAt: message.expiresAt ?? (minutes === null ? null : addMinutes(dueAt, minutes)),
      stateAt: at,
    })
    .onConflictDoNothing({ target: messages.onceKey });
}

/** Words of a place in a language, with its institution or address: "at home: …". */
export function placeWords(kind: string, named: string, language: Language): string {
  const name = translator(language)(`field-sessions:place.${kind}`);
  return named === '' ? name : `${name}: ${named}`;
}
