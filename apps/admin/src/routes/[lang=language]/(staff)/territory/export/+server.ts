import { callApi } from '#lib/server/api.ts';
import type { RequestHandler } from './$types';

/** K09: the map as a file. */
export const GET: RequestHandler = async (event) => {
  const { csv } = await callApi(event, (api) => api.territory.export.query());
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="territory.csv"',
    },
  });
};
