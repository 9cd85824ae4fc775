import { fileOfApplication } from '#lib/server/expert-files.ts';
import type { RequestHandler } from './$types';

/** RG-20: the contract as PDF. */
export const GET: RequestHandler = (event) =>
  fileOfApplication(
    event,
    `${event.params.id}/contract/${event.params.contract}?lang=${event.locals.language}`,
  );
