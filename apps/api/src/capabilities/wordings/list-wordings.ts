import type { WordingsOutput } from '@mse/contracts/wordings';
import { messageTexts } from '@mse/db/schema';
import { MESSAGE_TEMPLATES, wordingInForce, wordingState } from '@mse/domain/notifications';
import { LANGUAGES, toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { measure, officialText } from './official-texts.ts';

/** P07: what counts today for every message in every language, how long it is, and how many proposals wait. */
export async function listWordings(call: CallContext): Promise<z.input<typeof WordingsOutput>> {
  const { deps, at } = call;
  const rows = await deps.db.select().from(messageTexts);
  call.seen(null, 'wordings');
  return {
    today: toBusinessDate(at),
    messages: MESSAGE_TEMPLATES.flatMap((template) =>
      LANGUAGES.map((language) => {
        const own = rows.filter((row) => row.template === template && row.language === language);
        const inForce = wordingInForce(own, template, language, at);
        const text = inForce?.text ?? officialText(template, language).text;
        const states = own.map((row) => wordingState(row, own, at));
        return {
          template,
          language,
          official: inForce === null,
          text,
          sms: measure(deps, language, text),
          waiting: states.filter((state) => state === 'waiting').length,
          approved: states.filter((state) => state === 'approved').length,
        };
      }),
    ),
  };
}
