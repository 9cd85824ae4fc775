import { apiFile } from '#lib/server/api-file.ts';
import type { RequestHandler } from './$types';

/** FF-06: a document that came from the digital documents service. */
export const GET: RequestHandler = (event) =>
  apiFile(event, `/files/digital-documents/${event.params.id}/${event.params.document}.pdf`);
