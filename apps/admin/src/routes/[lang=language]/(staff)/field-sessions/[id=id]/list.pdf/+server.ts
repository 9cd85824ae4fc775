import { apiFile } from '#lib/server/api-file.ts';
import type { RequestHandler } from './$types';

/** FF-03: the list of a session for printing, in the language of the page. */
export const GET: RequestHandler = (event) =>
  apiFile(event, `/files/field-sessions/${event.params.id}.pdf?lang=${event.locals.language}`);
