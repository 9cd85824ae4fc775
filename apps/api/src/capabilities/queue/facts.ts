import { type Database, gathered } from '@mse/db';
import { bookings, consentEvents, fieldPlaces, forms, guardianships, persons } from '@mse/db/schema';
import {
  type BookingFacts,
  type BookingRefusal,
  decideBooking,
  HOLDING_STATES,
  type WantedPlace,
} from '@mse/domain/queue';
import {
  type Language,
  ok,
  type PersonName,
  type PlainDate,
  refuse,
  type Result,
  toBusinessDate,
} from '@mse/domain/shared';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Deps } from '../../deps.ts';
import { preparedOnce } from '../../platform/prepared.ts';
import { notFound } from '../../trpc.ts';
import { getPerson, refreshPerson } from '../identity/people.ts';

/** What is known of a form, its person and the caller's right to act for that person. */
export interface FormFacts extends BookingFacts {
  form: Pick<
    typeof forms.$inferSelect,
    'id' | 'number' | 'state' | 'signedAt' | 'validUntil' | 'organizationName'
  >;
  person: PersonName & { id: string };
  /** The caller is the person examined. */
  self: boolean;
  /**
   * Where messages about a booking go: the person's number in the base of mobile citizens, else the one confirmed in the cabinet,
   * else the representative's.
   */
  phone: string | null;
  messageLanguage: Language;
  holdingBookingId: string | null;
  /** False while "no registration" is only what the registry of persons said long ago and it is silent now. */
  registrationKnown: boolean;
}

/** How long "no permanent registration" from the registry of persons is believed; later its silence is not a "no". */
const NO_REGISTRATION_HOLDS_MS = 24 * 3_600_000;

const caller = alias(persons, 'caller');

const query = preparedOnce((db: Database) => {
  const asked = sql`unnest(${sql.placeholder('forms')}::uuid[], ${sql.placeholder('callers')}::uuid[], ${sql.placeholder('days')}::date[])
    with ordinality as asked (form_id, caller_id, today, turn)`;
  return db
    .select({
      turn: sql<number>`asked.turn::int`,
      form: {
        id: forms.id,
        number: forms.number,
        state: forms.state,
        signedAt: forms.signedAt,
        validUntil: forms.validUntil,
        organizationName: forms.organizationName,
      },
      track: forms.track,
      person: {
        id: persons.id,
        surname: persons.surname,
        name: persons.name,
        patronymic: persons.patronymic,
      },
      unitCode: persons.unitCode,
      personsAsOf: persons.personsAsOf,
      // Without a number in the base of mobile citizens the one confirmed in the cabinet serves.
      phone: sql<string | null>`coalesce(${persons.phone}, ${persons.contactPhone})`,
      messageLanguage: persons.messageLanguage,
      callerPhone: sql<string | null>`coalesce(${caller.phone}, ${caller.contactPhone})`,
      callerLanguage: caller.messageLanguage,
      holdingBookingId: bookings.id,
      holdingBooking: bookings.state,
      fieldPlace: sql<boolean>`exists (select from ${fieldPlaces} where ${fieldPlaces.formId} = ${forms.id} and ${fieldPlaces.state} = 'on')`,
      // EQ-16: the newest word of whoever books counts, for themselves and for a ward.
      consent: sql<
        'given' | 'withdrawn' | null
      >`(select ${consentEvents.kind} from ${consentEvents} where ${consentEvents.personId} = ${caller.id} order by ${consentEvents.id} desc limit 1)`,
    })
    .from(asked)
    .innerJoin(forms, sql`${forms.id} = asked.form_id`)
    .innerJoin(persons, eq(persons.id, forms.personId))
    .innerJoin(caller, sql`${caller.id} = asked.caller_id`)
    .leftJoin(bookings, and(eq(bookings.formId, forms.id), inArray(bookings.state, [...HOLDING_STATES])))
    .where(mayActFor(persons.id, sql`asked.caller_id`, sql`asked.today`))
    .prepare('form_facts');
});

/** Callers of the same moment share one query. */
const facts = preparedOnce((db: Database) =>
  gathered(async (asked: readonly { formId: string; callerId: string; today: PlainDate }[]) => {
    const list = (values: readonly string[]) => `{${values.join(',')}}`;
    const rows = await query(db).execute({
      forms: list(asked.map(({ formId }) => formId)),
      callers: list(asked.map(({ callerId }) => callerId)),
      days: list(asked.map(({ today }) => today)),
    });
    const byTurn = new Map(rows.map((row) => [row.turn, row]));
    return asked.map((_, index) => byTurn.get(index + 1));
  }),
);

/** EQ-07: the caller is the person, or a guardian whose guardianship holds today. */
export function mayActFor(personId: Parameters<typeof eq>[0], callerId: unknown, today: unknown) {
  return sql`(${personId} = ${callerId} or exists (
    select from ${guardianships} where ${guardianships.guardianId} = ${callerId} and ${guardianships.wardId} = ${personId}
      and ${guardianships.validFrom} <= ${today} and (${guardianships.validUntil} is null or ${guardianships.validUntil} >= ${today})))`;
}

/**
 * Everything a booking of this form depends on, as the caller may see it, in one query, which callers of one moment share.
 * A form of somebody else reads as NOT_FOUND, like one that does not exist.
 */
export async function loadFormFacts(
  deps: Deps,
  callerId: string,
  formId: string,
  at: Date,
): Promise<FormFacts> {
  const today = toBusinessDate(at);
  const read = async () => facts(deps.db)({ formId, callerId, today });
  let row = await read();
  if (row && row.unitCode === null) {
    // Before a person hears "no registration", the registry is asked anew if its word is old.
    await refreshPerson(deps, await getPerson(deps.db, row.person.id));
    row = await read();
  }
  if (!row) throw notFound();
  const served = row.form.state === 'served';
  return {
    form: row.form,
    person: row.person,
    self: row.person.id === callerId,
    phone: row.phone ?? row.callerPhone,
    messageLanguage: row.phone ? row.messageLanguage : row.callerLanguage,
    // PX-37: on a form whose case was closed nothing can be booked.
    formAccepted: row.track === 'in-person' && row.form.state !== 'poorly-completed',
    formValidUntil: row.form.validUntil,
    registeredDepartmentId:
      row.unitCode === null ? null : deps.reference.departmentOfUnit(row.unitCode, today),
    regionCode: row.unitCode === null ? null : deps.reference.regionOfUnit(row.unitCode),
    registrationKnown:
      row.unitCode !== null || at.getTime() - row.personsAsOf.getTime() < NO_REGISTRATION_HOLDS_MS,
    // A visit in the live queue serves a form without a booking.
    holdingBooking: served ? 'served' : row.holdingBooking,
    holdingBookingId: row.holdingBookingId,
    consentGiven: row.consent === 'given',
    fieldPlace: row.fieldPlace,
  };
}

/** The pure rule over loaded facts; silence of the registry of persons is told apart from "no registration". */
export function judgeBooking(
  wanted: WantedPlace,
  facts: FormFacts,
  deps: Deps,
  at: Date,
): Result<{ departmentId: string }, BookingRefusal> {
  const decision = decideBooking(wanted, facts, deps.reference.pilots(), at);
  if (decision.ok) return ok(decision.value);
  return refuse(
    decision.refusal === 'no-permanent-registration' && !facts.registrationKnown
      ? 'registry-silent'
      : decision.refusal,
  );
}
