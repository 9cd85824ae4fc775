import { ExportExpertsInput } from '@mse/contracts/expert-register';
import { error } from '@sveltejs/kit';
import { callApi } from '#lib/server/api.ts';
import type { RequestHandler } from './$types';

const TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** R05: the register as the filters show it, as a file for spreadsheets. */
export const GET: RequestHandler = async (event) => {
  const wanted = Object.fromEntries([...event.url.searchParams].filter(([, value]) => value !== ''));
  const read = ExportExpertsInput.safeParse({ ...wanted, format: event.params.sheet });
  if (!read.success) error(404, 'not found');
  const { name, base64 } = await callApi(event, (api) => api.expertRegister.export.query(read.data));
  return new Response(new Uint8Array(Buffer.from(base64, 'base64')), {
    headers: {
      'content-type': TYPES[read.data.format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
};
