import { toBusinessTime } from '@mse/domain/shared';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Deps } from '../../deps.ts';
import type { DemoClock } from '../../platform/clock.ts';

const STEPS = [
  { minutes: 1, label: '1 мин' },
  { minutes: 15, label: '15 мин' },
  { minutes: 60, label: '1 сағ / час / h' },
  { minutes: 24 * 60, label: '1 күн / день / day' },
  { minutes: 3 * 24 * 60, label: '3 күн / дня / days' },
] as const;
const LONGEST_STEP = 31 * 24 * 60;

/** Demo mode only: shows the service's time and moves it forward, so that reminders, lateness and deadlines can be seen at once. */
export function demoRoutes(deps: Deps, clock: DemoClock): Hono {
  const app = new Hono();
  app.get('/clock', (context) => {
    const { date, time } = toBusinessTime(clock.now());
    context.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
    );
    return context.html(
      html`<!doctype html>
        <html lang="ru">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width" />
            <meta http-equiv="refresh" content="20" />
            <title>Сағат · Часы · Clock</title>
            <style>
              body {
                font:
                  18px/1.5 system-ui,
                  sans-serif;
                max-width: 40rem;
                margin: 2rem auto;
                padding: 0 1rem;
                color: #14202b;
                background: #fff;
              }
              output {
                display: block;
                font-size: 3rem;
                font-variant-numeric: tabular-nums;
                margin: 1rem 0;
              }
              form {
                display: flex;
                flex-wrap: wrap;
                gap: 0.75rem;
              }
              button {
                font: inherit;
                min-height: 48px;
                padding: 0 1rem;
                border: 2px solid #0b4a6f;
                border-radius: 6px;
                background: #0b4a6f;
                color: #fff;
                cursor: pointer;
              }
              button:focus-visible {
                outline: 4px solid #ffb81c;
                outline-offset: 2px;
              }
            </style>
          </head>
          <body>
            <main>
              <h1>
                <span lang="kk">Қызмет уақыты</span> · Время службы · <span lang="en">Service time</span>
              </h1>
              <output>${date.split('-').reverse().join('.')} ${time}</output>
              <form method="post">
                ${STEPS.map((step) => html`<button name="minutes" value="${step.minutes}">+ ${step.label}</button>`)}
              </form>
              <p lang="kk">Уақыт тек алға жылжиды: еске салулар, кешігу және мерзімдер бірден көрінеді.</p>
              <p>Время движется только вперёд: напоминания, опоздания и сроки видны сразу.</p>
              <p lang="en">Time only moves forward: reminders, lateness and deadlines show at once.</p>
            </main>
          </body>
        </html>`,
    );
  });
  app.post('/clock', async (context) => {
    const form = await context.req.parseBody();
    const minutes = Number(form.minutes);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > LONGEST_STEP)
      return context.json({ error: 'minutes' }, 400);
    const now = await clock.forward(minutes);
    deps.log.info({ minutes }, 'demo clock moved forward');
    if (context.req.header('accept')?.includes('application/json'))
      return context.json({ now: now.toISOString() });
    return context.redirect('/demo/clock', 303);
  });
  return app;
}
