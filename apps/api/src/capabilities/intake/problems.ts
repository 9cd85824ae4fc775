import type { Problem } from '@mse/contracts/intake';
import type { z } from 'zod';

/** What can be wrong with a call itself. What is wrong with a form has codes of its own (annex 5). */
export const PROBLEMS = {
  'not-authenticated': { status: 401, title: 'The bearer token is missing or unknown' },
  'not-found': { status: 404, title: 'No such message of this client' },
  'method-not-allowed': { status: 405, title: 'This address does not take this method' },
  'too-large': { status: 413, title: 'The body is larger than this address takes' },
  'not-json-content': { status: 415, title: 'The body must be application/json in UTF-8, not compressed' },
  'not-utf-8': { status: 400, title: 'The body is not valid UTF-8' },
  'not-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-message': { status: 400, title: 'The body does not fit the schema' },
  'too-many-requests': { status: 429, title: 'Too many calls of this client' },
  internal: {
    status: 500,
    title: 'Something failed here; the call may be repeated with the same message id',
  },
} as const;
export type ProblemName = keyof typeof PROBLEMS;

export interface ProblemDetails {
  detail?: string;
  errors?: { path: string; message: string }[];
  headers?: Record<string, string>;
}

/** RFC 9457: the answer to a call that is wrong in itself. */
export function problem(name: ProblemName, { detail, errors, headers }: ProblemDetails = {}): Response {
  const { status, title } = PROBLEMS[name];
  const body: z.input<typeof Problem> = {
    type: `urn:saraptama:problem:${name}`,
    title,
    status,
    ...(detail ? { detail } : {}),
    ...(errors ? { errors } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}
