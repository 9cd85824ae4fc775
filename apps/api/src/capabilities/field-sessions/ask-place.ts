import type {
  AskPlaceInput,
  AskPlaceOutput,
  EnterRequestInput,
  EnterRequestOutput,
  PlaceFormInput,
  PlaceFormOutput,
  RequestInput,
  WithdrawRequestOutput,
} from '@mse/contracts/field-sessions';
import type { Transaction } from '@mse/db';
import {
  bookings,
  fieldPlaces,
  fieldSessions,
  forms,
  persons,
  placeRequestFiles,
  placeRequests,
} from '@mse/db/schema';
import { checkPlace, decideRequest, PLACE_NEEDS, requestTurn } from '@mse/domain/field-sessions';
import { HOLDING_STATES } from '@mse/domain/queue';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { findPersonByIin, getPerson } from '../identity/people.ts';
import { lockForm } from '../queue/end-booking.ts';
import { mayActFor } from '../queue/facts.ts';
import { endFieldPlace, isBeingExamined } from './take-off.ts';
import { tellOfSession, whereOf } from './tell-person.ts';

type Form = typeof forms.$inferSelect;
type Closed = NonNullable<z.input<typeof PlaceFormOutput>['closed']>;

/** A form the caller may act for: their own or a ward's; another one reads as NOT_FOUND. */
async function actedForm(call: CallContext, formId: string): Promise<Form> {
  const { personId } = signedIn(call);
  const [found] = await call.deps.db
    .select({ form: forms })
    .from(forms)
    .innerJoin(persons, eq(persons.id, forms.personId))
    .where(and(eq(forms.id, formId), mayActFor(persons.id, personId, sql`${toBusinessDate(call.at)}::date`)));
  if (!found) throw notFound();
  return found.form;
}

/** Why nothing can be asked for a form; null when it can. */
function closedFor(form: Form, departmentId: string | null, call: CallContext): Closed | null {
  if (form.track !== 'in-person') return 'not-in-person';
  if (form.state === 'served') return 'already-served';
  if (form.validUntil < toBusinessDate(call.at)) return 'form-expired';
  return departmentId === null ? 'no-department' : null;
}

/** FF-03: what the page of a form's place shows: what can be asked, what was asked, and whose move it is. */
export async function getPlaceForm(
  call: CallContext,
  input: z.output<typeof PlaceFormInput>,
): Promise<z.input<typeof PlaceFormOutput>> {
  const { deps, at, language } = call;
  const { personId } = signedIn(call);
  const form = await actedForm(call, input.formId);
  const person = await getPerson(deps.db, form.personId);
  const departmentId =
    person.unitCode === null ? null : deps.reference.departmentOfUnit(person.unitCode, toBusinessDate(at));
  const department = departmentId === null ? undefined : deps.reference.department(departmentId);
  const [[request], [placed], [booked], files] = await Promise.all([
    deps.db
      .select()
      .from(placeRequests)
      .where(eq(placeRequests.formId, form.id))
      .orderBy(desc(placeRequests.askedAt), desc(placeRequests.id))
      .limit(1),
    deps.db
      .select({ place: fieldPlaces, session: fieldSessions })
      .from(fieldPlaces)
      .leftJoin(fieldSessions, eq(fieldSessions.id, fieldPlaces.sessionId))
      .where(and(eq(fieldPlaces.formId, form.id), eq(fieldPlaces.state, 'on'))),
    deps.db
      .select({ id: bookings.id })
      .from(bookings)
      .where(and(eq(bookings.formId, form.id), inArray(bookings.state, [...HOLDING_STATES]))),
    deps.db
      .select({
        id: placeRequestFiles.id,
        name: placeRequestFiles.name,
        requestId: placeRequestFiles.requestId,
      })
      .from(placeRequestFiles)
      .where(and(eq(placeRequestFiles.formId, form.id), isUsable(personId, at)))
      .orderBy(placeRequestFiles.uploadedAt),
  ]);
  call.seen(person.id, `form:${form.id}`);
  const session = placed?.session ?? null;
  // Nobody is told a day that may still change: a session that is only planned is not shown.
  const announced = session && session.state !== 'planned' ? session : null;
  return {
    form: { id: form.id, number: form.number, validUntil: form.validUntil },
    personName: fullName(person),
    self: person.id === personId,
    address: person.address?.[language === 'ru' ? 'ru' : 'kk'] ?? '',
    department: department
      ? {
          number: department.number,
          phone: department.phone,
          address: department.address[language],
        }
      : null,
    closed: closedFor(form, departmentId, call),
    booked: booked !== undefined,
    request: request
      ? {
          ...requestView(
            request,
            files.filter(({ requestId }) => requestId === request.id),
          ),
          turn: requestTurn(request.state, request.place, announced !== null),
        }
      : null,
    appointed:
      placed && announced
        ? {
            place: placed.place.place,
            day: announced.day,
            startsAt: announced.startsAt,
            where: whereOf(announced, request?.id === placed.place.requestId ? request : null),
          }
        : null,
    files: files.filter(({ requestId }) => requestId === null).map(({ id, name }) => ({ id, name })),
  };
}

