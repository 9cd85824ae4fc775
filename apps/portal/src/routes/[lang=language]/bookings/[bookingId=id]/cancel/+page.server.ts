import { CancelBookingInput } from '@mse/contracts/queue';
import { fail, redirect } from '@sveltejs/kit';
import { NO_FIELD_ERRORS } from '#lib/field-errors.ts';
import { ask } from '#lib/server/ask.ts';
import { readForm } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const Typed = CancelBookingInput.pick({ reason: true });

/** C16. What is cancelled already reads as done. */
export const load: PageServerLoad = async (event) => {
  const { bookingId } = event.params;
  const { booking } = await ask(event, event.locals.api.queue.myBooking.query({ bookingId }));
  if (booking.state === 'cancelled') redirect(303, `/${event.locals.language}/bookings/${bookingId}`);
  return { booking };
};

export const actions: Actions = {
  default: async (event) => {
    const { bookingId } = event.params;
    const read = readForm(Typed, await event.request.formData());
    if (!read.ok) return fail(400, { errors: read.errors, reason: read.typed.reason ?? '', refusal: null });
    const answer = await ask(
      event,
      event.locals.api.queue.cancelBooking.mutate({ bookingId, reason: read.data.reason }),
    );
    if (!answer.ok)
      return fail(409, { errors: NO_FIELD_ERRORS, reason: read.data.reason, refusal: answer.refusal });
    redirect(303, `/${event.locals.language}/bookings/${bookingId}`);
  },
};
