/** HTTP towards the outside with a time limit and a size limit; anything unexpected is simply null. */

export type Fetch = typeof globalThis.fetch;

export interface BoundedRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: Uint8Array | string;
  timeoutMs: number;
  maxBytes: number;
}

/**
 * Body of a 2xx answer. Null when the other side is silent, slow, redirects, answers with an error or sends
 * more than `maxBytes`. The limit of time covers the body too.
 */
export async function fetchBounded(fetch: Fetch, request: BoundedRequest): Promise<Uint8Array | null> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: typeof request.body === 'object' ? Uint8Array.from(request.body) : (request.body ?? null),
      redirect: 'error',
      signal,
    });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return null;
    }
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body) {
      length += part.length;
      // Leaving the loop cancels the stream.
      if (length > request.maxBytes) return null;
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch {
    return null;
  }
}
