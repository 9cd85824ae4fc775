import type { RequestHandler } from './$types';

/** The process lives. Asks nobody else, so that a silent API does not make anybody restart the staff app. */
export const GET: RequestHandler = () => Response.json({ status: 'ok' });