/** A copy that belongs to a request, or was uploaded by the caller within the last day and waits for one. */
function isUsable(personId: string, at: Date) {
  return sql`(${placeRequestFiles.requestId} is not null or (${placeRequestFiles.uploadedBy} = ${personId} and ${gte(placeRequestFiles.uploadedAt, new Date(at.getTime() - 86_400_000))}))`;
}

/** A request as pages show it. */
export function requestView(
  request: typeof placeRequests.$inferSelect,
  files: readonly { id: string; name: string }[],
) {
  return {
    requestId: request.id,
    place: request.place,
    ground: request.ground,
    conclusionNumber: request.conclusionNumber,
    conclusionDay: request.conclusionDay,
    institution: request.institution,
    address: request.address,
    channel: request.channel,
    askedAt: request.askedAt.toISOString(),
    state: request.state,
    reasons: request.reasons,
    note: request.note,
    answeredAt: request.answeredAt?.toISOString() ?? null,
    files: files.map(({ id, name }) => ({ id, name })),
  };
}

/** FF-03, FF-11 row 12: the person, or who acts for a ward, asks to be examined at home, in hospital or in absentia. */
export async function askPlace(
  call: CallContext,
  input: z.output<typeof AskPlaceInput>,
): Promise<z.input<typeof AskPlaceOutput>> {
  const { personId } = signedIn(call);
  const form = await actedForm(call, input.formId);
  return call.deps.db.transaction((tx) =>
    storeRequest(call, tx, form, { ...input, askedBy: personId, channel: 'portal', departmentId: null }),
  );
}

/** FF-03: staff enter a paper request of a person or an institution; the person is found by number. */
export async function enterRequest(
  call: CallContext,
  input: z.output<typeof EnterRequestInput>,
): Promise<z.input<typeof EnterRequestOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  const person = await findPersonByIin(deps.db, input.iin);
  const [form] = person
    ? await deps.db
        .select()
        .from(forms)
        .where(
          and(
            eq(forms.personId, person.id),
            eq(forms.track, 'in-person'),
            eq(forms.state, 'accepted'),
            gte(forms.validUntil, toBusinessDate(at)),
          ),
        )
        .orderBy(desc(forms.acceptedAt))
        .limit(1)
    : [];
  if (!form) return { ok: false, refusal: 'nobody-found' };
  return deps.db.transaction((tx) =>
    storeRequest(call, tx, form, {
      ...input,
      fileIds: [],
      askedBy: caller.personId,
      channel: 'desk',
      departmentId: department.id,
    }),
  );
}

