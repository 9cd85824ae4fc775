import { AccessNeed, FreeTimesInput } from '@mse/contracts/queue';
import { error, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { ask } from './ask.ts';

/** Days with free times on one page of C11. */
const DAYS_SHOWN = 10;
/** Calendar days asked for at once: a form's whole month and a little more. */
const DAYS_ASKED = 40;

/** C11: the free times of a form from the wanted day on, ten days to a page. */
export async function loadTimes(event: RequestEvent, formId: string) {
  const from = event.url.searchParams.get('from');
  const input = FreeTimesInput.safeParse({ formId, days: DAYS_ASKED, ...(from ? { from } : {}) });
  if (!input.success) error(404, 'not-found');
  const times = await ask(event, event.locals.api.queue.freeTimes.query(input.data));
  const days = times.days.filter((day) => day.times.length > 0);
  return {
    department: times.department,
    formValidUntil: times.formValidUntil,
    nearest: times.nearest,
    days: days.slice(0, DAYS_SHOWN),
    laterFrom: days[DAYS_SHOWN]?.day ?? null,
    paged: from !== null,
  };
}

const Needs = z.array(AccessNeed).catch([]);

/** The needs ticked in a form; what is not a need of ours is left out. */
export function readNeeds(form: FormData): z.output<typeof AccessNeed>[] {
  return [
    ...new Set(Needs.parse(form.getAll('accessNeeds').filter((each) => AccessNeed.safeParse(each).success))),
  ];
}
