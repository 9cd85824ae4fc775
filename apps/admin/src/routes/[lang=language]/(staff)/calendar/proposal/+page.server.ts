import { CalendarProposalInput } from '@mse/contracts/calendar';
import { translator } from '@mse/i18n';
import { formatDate } from '@mse/i18n/format';
import { fail, redirect } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

const yearOf = (url: URL) => {
  const asked = CalendarProposalInput.safeParse({ year: url.searchParams.get('year') ?? undefined });
  return asked.success ? asked.data : {};
};

/** P08: what the law wants in the calendar of a year; nothing is entered until somebody confirms it. */
export const load: PageServerLoad = async (event) => ({
  proposal: await callApi(event, (api) => api.calendar.proposal.query(yearOf(event.url))),
});

export const actions: Actions = {
  /** Enters the ticked days one after the other, each as the law says now. What is refused is named; the rest stands. */
  enter: async (event) => {
    const t = translator(event.locals.language);
    const wanted = (await event.request.formData()).getAll('date').map(String);
    const { year, days } = await callApi(event, (api) => api.calendar.proposal.query(yearOf(event.url)));
    const open = days.filter(({ state }) => state === 'new' || state === 'differs');
    const chosen = open.filter(({ date }) => date !== null && wanted.includes(date));
    if (chosen.length === 0) return fail(400, { problem: t('calendar:proposal.nothing'), refused: [] });

    const refused: { date: string; text: string }[] = [];
    for (const { date, kind, name, basis } of chosen) {
      const { kk, ru, en } = name;
      const answer = await callApi(event, (api) =>
        api.calendar.setDay.mutate({ date: date ?? '', kind, name: { kk, ru, en }, basis }),
      );
      if (!answer.ok) refused.push({ date: date ?? '', text: t(`calendar:refusal.${answer.refusal}`) });
    }
    const entered = chosen.length - refused.length;
    if (refused.length > 0)
      return fail(409, {
        problem: t('calendar:proposal.partly', { entered, refused: refused.length }),
        refused: refused.map(({ date, text }) => ({ date, text: `${formatDate(date)}: ${text}` })),
      });
    say(event.cookies, { tone: 'done', key: 'calendar:proposal.done', params: { entered, year } });
    return redirect(303, `/${event.locals.language}/calendar?year=${year}`);
  },
};