async function storeRequest(
  call: CallContext,
  tx: Transaction,
  form: Form,
  wish: Omit<z.output<typeof AskPlaceInput>, 'formId'> & {
    askedBy: string;
    channel: 'portal' | 'desk';
    departmentId: string | null;
  },
): Promise<z.input<typeof AskPlaceOutput>> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  await lockForm(tx, form.id);
  const person = await getPerson(tx, form.personId);
  const departmentId =
    wish.departmentId ??
    (person.unitCode === null ? null : deps.reference.departmentOfUnit(person.unitCode, today));
  const closed = closedFor(form, departmentId, call);
  if (closed !== null || departmentId === null)
    return { ok: false, refusal: closed ?? ('no-department' as const) };
  const fileIds = [...new Set(wish.fileIds)];
  const usable =
    fileIds.length === 0
      ? 0
      : await tx.$count(
          placeRequestFiles,
          and(
            inArray(placeRequestFiles.id, fileIds),
            eq(placeRequestFiles.formId, form.id),
            eq(placeRequestFiles.uploadedBy, wish.askedBy),
            isNull(placeRequestFiles.requestId),
          ),
        );
  if (usable !== fileIds.length) return { ok: false, refusal: 'unknown-file' };
  const needs = PLACE_NEEDS[wish.place];
  const [lack] = checkPlace(
    {
      place: wish.place,
      conclusion: { number: wish.conclusionNumber, day: wish.conclusionDay, copy: fileIds.length > 0 },
      consented: wish.consented,
      institution: wish.institution,
      address: wish.address,
      ground: needs.ground ? wish.ground : null,
    },
    today,
  );
  if (lack) return { ok: false, refusal: lack };
  const live = await tx.$count(
    placeRequests,
    and(eq(placeRequests.formId, form.id), inArray(placeRequests.state, ['asked', 'granted'])),
  );
  if (live > 0) return { ok: false, refusal: 'already-asked' };
  const requestId = deps.random.id(at);
  await tx.insert(placeRequests).values({
    id: requestId,
    formId: form.id,
    personId: form.personId,
    departmentId,
    place: wish.place,
    ground: needs.ground ? wish.ground : null,
    conclusionNumber: wish.conclusionNumber,
    conclusionDay: wish.conclusionDay,
    institution: wish.institution,
    address: wish.address,
    consented: wish.consented,
    askedBy: wish.askedBy,
    channel: wish.channel,
    askedAt: at,
    state: 'asked',
    stateAt: at,
  });
  if (fileIds.length > 0)
    await tx.update(placeRequestFiles).set({ requestId }).where(inArray(placeRequestFiles.id, fileIds));
  const action = wish.channel === 'portal' ? 'placeRequests.ask' : 'fieldSessions.enterRequest';
  await recordAudit(tx, {
    at,
    actor: wish.askedBy,
    actorRole: actingRole(action, signedIn(call)),
    action,
    outcome: 'done',
    personId: form.personId,
    subject: `place-request:${requestId}`,
    requestId: call.requestId,
    detail: { form: form.id, place: wish.place },
  });
  return { ok: true, requestId };
}

/** FF-03: the person takes a request back; a place on a session that was made for it is free again. */
export async function withdrawRequest(
  call: CallContext,
  input: z.output<typeof RequestInput>,
): Promise<z.input<typeof WithdrawRequestOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const [seen] = await deps.db.select().from(placeRequests).where(eq(placeRequests.id, input.requestId));
  if (!seen) throw notFound();
  await actedForm(call, seen.formId);
  return deps.db.transaction(async (tx) => {
    await lockForm(tx, seen.formId);
    const [request] = await tx
      .select()
      .from(placeRequests)
      .where(eq(placeRequests.id, input.requestId))
      .for('update');
    if (!request) throw notFound();
    const decision = decideRequest(request.state, 'withdraw');
    if (!decision.ok) return decision;
    const [place] = await tx
      .select()
      .from(fieldPlaces)
      .where(and(eq(fieldPlaces.requestId, request.id), eq(fieldPlaces.state, 'on')))
      .for('update');
    if (place && (await isBeingExamined(tx, place.id)))
      return { ok: false as const, refusal: 'application-open' as const };
    if (place) await endFieldPlace(tx, place, 'taken-off', at);
    await tx
      .update(placeRequests)
      .set({ state: decision.value, stateAt: at })
      .where(eq(placeRequests.id, request.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('placeRequests.withdraw', caller),
      action: 'placeRequests.withdraw',
      outcome: 'done',
      personId: request.personId,
      subject: `place-request:${request.id}`,
      requestId: call.requestId,
    });
    return { ok: true as const };
  });
}

/** Ends the place of a granted request whose grant is taken back, and tells the person if the session was announced. */
export async function freePlaceOf(
  call: CallContext,
  tx: Transaction,
  requestId: string,
): Promise<'free' | 'application-open'> {
  const [found] = await tx
    .select({ place: fieldPlaces, session: fieldSessions })
    .from(fieldPlaces)
    .leftJoin(fieldSessions, eq(fieldSessions.id, fieldPlaces.sessionId))
    .where(and(eq(fieldPlaces.requestId, requestId), eq(fieldPlaces.state, 'on')));
  if (!found) return 'free';
  if (await isBeingExamined(tx, found.place.id)) return 'application-open';
  const ended = await endFieldPlace(tx, found.place, 'taken-off', call.at);
  if (found.session?.state === 'announced')
    await tellOfSession(call.deps, tx, 'field-cancelled', found.session, ended, call.at);
  return 'free';
}
