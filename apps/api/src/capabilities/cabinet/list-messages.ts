import type { MessagesInput, MessagesOutput } from '@mse/contracts/queue';
import { messages } from '@mse/db/schema';
import { maskPhone, toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, inArray, lt, lte, ne } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { idsActedFor } from '../identity/people.ts';
import { renderMessage } from '../notifications/render-message.ts';

const PAGE = 20;

/**
 * C26, EQ-06: messages to the caller and the wards they may act for, newest first, a page at a time (`before` is the
 * instant of the last one seen). A reminder that is not due yet is not shown, one-time codes never are. A message that
 * was not sent (no number in the base of mobile citizens, or not yet) is shown in the words it would have had, unless
 * its booking has changed and it would mislead.
 */
export async function listMessages(
  call: CallContext,
  input: z.output<typeof MessagesInput>,
): Promise<z.input<typeof MessagesOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const people = await idsActedFor(deps.db, personId, toBusinessDate(at));
  const visible = and(
    inArray(messages.personId, people),
    ne(messages.template, 'code'),
    lte(messages.dueAt, at),
  );
  const page = await deps.db
    .select()
    .from(messages)
    .where(and(visible, input.before ? lt(messages.dueAt, new Date(input.before)) : undefined))
    .orderBy(desc(messages.dueAt), desc(messages.id))
    .limit(PAGE + 1);
  const more = page.length > PAGE;
  const shown = page.slice(0, PAGE);
  const last = shown.at(-1);
  if (more && last) {
    // Messages of one instant stay on one page, or the next page would skip some of them.
    const seen = new Set(shown.map((message) => message.id));
    const sameInstant = await deps.db
      .select()
      .from(messages)
      .where(and(visible, eq(messages.dueAt, last.dueAt)))
      .orderBy(desc(messages.id));
    shown.push(...sameInstant.filter((message) => !seen.has(message.id)));
  }
  const worded = await Promise.all(
    shown.map(async (message) => {
      const rendered = message.text === null ? await renderMessage(deps, deps.db, message) : null;
      return { message, text: rendered?.ok ? rendered.text : message.text };
    }),
  );
  for (const each of new Set(shown.map((message) => message.personId))) call.seen(each);
  return {
    more,
    messages: worded.flatMap(({ message, text }) =>
      text === null
        ? []
        : {
            id: message.id,
            template: message.template,
            text,
            language: message.language,
            phoneMasked: message.phone === null ? null : maskPhone(message.phone),
            state: message.state,
            createdAt: message.dueAt.toISOString(),
            stateAt: message.stateAt.toISOString(),
          },
    ),
  };
}
