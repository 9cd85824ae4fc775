import type { z } from 'zod';
import { problem } from './problems.ts';

/** Most issues named in one answer; a body can hold thousands. */
const MAX_ERRORS = 50;

export type ReadBody<Value> = { ok: true; value: Value } | { ok: false; response: Response };

/**
 * Reads a JSON body of at most `maxBytes` that fits a schema. Refuses by RFC 9457: another content type, charset or a
 * compressed body (415), too large (413), not UTF-8, not JSON, not of the schema (400). Values of the body are never
 * repeated in an answer.
 */
export async function readJsonBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  maxBytes: number,
): Promise<ReadBody<z.output<Schema>>> {
  const refuse = (response: Response) => ({ ok: false as const, response });
  if (!isPlainJson(request.headers)) return refuse(problem('not-json-content'));
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return refuse(problem('too-large'));
  const bytes = await readAtMost(request, maxBytes);
  if (!bytes) return refuse(problem('too-large'));
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(problem('not-utf-8'));
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse(problem('not-json'));
  }
  const read = schema.safeParse(value);
  if (read.success) return { ok: true, value: read.data };
  const errors = read.error.issues
    .slice(0, MAX_ERRORS)
    .map((issue) => ({ path: issue.path.join('.').slice(0, 200), message: issue.message.slice(0, 300) }));
  return refuse(problem('invalid-message', { errors }));
}

function isPlainJson(headers: Headers): boolean {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  const charset = parameters.map((each) => each.trim().split('=')).find(([name]) => name === 'charset')?.[1];
  const isUtf8 = charset === undefined || charset.replaceAll('"', '') === 'utf-8';
  const encoding = headers.get('content-encoding') ?? 'identity';
  return type.trim() === 'application/json' && isUtf8 && encoding === 'identity';
}

async function readAtMost(request: Request, maxBytes: number): Promise<Buffer | null> {
  if (!request.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body) {
    length += part.length;
    if (length > maxBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
