import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { squeeze } from '../src/lib/server/compression.ts';

const html = `<p>${'Қабылдауға жазылу '.repeat(200)}</p>`;
const asks = (encodings: string) =>
  new Request('http://localhost/kk', { headers: { 'accept-encoding': encodings } });
const page = (body = html, headers: Record<string, string> = {}) =>
  new Response(body, { status: 409, headers: { 'content-type': 'text/html', 'x-kept': 'yes', ...headers } });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe('pages over a weak line', () => {
  it('P4: go as brotli where the browser takes it, with status and headers kept', async () => {
    const sent = await squeeze(asks('gzip, deflate, br'), page());
    expect([sent.status, sent.headers.get('content-encoding'), sent.headers.get('x-kept')]).toEqual([
      409,
      'br',
      'yes',
    ]);
    const body = await bytes(sent);
    expect(brotliDecompressSync(body).toString()).toBe(html);
    expect(body.length).toBeLessThan(html.length / 10);
    expect(sent.headers.get('content-length')).toBe(String(body.length));
  });

  it('P4: go as gzip to older browsers and as they are to the rest', async () => {
    expect(gunzipSync(await bytes(await squeeze(asks('gzip'), page()))).toString()).toBe(html);
    expect((await bytes(await squeeze(asks('identity'), page()))).toString()).toBe(html);
  });

  it('leave alone what is tiny, encoded already, or no page', async () => {
    expect((await squeeze(asks('br'), page('<p>a</p>'))).headers.has('content-encoding')).toBe(false);
    expect(
      (await squeeze(asks('br'), page(html, { 'content-encoding': 'gzip' }))).headers.get('content-encoding'),
    ).toBe('gzip');
    expect(
      (await squeeze(asks('br'), page(html, { 'content-type': 'application/pdf' }))).headers.has(
        'content-encoding',
      ),
    ).toBe(false);
  });
});
