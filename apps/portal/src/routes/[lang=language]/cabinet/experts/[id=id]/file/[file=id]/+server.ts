import { fileOfApplication } from '#lib/server/expert-files.ts';
import type { RequestHandler } from './$types';

/** RG-07: a copy the candidate has uploaded. */
export const GET: RequestHandler = (event) =>
  fileOfApplication(event, `${event.params.id}/${event.params.file}`);
