import { Month } from '@mse/contracts/expert-pay';
import { error } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { sheetResponse } from '#lib/server/sheet-response.ts';
import type { RequestHandler } from './$types';

/** RG-25: the monthly report as a file. */
export const GET: RequestHandler = async (event) => {
  const month = Month.safeParse(event.url.searchParams.get('month') ?? '');
  if (!month.success) error(400, 'bad request');
  return sheetResponse(
    await callApi(event, (api) => api.expertMonitoring.monthPdf.query({ month: month.data })),
  );
};
