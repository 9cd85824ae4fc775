import type { RequestHandler } from './$types';

/** The process lives. Asks nobody else, so that a silent API does not make anybody restart the portal. */
export const GET: RequestHandler = () => Response.json({ status: 'ok' });
