import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

const WORTH_IT_BYTES = 1000;
const BROTLI = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};

/** Sends a page as brotli or gzip when the browser takes it; assets were compressed by the build. */
export async function squeeze(request: Request, response: Response): Promise<Response> {
  const accepted = request.headers.get('accept-encoding') ?? '';
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/html') || response.headers.has('content-encoding') || response.status === 304)
    return response;
  const way = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
  response.headers.append('vary', 'accept-encoding');
  if (!way || !response.body) return response;
  const page = Buffer.from(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  if (page.length < WORTH_IT_BYTES) return new Response(page, { status: response.status, headers });
  const body = way === 'br' ? await brotli(page, BROTLI) : await deflate(page, { level: 6 });
  headers.set('content-encoding', way);
  headers.set('content-length', String(body.length));
  return new Response(new Uint8Array(body), { status: response.status, headers });
}
