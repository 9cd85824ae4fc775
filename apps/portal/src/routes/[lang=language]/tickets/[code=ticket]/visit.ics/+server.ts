import { fileOfTicket } from '#lib/server/file-of-ticket.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => fileOfTicket(event, event.params.code, 'ics');
