/** Longest wait for an answer of the API, milliseconds. A page then says that the service is silent, instead of saying nothing. */
const PATIENCE = 10_000;
/** A page that a person lets go is read by machine once more before the answer (PX-04). */
const READS_A_PAGE = /\/dossiers\.release(?:[?,]|$)/;
const PATIENCE_WITH_READING = 60_000;

/** `fetch` that gives up on a silent API. */
export function patientFetch(...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> {
  const address = input instanceof Request ? input.url : String(input);
  const enough = AbortSignal.timeout(READS_A_PAGE.test(address) ? PATIENCE_WITH_READING : PATIENCE);
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
