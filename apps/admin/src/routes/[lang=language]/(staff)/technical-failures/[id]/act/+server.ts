import { FailureActInput } from '@mse/contracts/technical-failures';
import { error } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import type { RequestHandler } from './$types';

/** PX-42: the file of an act, as it was signed. */
export const GET: RequestHandler = async (event) => {
  const input = FailureActInput.safeParse({ id: event.params.id });
  if (!input.success) error(404, 'not found');
  const act = await callApi(event, (api) => api.technicalFailures.act.query(input.data));
  if (!act.ok) error(404, 'not found');
  return new Response(Buffer.from(act.content, 'base64'), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="act.pdf"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
};
