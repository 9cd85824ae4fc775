import { error } from '@sveltejs/kit';
import { reportQuery } from '#lib/reporting/report-query.ts';
import { callApi } from '#lib/server/api.ts';
import { sheetResponse } from '#lib/server/sheet-response.ts';
import type { RequestHandler } from './$types';

/** K10, P11: the report of the address as a file. */
export const GET: RequestHandler = async (event) => {
  const { format } = event.params;
  const { input } = reportQuery(event.url);
  if (!input.success) error(400, 'bad request');
  return sheetResponse(await callApi(event, (api) => api.reporting.export.query({ ...input.data, format })));
};
