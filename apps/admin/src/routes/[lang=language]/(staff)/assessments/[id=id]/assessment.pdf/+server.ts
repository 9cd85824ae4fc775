import { callApi } from '#lib/server/api.ts';
import { sheetResponse } from '#lib/server/sheet-response.ts';
import type { RequestHandler } from './$types';

/** AS-05: the table of an assessment as a file. */
export const GET: RequestHandler = async (event) =>
  sheetResponse(
    await callApi(event, (api) => api.expertPay.assessmentPdf.query({ assessmentId: event.params.id })),
  );
