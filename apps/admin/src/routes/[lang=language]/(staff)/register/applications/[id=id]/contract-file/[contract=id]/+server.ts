import { applicationFile } from '#lib/server/application-file.ts';
import type { RequestHandler } from './$types';

/** RG-20: the contract as PDF. */
export const GET: RequestHandler = (event) =>
  applicationFile(
    event,
    `${event.params.id}/contract/${event.params.contract}?lang=${event.locals.language}`,
  );
