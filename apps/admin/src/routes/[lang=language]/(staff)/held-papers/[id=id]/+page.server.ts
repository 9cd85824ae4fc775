import { ReleaseItemInput } from '@mse/contracts/dossiers';
import { translator } from '@mse/i18n';
import { fail, redirect } from '@sveltejs/kit';
import { readBoxes, type TypedBox, typedBoxes } from '#lib/held-papers/read-boxes.ts';
import { callApi } from '#lib/server/api.ts';
import { say } from '#lib/server/flash.ts';
import type { Actions, PageServerLoad } from './$types';

/** PX-04: one thing that waits for a person, as it came beside what experts would see. */
export const load: PageServerLoad = async (event) => ({
  item: await callApi(event, (api) => api.dossiers.item.query({ id: event.params.id })),
});

/** Refusals after which the same page is mended. */
const STAY: readonly string[] = ['still-identity', 'known-identity', 'unread-again', 'outside'];

export const actions: Actions = {
  release: async (event) => {
    const form = await event.request.formData();
    const t = translator(event.locals.language);
    const text = String(form.get('text') ?? '').replaceAll('\r\n', '\n');
    const typed = typedBoxes(form);
    const sure = form.get('sure') === 'yes';
    const wrong = (field: string, key: string, found: TypedBox[] = []) =>
      fail(400, { text, boxes: [...typed, ...found], sure, field, error: t(`dossiers:held.${key}`) });
    const boxes = readBoxes(typed);
    if (!boxes) return wrong('box.0.x', 'wrong-box');
    const input = ReleaseItemInput.safeParse({
      id: event.params.id,
      version: Number(form.get('version')),
      text,
      boxes,
      sure,
    });
    if (!input.success) return wrong('box.0.x', 'refusal.outside');
    const answer = await callApi(event, (api) => api.dossiers.release.mutate(input.data));
    if (!answer.ok && STAY.includes(answer.refusal)) {
      // What was read on the page is proposed as rectangles, so that one look and one more press are enough.
      const found = (answer.found ?? []).map((box) => ({
        x: String(box.x),
        y: String(box.y),
        width: String(box.width),
        height: String(box.height),
      }));
      const field =
        answer.refusal === 'outside' ? 'box.0.x' : found.length > 0 ? `box.${typed.length}.x` : 'text';
      const key = found.length > 0 ? `page-${answer.refusal}` : answer.refusal;
      return wrong(field, `refusal.${key}`, found);
    }
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'dossiers:held.released', params: {} }
        : { tone: 'problem', key: `dossiers:held.refusal.${answer.refusal}`, params: {} },
    );
    redirect(303, `/${event.locals.language}/held-papers`);
  },
  unreadable: async (event) => {
    const form = await event.request.formData();
    const answer = await callApi(event, (api) =>
      api.dossiers.markUnreadable.mutate({ id: event.params.id, version: Number(form.get('version')) }),
    );
    say(
      event.cookies,
      answer.ok
        ? { tone: 'done', key: 'dossiers:held.marked', params: {} }
        : { tone: 'problem', key: `dossiers:held.refusal.${answer.refusal}`, params: {} },
    );
    redirect(303, `/${event.locals.language}/held-papers`);
  },
};
