import { Month } from '@mse/contracts/expert-pay';
import { error } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import { sheetResponse } from '#lib/server/sheet-response.ts';
import type { RequestHandler } from './$types';

/** PY-02: accepted acts of a month for the accounts. */
export const GET: RequestHandler = async (event) => {
  const month = Month.safeParse(event.url.searchParams.get('month') ?? '');
  if (!month.success) error(400, 'bad request');
  const { format } = event.params;
  return sheetResponse(
    await callApi(event, (api) => api.expertPay.exportMonth.query({ month: month.data, format })),
  );
};
