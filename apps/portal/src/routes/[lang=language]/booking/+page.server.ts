import { Id } from '@mse/contracts/common';
import { fail, redirect } from '@sveltejs/kit';
import { ask } from '#lib/server/ask.ts';
import type { Actions, PageServerLoad } from './$types';

/** C09: for whom. Skipped when only one person can be booked; consent comes first (EQ-16). */
export const load: PageServerLoad = async (event) => {
  const { language, api } = event.locals;
  const [overview, wards] = await Promise.all([
    ask(event, api.cabinet.overview.query()),
    ask(event, api.cabinet.wards.query()),
  ]);
  const ready = overview.people.filter(
    (person) => person.form && ['book', 'book-again', 'give-consent'].includes(person.nextStep),
  );
  if (!overview.consentGiven && ready.length > 0)
    redirect(303, `/${language}/cabinet/consent?next=/${language}/booking`);
  const invalidWards = wards.wards
    .filter((ward) => !ward.valid)
    .map((ward) => ({ name: ward.name, basis: ward.basis }));
  const [only] = ready;
  if (ready.length === 1 && only?.form && invalidWards.length === 0)
    redirect(303, `/${language}/booking/${only.form.id}`);
  return {
    people: ready.flatMap((person) =>
      person.form
        ? [
            {
              formId: person.form.id,
              name: person.name,
              self: person.self,
              basis: person.basis,
              basisUntil: person.basisUntil,
            },
          ]
        : [],
    ),
    // People who are booked already, so that nobody looks for them here in vain.
    booked: overview.people.flatMap((person) =>
      person.nextStep === 'come' && person.booking
        ? [{ bookingId: person.booking.id, name: person.name, self: person.self }]
        : [],
    ),
    invalidWards,
    registryAnswered: wards.registryAnswered,
  };
};

export const actions: Actions = {
  default: async (event) => {
    const chosen = Id.safeParse((await event.request.formData()).get('form'));
    if (!chosen.success) return fail(400, { errors: { form: 'required' } });
    redirect(303, `/${event.locals.language}/booking/${chosen.data}`);
  },
};
