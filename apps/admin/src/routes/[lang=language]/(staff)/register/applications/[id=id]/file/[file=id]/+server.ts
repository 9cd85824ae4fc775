import { applicationFile } from '#lib/server/application-file.ts';
import type { RequestHandler } from './$types';

/** RG-07: a copy the candidate has uploaded. */
export const GET: RequestHandler = (event) =>
  applicationFile(event, `${event.params.id}/${event.params.file}`);
