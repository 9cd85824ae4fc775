import { readPercent } from '@mse/domain/experts';
import { Hono } from 'hono';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freshKey } from '../../platform/random.ts';
import { takeTestResult } from './take-test-result.ts';

/** A callback is a few hundred bytes. */
const MAX_BYTES = 16_384;

const ResultBody = z.strictObject({
  eventId: z.string().min(8).max(100),
  code: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  attempt: z.int().min(1).max(100),
  /** `69.99`: at most two places, never rounded on its way. */
  percent: z.string(),
  proctoring: z.enum(['positive', 'negative']),
  finishedAt: z.iso.datetime({ offset: true }),
});

/**
 * RG-13: results of the test platform, mounted at `/integration/v1/skills`. `POST /results` with `x-skills-timestamp` and
 * `x-skills-signature`. Forged or stale: 401 and an audit row. The same message twice: the same answer, once done.
 */
export function skillsRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.post('/results', async (context) => {
    const at = deps.clock.now();
    const requestId = freshKey();
    const answer = (status: 200 | 400 | 401 | 404 | 409 | 413, error: string) =>
      context.json({ error, requestId }, status);
    if (Number(context.req.header('content-length') ?? 0) > MAX_BYTES) return answer(413, 'too-large');
    const body = Buffer.from(await context.req.arrayBuffer());
    if (body.length > MAX_BYTES) return answer(413, 'too-large');
    const genuine = deps.skills.isGenuine(
      {
        timestamp: context.req.header('x-skills-timestamp') ?? null,
        signature: context.req.header('x-skills-signature') ?? null,
      },
      body,
    );
    const refused = (refusal: string) =>
      recordAudit(deps.db, {
        at,
        actor: genuine ? 'system:skills' : 'anonymous',
        actorRole: genuine ? 'system' : 'anonymous',
        action: 'expertRegister.testResult',
        outcome: 'refused',
        personId: null,
        subject: null,
        requestId,
        detail: { refusal },
      });
    if (!genuine) {
      await refused('signature-invalid');
      return answer(401, 'signature-invalid');
    }
    const parsed = ResultBody.safeParse(readJson(body));
    const hundredths = parsed.success ? readPercent(parsed.data.percent) : undefined;
    if (!parsed.success || hundredths === undefined) {
      await refused('unreadable');
      return answer(400, 'unreadable');
    }
    const { eventId, code, attempt, proctoring, finishedAt } = parsed.data;
    const taken = await takeTestResult(
      deps,
      {
        eventId,
        contentHash: createHash('sha256').update(body).digest('hex'),
        code,
        attempt,
        hundredths,
        proctoring,
        finishedAt: new Date(finishedAt),
      },
      at,
    );
    if (!taken.ok) {
      await refused(taken.refusal);
      return answer(taken.refusal === 'candidate-unknown' ? 404 : 409, taken.refusal);
    }
    return context.json({ outcome: taken.outcome, repeated: taken.repeated }, 200);
  });
  app.all('*', (context) => context.json({ error: 'not-found' }, 404));
  return app;
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}
