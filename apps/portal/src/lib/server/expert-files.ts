import { API_URL } from '$app/env/private';
import { UploadFileOutput } from '@mse/contracts/expert-application';
import { type UploadableItem } from '@mse/domain/experts';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { signInAddress } from './ask.ts';

const PATIENCE_MS = 20_000;

function headersOf(event: RequestEvent): Record<string, string> {
  const { language, requestId, token } = event.locals;
  if (!token) redirect(303, signInAddress(event));
  return {
    authorization: `Bearer ${token}`,
    'x-request-id': requestId,
    'x-saraptama': '1',
    'accept-language': language,
  };
}

/** RG-07: passes a copy on to the API, which looks at its content; the name travels cleaned of nothing, because the API cleans it. */
export async function uploadCopy(
  event: RequestEvent,
  applicationId: string,
  item: UploadableItem,
  file: File,
): Promise<z.output<typeof UploadFileOutput>> {
  const answer = await fetch(
    `${API_URL}/files/expert-application/${applicationId}/${item}?name=${encodeURIComponent(file.name.slice(-200))}`,
    {
      method: 'POST',
      headers: { ...headersOf(event), 'content-type': 'application/octet-stream' },
      body: await file.arrayBuffer(),
      signal: AbortSignal.timeout(PATIENCE_MS),
    },
  ).catch(() => error(503, 'unavailable'));
  if (answer.status === 401) redirect(303, signInAddress(event));
  if (answer.status === 404) error(404, 'not-found');
  const read = UploadFileOutput.safeParse(await answer.json().catch(() => null));
  if (!answer.ok || !read.success) error(500, 'broken', { incident: event.locals.requestId });
  return read.data;
}

/** Passes a file of the own application on from the API; always to be saved, never shown within the page. */
export async function fileOfApplication(event: RequestEvent, path: string): Promise<Response> {
  const answer = await fetch(`${API_URL}/files/expert-application/${path}`, {
    headers: headersOf(event),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => error(503, 'unavailable'));
  if (answer.status === 401) redirect(303, signInAddress(event));
  if (answer.status === 404) error(404, 'not-found');
  if (!answer.ok || !answer.body) error(500, 'broken', { incident: event.locals.requestId });
  const headers = new Headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  for (const name of ['content-type', 'content-disposition', 'content-length']) {
    const value = answer.headers.get(name);
    if (value) headers.set(name, value);
  }
  return new Response(answer.body, { headers });
}
