import { apiFailure } from '@mse/api-client';
import { DeskDayInput } from '@mse/contracts/desk';
import { formatDateLong } from '@mse/i18n/format';
import { json } from '@sveltejs/kit';
import type { DeskDay } from '#lib/desk/types.ts';
import type { RequestHandler } from './$types';

/** The day's rows, for the page's first showing and for every reload of a living page. */
export const GET: RequestHandler = async ({ url, locals }) => {
  const input = DeskDayInput.safeParse({ day: url.searchParams.get('day') ?? undefined });
  if (!input.success) return new Response(null, { status: 400 });
  try {
    const day = await locals.api.desk.day.query(input.data);
    return json({ ...day, dayText: formatDateLong(day.day, locals.language) } satisfies DeskDay);
  } catch (thrown) {
    const failure = apiFailure(thrown);
    switch (failure.kind) {
      case 'sign-in':
        return new Response(null, { status: 401 });
      case 'step-up':
      case 'not-found':
        return new Response(null, { status: 404 });
      case 'invalid':
        return new Response(null, { status: 400 });
      case 'too-many':
        return new Response(null, { status: 429 });
      case 'broken':
        return new Response(null, { status: failure.requestId === null ? 503 : 500 });
    }
  }
};
