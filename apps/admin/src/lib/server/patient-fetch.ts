/** Longest wait for an answer of the API, milliseconds. A page then says that the service is silent, instead of saying nothing. */
const PATIENCE = 10_000;

/** `fetch` that gives up on a silent API. */
export function patientFetch(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
  const enough = AbortSignal.timeout(PATIENCE);
  return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, enough]) : enough });
}

/** `fetch` of a stream: the API has the same time to begin, the stream then lasts as long as it lasts. */
export async function patientStream(
  address: string,
  headers: Record<string, string>,
  gone: AbortController,
): Promise<Response> {
  const timer = setTimeout(() => gone.abort(), PATIENCE);
  try {
    return await fetch(address, { headers, signal: gone.signal });
  } finally {
    clearTimeout(timer);
  }
}
