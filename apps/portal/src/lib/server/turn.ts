import { createApiClient } from '@mse/api-client';
import type { TicketStateOutput } from '@mse/contracts/queue';
import type { RequestEvent } from '@sveltejs/kit';
import { API_URL } from '$app/env/private';
import type { z } from 'zod';

export type Turn = z.output<typeof TicketStateOutput>;

/**
 * Where the holder of a ticket stands in the hall's queue now, or null when the service does not answer. Asked without the session:
 * a page that asks every few seconds would keep an unattended session open, and people wait longer than a session lasts.
 */
export async function turnOf(event: RequestEvent, code: string): Promise<Turn | null> {
  const { locals } = event;
  const api = createApiClient({
    url: API_URL,
    token: null,
    language: locals.language,
    requestId: locals.requestId,
    clientAddress: event.getClientAddress(),
  });
  try {
    return await api.queue.ticketState.query({ code });
  } catch {
    return null;
  }
}
