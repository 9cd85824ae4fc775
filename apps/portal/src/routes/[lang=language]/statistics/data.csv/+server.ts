import { ask } from '#lib/server/ask.ts';
import type { RequestHandler } from './$types';

/** C36: the open figures as a file. It is the same for everybody and changes once a week. */
export const GET: RequestHandler = async (event) => {
  const { file, contentType, name } = await ask(
    event,
    event.locals.api.reporting.exportPublicFigures.query(),
  );
  return new Response(Buffer.from(file, 'base64'), {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'public, max-age=600',
    },
  });
};
