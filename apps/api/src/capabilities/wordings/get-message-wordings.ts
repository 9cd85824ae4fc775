import type { WordingInput, WordingOutput } from '@mse/contracts/wordings';
import { messageTexts, persons } from '@mse/db/schema';
import { variablesFor, wordingInForce, wordingState } from '@mse/domain/notifications';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { exampleValues, measure, officialText, shortText } from './official-texts.ts';

/** P07: the official text of a message in a language, what it is filled with, a shorter text if there is one, and all wordings. */
export async function getMessageWordings(
  call: CallContext,
  { template, language }: z.output<typeof WordingInput>,
): Promise<z.input<typeof WordingOutput>> {
  const { deps, at } = call;
  const me = signedIn(call).personId;
  const rows = await deps.db
    .select()
    .from(messageTexts)
    .where(and(eq(messageTexts.template, template), eq(messageTexts.language, language)))
    .orderBy(desc(messageTexts.createdAt), desc(messageTexts.id));
  const ids = [
    ...new Set(rows.flatMap((row) => [row.createdBy, ...(row.approvedBy ? [row.approvedBy] : [])])),
  ];
  const people = new Map(
    ids.length === 0
      ? []
      : (await deps.db.select().from(persons).where(inArray(persons.id, ids))).map((person) => [
          person.id,
          fullName(person),
        ]),
  );
  const official = officialText(template, language);
  const short = shortText(template, language);
  const examples = exampleValues(deps, language);
  const { needed, spare } = variablesFor(template, official.text);
  call.seen(null, `wording:${template}:${language}`);
  return {
    template,
    language,
    today: toBusinessDate(at),
    official: {
      ...official,
      sms: measure(deps, language, official.text),
      inForce: wordingInForce(rows, template, language, at) === null,
    },
    variables: [...needed, ...spare].map((name) => ({
      name,
      needed: needed.includes(name),
      example: examples[name] ?? '',
    })),
    short: short === null ? null : { text: short, sms: measure(deps, language, short) },
    wordings: rows.map((row) => ({
      id: row.id,
      text: row.text,
      state: wordingState(row, rows, at),
      validFrom: row.validFrom.toISOString(),
      createdAt: row.createdAt.toISOString(),
      own: row.createdBy === me,
      author: people.get(row.createdBy) ?? '',
      approver: row.approvedBy === null ? null : (people.get(row.approvedBy) ?? ''),
      approvedAt: row.approvedAt?.toISOString() ?? null,
      withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
      sms: measure(deps, language, row.text),
    })),
  };
}
