import type {
  MeasureWordingInput,
  MeasureWordingOutput,
  ProposeWordingInput,
  ProposeWordingOutput,
} from '@mse/contracts/wordings';
import { messageTexts } from '@mse/db/schema';
import { judgeWording, type MessageTemplate, wordingInForce } from '@mse/domain/notifications';
import { type Language, plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Executor } from '@mse/db';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';
import { measure, officialText } from './official-texts.ts';

/** Judges a typed text against the official one and the one that counts now. */
async function judge(
  executor: Executor,
  wanted: { template: MessageTemplate; language: Language; text: string },
  at: Date,
) {
  const { template, language } = wanted;
  const rows = await executor
    .select()
    .from(messageTexts)
    .where(and(eq(messageTexts.template, template), eq(messageTexts.language, language)));
  const official = officialText(template, language).text;
  const now = wordingInForce(rows, template, language, at)?.text ?? official;
  return judgeWording(template, wanted.text, { official, now });
}

/** P07: whether a text could be proposed, and how long it would be. Changes nothing. */
export async function measureWording(
  call: CallContext,
  input: z.output<typeof MeasureWordingInput>,
): Promise<z.input<typeof MeasureWordingOutput>> {
  const judged = await judge(call.deps.db, input, call.at);
  call.seen(null, `wording:${input.template}:${input.language}`);
  return judged.ok
    ? { ok: true, text: judged.value, sms: measure(call.deps, input.language, judged.value) }
    : judged;
}

/** P07: proposes another wording from a day on. It counts only once somebody else has approved it. */
export async function proposeWording(
  call: CallContext,
  input: z.output<typeof ProposeWordingInput>,
): Promise<z.input<typeof ProposeWordingOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const { template, language, validFrom } = input;
  if (validFrom < toBusinessDate(at)) return { ok: false, refusal: 'day-passed' };
  return deps.db.transaction(async (tx): Promise<z.input<typeof ProposeWordingOutput>> => {
    const judged = await judge(tx, input, at);
    if (!judged.ok) return judged;
    const id = deps.random.id(at);
    await tx.insert(messageTexts).values({
      id,
      template,
      language,
      text: judged.value,
      validFrom: toInstant(validFrom, plainTime('00:00')),
      createdBy: caller.personId,
      createdAt: at,
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('wordings.propose', caller),
      action: 'wordings.propose',
      outcome: 'done',
      personId: null,
      subject: `wording:${id}`,
      requestId: call.requestId,
      detail: { template, language, validFrom, text: judged.value },
    });
    return { ok: true, id };
  });
}
