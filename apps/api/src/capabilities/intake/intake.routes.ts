import { Form031Batch, type Form031BatchAnswer, Form031Draft, Form031Message } from '@mse/contracts/intake';
import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { logContext } from '../../platform/log.ts';
import { freshKey } from '../../platform/random.ts';
import { formAnswer, type IntakeMessage } from './form-answer.ts';
import { findIntegrationClient } from './integration-client.ts';
import { openApiDocument } from './openapi.ts';
import { problem } from './problems.ts';
import { readJsonBody } from './read-json-body.ts';
import { findMessage, receiveForm } from './receive-form.ts';
import { validateForm } from './validate-form.ts';

/** Largest bodies, bytes: one message with a full document and signature, and a batch. */
const MAX_MESSAGE_BYTES = 3_000_000;
const MAX_BATCH_BYTES = 32_000_000;

/** Messages of a batch judged at a time. */
const BATCH_PARALLEL = 5;

/** Returned is an outcome, not an error of the call: the message was taken, judged and kept. */
const STATUS: Record<IntakeMessage['state'], 200 | 201 | 202> = {
  accepted: 201,
  returned: 200,
  waiting: 202,
};

/** The contract, and what the database asks of it besides: whole base64, an id without control characters. */
const StoredMessage = Form031Message.superRefine(refuseUnstorable);
const StoredBatch = Form031Batch.superRefine((batch, context) => {
  for (const [index, message] of batch.messages.entries()) {
    refuseUnstorable(message, {
      addIssue: (issue) => context.addIssue({ ...issue, path: ['messages', index, ...issue.path] }),
    });
  }
});

const StoredDraft = Form031Draft.superRefine((draft, context) => {
  if (!isBase64(draft.document))
    context.addIssue({ code: 'custom', path: ['document'], message: NOT_BASE64 });
});
const NOT_BASE64 = 'Must be base64 with padding (RFC 4648, section 4)';

type Unstorable = { code: 'custom'; path: (string | number)[]; message: string };

function refuseUnstorable(
  message: z.output<typeof Form031Message>,
  context: { addIssue(issue: Unstorable): void },
): void {
  const refuse = (field: keyof typeof message, words: string) =>
    context.addIssue({ code: 'custom', path: [field], message: words });
  if (hasControlCharacters(message.messageId)) refuse('messageId', 'Control characters are not allowed');
  for (const field of ['document', 'signature'] as const) {
    if (!isBase64(message[field])) refuse(field, NOT_BASE64);
  }
}

/** PostgreSQL holds no null characters, and no sender needs the others in an id. */
function hasControlCharacters(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}

function isBase64(text: string): boolean {
  const plain = text.replace(/[\r\n]/g, '');
  return Buffer.from(plain, 'base64').toString('base64') === plain;
}

/** Routes for the systems of medical organisations, mounted at `/integration/v1`. */
export function intakeRoutes(deps: Deps): Hono {
  const app = new Hono();
  const document = openApiDocument();
  app.get('/openapi.json', (context) =>
    context.json(document, 200, { 'cache-control': 'public, max-age=300' }),
  );

  app.post('/forms-031', (context) =>
    asClient(deps, context, async (clientId, requestId) => {
      const body = await readJsonBody(context.req.raw, StoredMessage, MAX_MESSAGE_BYTES);
      if (!body.ok) return body.response;
      const received = await receiveForm(deps, clientId, body.value, requestId);
      return context.json(formAnswer(received), STATUS[received.state]);
    }),
  );

  app.post('/forms-031/batch', (context) =>
    asClient(deps, context, async (clientId, requestId) => {
      const body = await readJsonBody(context.req.raw, StoredBatch, MAX_BATCH_BYTES);
      if (!body.ok) return body.response;
      const answers = await inLanes(body.value.messages, BATCH_PARALLEL, async (message) => {
        try {
          return formAnswer(await receiveForm(deps, clientId, message, requestId));
        } catch (error) {
          // One message must not spoil the others; it may be sent again with the same id.
          deps.log.error({ err: error }, 'a form of a batch failed');
        }
        return { messageId: message.messageId, state: 'failed' as const };
      });
      const answer: z.input<typeof Form031BatchAnswer> = { answers };
      return context.json(answer, 200);
    }),
  );

  // SN-02: asked before the chair signs, so nothing is kept and no registry is asked.
  app.post('/forms-031/validate', (context) =>
    asClient(deps, context, async () => {
      const body = await readJsonBody(context.req.raw, StoredDraft, MAX_MESSAGE_BYTES);
      return body.ok ? context.json(validateForm(deps, body.value), 200) : body.response;
    }),
  );

  app.get('/forms-031/:messageId', (context) =>
    asClient(deps, context, async (clientId) => {
      const messageId = context.req.param('messageId');
      const message = hasControlCharacters(messageId) ? null : await findMessage(deps, clientId, messageId);
      return message ? context.json(formAnswer(message), 200) : problem('not-found');
    }),
  );

  app.all('/forms-031', () => problem('method-not-allowed', { headers: { allow: 'POST' } }));
  app.all('/forms-031/validate', () => problem('method-not-allowed', { headers: { allow: 'POST' } }));
  app.all('/forms-031/batch', () => problem('method-not-allowed', { headers: { allow: 'POST' } }));
  app.all('*', () => problem('not-found'));
  app.onError((error) => {
    const requestId = freshKey();
    deps.log.error({ err: error, requestId }, 'intake: call failed');
    return problem('internal', { detail: requestId });
  });
  return app;
}

/** Lets a call through when its token is known and its client keeps within its rate. */
async function asClient(
  deps: Deps,
  context: Context,
  act: (clientId: string, requestId: string) => Promise<Response>,
): Promise<Response> {
  const client = await findIntegrationClient(deps, context.req.header('authorization'));
  if (!client) return problem('not-authenticated', { headers: { 'www-authenticate': 'Bearer' } });
  const allowed = await deps.limits.take('integration-client-second', client.id);
  if (!allowed.ok)
    return problem('too-many-requests', { headers: { 'retry-after': String(allowed.retryAfterSeconds) } });
  const requestId = freshKey();
  return logContext.run({ requestId }, () => act(client.id, requestId));
}

/** Does a piece of work for each item, so many at a time; answers in the order of the items. */
async function inLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await act(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
