import { API_URL } from '$app/env/private';
import { UploadConclusionOutput } from '@mse/contracts/field-sessions';
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { signInAddress } from './ask.ts';

const PATIENCE_MS = 20_000;

/** FF-03: passes a copy of the commission's conclusion on to the API, which looks at its content and cleans its name. */
export async function uploadConclusion(
  event: RequestEvent,
  formId: string,
  file: File,
): Promise<z.output<typeof UploadConclusionOutput>> {
  const { language, requestId, token } = event.locals;
  if (!token) redirect(303, signInAddress(event));
  const answer = await fetch(
    `${API_URL}/files/place-requests/${formId}?name=${encodeURIComponent(file.name.slice(-200))}`,
    {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'x-request-id': requestId,
        'x-saraptama': '1',
        'accept-language': language,
        'content-type': 'application/octet-stream',
      },
      body: await file.arrayBuffer(),
      signal: AbortSignal.timeout(PATIENCE_MS),
    },
  ).catch(() => error(503, 'unavailable'));
  if (answer.status === 401) redirect(303, signInAddress(event));
  if (answer.status === 404) error(404, 'not-found');
  const read = UploadConclusionOutput.safeParse(await answer.json().catch(() => null));
  if (!answer.ok || !read.success) error(500, 'broken', { incident: requestId });
  return read.data;
}
