import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const WORTH_IT_BYTES = 1000;
/** Measured on the page of free times: higher levels win a few hundred bytes for two to three times the work. */
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 2, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};
const GZIP = { level: 4 };

/**
 * Sends a page as brotli or gzip when the browser takes it; assets were compressed by the build. A page is small, so
 * doing it at once costs less than handing it to another thread.
 */
export async function squeeze(request: Request, response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/html') || response.headers.has('content-encoding') || !response.body)
    return response;
  response.headers.append('vary', 'accept-encoding');
  const accepted = request.headers.get('accept-encoding') ?? '';
  const way = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  if (!way) return response;
  const page = Buffer.from(await response.arrayBuffer());
  if (page.length < WORTH_IT_BYTES) return new Response(page, response);
  const body = way === 'br' ? brotliCompressSync(page, BROTLI) : gzipSync(page, GZIP);
  const headers = new Headers(response.headers);
  headers.set('content-encoding', way);
  headers.set('content-length', String(body.length));
  return new Response(new Uint8Array(body), { status: response.status, headers });
}
