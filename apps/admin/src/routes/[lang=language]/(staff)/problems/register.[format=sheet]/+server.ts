import { callApi } from '#lib/server/api.ts';
import { sheetResponse } from '#lib/server/sheet-response.ts';
import type { RequestHandler } from './$types';

/** EQ-17: the register as a file. */
export const GET: RequestHandler = async (event) => {
  const { format } = event.params;
  return sheetResponse(await callApi(event, (api) => api.problems.export.query({ format })));
};
