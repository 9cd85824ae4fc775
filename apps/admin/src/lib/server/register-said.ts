import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { say } from './flash.ts';

/** Leaves the outcome of a step of the register for the page it goes back to. */
export function sayStep(
  event: RequestEvent,
  answer: { ok: true } | { ok: false; refusal: string },
  done: { key: string; params?: Record<string, string | number> } = { key: 'expert-register:common.done' },
  back: string = event.url.pathname,
): never {
  say(
    event.cookies,
    answer.ok
      ? { tone: 'done', key: done.key, params: done.params ?? {} }
      : { tone: 'problem', key: `expert-register:refusal.${answer.refusal}`, params: {} },
  );
  redirect(303, back);
}

/** What was wrong with a form, with everything that was typed; the page shows it at the field. */
export function wrongForm(errors: Record<string, string>, typed: Record<string, string>) {
  return fail(400, { errors, typed });
}
