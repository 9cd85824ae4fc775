import { ask } from '#lib/server/ask.ts';
import { freshId } from '#lib/server/chance.ts';
import type { PageServerLoad } from './$types';

/** C08. */
export const load: PageServerLoad = async (event) => {
  const [me, overview, { waits }, { cases }, documents] = await Promise.all([
    event.locals.me(),
    ask(event, event.locals.api.cabinet.overview.query()),
    ask(event, event.locals.api.waitList.mine.query()),
    ask(event, event.locals.api.results.cases.query()),
    ask(event, event.locals.api.results.documentsOverview.query()),
  ]);
  return { name: me?.name ?? null, overview, waits, cases, documents, requestKey: freshId() };
};
