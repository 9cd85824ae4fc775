import type { Executor } from '@mse/db';
import { bookings, fieldPlaces, forms, placeRequestFiles, placeRequests, visits } from '@mse/db/schema';
import {
  type CommissionConclusion,
  checkPlace,
  type FieldPlaceKind,
  type PlaceFacts,
  type PutFacts,
} from '@mse/domain/field-sessions';
import { HOLDING_STATES } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { getPerson, type Person } from '../identity/people.ts';

type PlaceRequest = typeof placeRequests.$inferSelect;
type Form = typeof forms.$inferSelect;

/** Hours after which "no registration here" of the registry of persons is no longer held against somebody. */
const FRESH_HOURS = 24;

/** The commission's conclusion of a request as the domain judges it. */
export async function conclusionOf(
  executor: Executor,
  request: PlaceRequest,
): Promise<CommissionConclusion & { copies: number }> {
  const copies = await executor.$count(placeRequestFiles, eq(placeRequestFiles.requestId, request.id));
  return {
    number: request.conclusionNumber,
    day: request.conclusionDay,
    copy: copies > 0,
    copies,
  };
}

/** What is known of a place, from the request behind it and the session that is made for it. */
export async function placeFacts(
  executor: Executor,
  place: FieldPlaceKind,
  request: PlaceRequest | null,
  session: { institution: string } | null,
): Promise<PlaceFacts> {
  return {
    place,
    conclusion: request && (await conclusionOf(executor, request)),
    consented: request?.consented ?? false,
    institution: session?.institution ?? request?.institution ?? '',
    address: request?.address ?? '',
    ground: request?.ground ?? null,
  };
}

/** FF-03, EQ-13: everything that decides whether a form gets a place outside the queue. The caller holds the form's lock. */
export async function putFacts(
  deps: Deps,
  tx: Executor,
  wanted: {
    form: Form;
    place: FieldPlaceKind;
    departmentId: string;
    request: PlaceRequest | null;
    session: { institution: string } | null;
  },
  at: Date,
): Promise<{ facts: PutFacts; person: Person }> {
  const { form, place, request, session } = wanted;
  const person = await getPerson(tx, form.personId);
  const today = toBusinessDate(at);
  const [holding] = await tx
    .select({ state: bookings.state })
    .from(bookings)
    .where(and(eq(bookings.formId, form.id), inArray(bookings.state, [...HOLDING_STATES])));
  const waits = await tx.$count(
    visits,
    and(eq(visits.formId, form.id), inArray(visits.state, ['waiting', 'called', 'in-service'])),
  );
  const elsewhere = await tx.$count(
    fieldPlaces,
    and(eq(fieldPlaces.formId, form.id), eq(fieldPlaces.state, 'on')),
  );
  const here =
    person.unitCode !== null &&
    deps.reference.departmentOfUnit(person.unitCode, today) === wanted.departmentId;
  const known = at.getTime() - person.personsAsOf.getTime() < FRESH_HOURS * 3_600_000;
  return {
    person,
    facts: {
      place,
      formAccepted: form.track === 'in-person',
      formServed: form.state === 'served',
      formValidUntil: form.validUntil,
      holdingBooking: holding?.state ?? null,
      waits: waits > 0,
      elsewhere: elsewhere > 0,
      registeredHere: here ? true : known || person.unitCode !== null ? false : null,
      granted: request?.state === 'granted',
      lacks: checkPlace(await placeFacts(tx, place, request, session), today),
    },
  };
}
