import type { CabinetOverviewOutput } from '@mse/contracts/queue';
import type { Executor } from '@mse/db';
import { bookings, cases, fieldPlaces, forms } from '@mse/db/schema';
import { nextStep } from '@mse/domain/cabinet';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { type CallContext, signedIn } from '../../trpc.ts';
import { hasConsent } from '../consent/has-consent.ts';
import { afterAnswer } from '../identity/after-answer.ts';
import {
  getPerson,
  type Person,
  refreshPerson,
  refreshWards,
  type Ward,
  wardsOf,
} from '../identity/people.ts';
import { bookingView, findBookings } from '../queue/booking-view.ts';
import { formView } from '../queue/form-view.ts';

/** EQ-07, C08: the caller and the wards they may act for, each with form, booking and the one next step. */
export async function cabinetOverview(call: CallContext): Promise<z.input<typeof CabinetOverviewOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const caller = await getPerson(deps.db, personId);
  await askRegistries(deps, caller);
  const [wards, consentGiven] = await Promise.all([
    wardsOf(deps.db, personId, toBusinessDate(at)),
    hasConsent(deps.db, personId),
  ]);
  const shown: (Pick<Ward, 'person'> & Partial<Ward>)[] = [
    { person: caller },
    ...wards.filter((ward) => ward.valid),
  ];
  const newestForms = await newestFormOf(
    deps.db,
    shown.map(({ person }) => person.id),
  );
  const found = await findBookings(
    deps,
    personId,
    inArray(
      bookings.formId,
      [...newestForms.values()].map((form) => form.id),
    ),
    at,
  );

  const invited = await invitedForms(
    deps.db,
    [...newestForms.values()].map((form) => form.id),
  );

  const outside = await formsOutside(
    deps.db,
    [...newestForms.values()].map((form) => form.id),
  );

  const people = shown.map(({ person, basis, validUntil }) => {
    call.seen(person.id);
    const form = newestForms.get(person.id) ?? null;
    // Newest first, so the first of a form is its newest.
    const booking = found.find((each) => each.booking.formId === form?.id) ?? null;
    return {
      personId: person.id,
      name: fullName(person),
      self: person.id === personId,
      basis: basis ?? null,
      basisUntil: validUntil ?? null,
      form: form && formView(form, at),
      booking: booking && bookingView(deps, booking, personId, at),
      nextStep: nextStep(
        {
          form,
          booking: booking?.booking.state ?? null,
          consentGiven,
          invited: invited.has(form?.id ?? ''),
          fieldPlace: outside.has(form?.id ?? ''),
        },
        at,
      ),
    };
  });
  const wardsKnown = (await getPerson(deps.db, personId)).wardsAsOf !== null;
  return { people, wardsKnown, consentGiven };
}

/**
 * Brings the caller and their wards up to date. Only the first question about wards is waited for; after that a slow
 * registry must not slow the cabinet, so the answer shows what is known and the next one what is new.
 */
async function askRegistries(deps: Deps, caller: Person): Promise<void> {
  if (caller.wardsAsOf === null) await refreshWards(deps, caller.id);
  afterAnswer(deps, 'cabinet.overview', async () => {
    await refreshPerson(deps, caller);
    await refreshWards(deps, caller.id);
  });
}

/** PX-34: the forms whose remote case asks the person to come. */
async function invitedForms(executor: Executor, formIds: readonly string[]): Promise<Set<string>> {
  if (formIds.length === 0) return new Set();
  const rows = await executor
    .select({ formId: cases.formId })
    .from(cases)
    .where(and(inArray(cases.formId, [...formIds]), inArray(cases.state, ['invited', 'invited-again'])));
  return new Set(rows.map((row) => row.formId));
}

/** FF-03: the forms that are on a field session, or examined in absentia. */
async function formsOutside(executor: Executor, formIds: readonly string[]): Promise<Set<string>> {
  if (formIds.length === 0) return new Set();
  const rows = await executor
    .select({ formId: fieldPlaces.formId })
    .from(fieldPlaces)
    .where(and(inArray(fieldPlaces.formId, [...formIds]), eq(fieldPlaces.state, 'on')));
  return new Set(rows.map((row) => row.formId));
}

type Form = typeof forms.$inferSelect;

/** The newest form of each person. */
async function newestFormOf(executor: Executor, personIds: readonly string[]): Promise<Map<string, Form>> {
  const rows = await executor
    .selectDistinctOn([forms.personId])
    .from(forms)
    .where(inArray(forms.personId, [...personIds]))
    .orderBy(forms.personId, desc(forms.acceptedAt), desc(forms.id));
  return new Map(rows.map((form) => [form.personId, form]));
}
