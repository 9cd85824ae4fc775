import { fileFromApi } from '#lib/server/file-of-ticket.ts';
import type { RequestHandler } from './$types';

/** C19: the PDF of a document in Kazakh or Russian, or the signature over it. */
export const GET: RequestHandler = (event) =>
  fileFromApi(event, `/files/document/${event.params.id}.${event.params.file}`);
