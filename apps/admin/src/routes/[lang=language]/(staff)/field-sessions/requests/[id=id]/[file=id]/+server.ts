import { apiFile } from '#lib/server/api-file.ts';
import type { RequestHandler } from './$types';

/** FF-03: a copy of the commission's conclusion. */
export const GET: RequestHandler = (event) =>
  apiFile(event, `/files/place-requests/${event.params.id}/${event.params.file}`);
