import { DeliveriesInput } from '@mse/contracts/wordings';
import { callApi } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

/** P07, EQ-06: what became of the messages of the last days; a week unless told otherwise. */
export const load: PageServerLoad = async (event) => {
  const asked = DeliveriesInput.safeParse({ days: Number(event.url.searchParams.get('days') ?? 7) });
  const input = asked.success ? asked.data : { days: 7 as const };
  return { deliveries: await callApi(event, (api) => api.wordings.deliveries.query(input)) };
};
