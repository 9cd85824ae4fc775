import { apiFile } from '#lib/server/api-file.ts';
import type { RequestHandler } from './$types';

/** PX-55: a signed list for the military body. */
export const GET: RequestHandler = (event) => apiFile(event, `/files/military/${event.params.list}.pdf`);
