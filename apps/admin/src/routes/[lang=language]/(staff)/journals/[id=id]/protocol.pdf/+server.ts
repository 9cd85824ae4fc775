import { apiFile } from '#lib/server/api-file.ts';
import type { RequestHandler } from './$types';

/** JR-01: the protocol of a day on paper. */
export const GET: RequestHandler = (event) => apiFile(event, `/files/protocol/${event.params.id}.pdf`);
