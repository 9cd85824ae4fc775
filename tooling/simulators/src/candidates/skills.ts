/** The test platform: takes signed invitations, lets anybody finish a test by hand, and tells the result by a signed callback. */
import { createHmac, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';

const Invitation = z.strictObject({
  code: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  attempt: z.int().min(1),
  dueOn: z.string(),
  language: z.string(),
  callbackUrl: z.url(),
});
export type Invitation = z.infer<typeof Invitation>;

export const TestFinished = z.strictObject({
  code: z.string(),
  percent: z.string(),
  proctoring: z.enum(['positive', 'negative']).default('positive'),
  /** Sends the same message so many times. */
  times: z.int().min(1).max(10).default(1),
  /** Signs with another secret. */
  forged: z.boolean().default(false),
});

export interface SkillsSimulator {
  app: Hono;
  invitations(): Invitation[];
  /** Tells a result; the statuses of the answers. Null when nobody was invited under this code. */
  finish(test: z.input<typeof TestFinished>): Promise<number[] | null>;
}

const signature = (secret: string, timestamp: string, body: string) =>
  `v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

export function skillsSimulator(secret: string): SkillsSimulator {
  const invitations = new Map<string, Invitation>();

  async function finish(wanted: z.input<typeof TestFinished>): Promise<number[] | null> {
    const test = TestFinished.parse(wanted);
    const invitation = invitations.get(test.code);
    if (!invitation) return null;
    const body = JSON.stringify({
      eventId: randomUUID(),
      code: test.code,
      attempt: invitation.attempt,
      percent: test.percent,
      proctoring: test.proctoring,
      finishedAt: new Date().toISOString(),
    });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const statuses: number[] = [];
    for (let sent = 0; sent < test.times; sent += 1) {
      const response = await fetch(invitation.callbackUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-skills-timestamp': timestamp,
          'x-skills-signature': signature(test.forged ? 'another-secret' : secret, timestamp, body),
        },
        body,
      });
      await response.body?.cancel();
      statuses.push(response.status);
    }
    return statuses;
  }

  const app = new Hono();
  app.post('/invitations', async (context) => {
    const body = await context.req.text();
    const timestamp = context.req.header('x-skills-timestamp') ?? '';
    if (context.req.header('x-skills-signature') !== signature(secret, timestamp, body))
      return context.json({ error: 'signature' }, 401);
    const parsed = Invitation.safeParse(JSON.parse(body));
    if (!parsed.success) return context.json({ error: 'bad-request' }, 400);
    invitations.set(parsed.data.code, parsed.data);
    return context.body(null, 204);
  });
  app.get('/', (context) =>
    context.html(
      html`<!doctype html>
        <html lang="ru">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width" />
            <title>skills.enbek.kz (simulator)</title>
          </head>
          <body>
            <h1>skills.enbek.kz – тест симуляторы · симулятор тестирования · test simulator</h1>
            ${[...invitations.values()]
              .filter(({ code }) => (context.req.query('c') ?? code) === code)
              .map(
                ({ code, attempt, dueOn }) =>
                  html`<form method="post" action="/skills/finish">
                    <p>${code}, № ${attempt}, → ${dueOn}</p>
                    <input type="hidden" name="code" value="${code}" />
                    <label>% <input name="percent" value="85.00" inputmode="decimal" /></label>
                    <label
                      >прокторинг
                      <select name="proctoring">
                        <option value="positive">+</option>
                        <option value="negative">–</option>
                      </select></label
                    >
                    <button>OK</button>
                  </form>`,
              )}
          </body>
        </html>`,
    ),
  );
  app.post('/finish', async (context) => {
    const form = await context.req.parseBody();
    const parsed = TestFinished.safeParse(form);
    if (!parsed.success) return context.text('400', 400);
    const statuses = await finish(parsed.data);
    return context.text(statuses ? `callback: ${statuses.join(', ')}` : '404', statuses ? 200 : 404);
  });
  return { app, invitations: () => [...invitations.values()], finish };
}
