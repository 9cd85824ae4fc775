import { callApi } from '#lib/server/api.ts';
import { sheetResponse } from '#lib/server/sheet-response.ts';
import type { RequestHandler } from './$types';

/** PY-01: form R-1 as a file. */
export const GET: RequestHandler = async (event) =>
  sheetResponse(await callApi(event, (api) => api.expertPay.actPdf.query({ actId: event.params.id })));
