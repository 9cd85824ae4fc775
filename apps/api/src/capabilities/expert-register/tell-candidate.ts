import type { Executor } from '@mse/db';
import { messages, persons } from '@mse/db/schema';
import type { RefusalReason } from '@mse/domain/experts';
import { MESSAGE_LIFE_MINUTES, type MessageTemplate, sendingTime } from '@mse/domain/notifications';
import { addMinutes, type Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { REASON_ORDER } from './register-policies.ts';

/** Messages of the register. */
export type RegisterTemplate = Extract<MessageTemplate, `register-${string}`>;

/**
 * Writes an SMS of the register in the transaction of the fact it tells, in the person's language. Whoever has no number in the base of
 * mobile citizens gets it at the number of the application.
 */
export async function tellCandidate(
  deps: Deps,
  tx: Executor,
  message: {
    personId: string;
    template: RegisterTemplate;
    onceKey: string;
    params?: Record<string, string> | ((language: Language) => Record<string, string>);
    phone?: string;
  },
  at: Date,
): Promise<void> {
  const [person] = await tx.select().from(persons).where(eq(persons.id, message.personId));
  if (!person) throw new Error('No such person');
  const phone = person.phone ?? (message.phone || person.contactPhone);
  const language = person.messageLanguage;
  const { params = {} } = message;
  const dueAt = sendingTime(message.template, at);
  const life = MESSAGE_LIFE_MINUTES[message.template];
  await tx
    .insert(messages)
    .values({
      id: deps.random.id(at),
      personId: person.id,
      template: message.template,
      language,
      phone,
      params: typeof params === 'function' ? params(language) : params,
      onceKey: message.onceKey,
      state: phone ? 'queued' : 'dead',
      ...(phone ? {} : { failure: 'no-phone' }),
      createdAt: at,
      dueAt,
      expiresAt: life === null ? null : addMinutes(dueAt, life),
      stateAt: at,
    })
    .onConflictDoNothing();
}

/** RG-10, RG-16: the reasons that apply, and no others, one after the other as the form of the law lists them. */
export function reasonsInWords(reasons: readonly RefusalReason[], language: Language): string {
  const t = translator(language);
  return REASON_ORDER.filter((reason) => reasons.includes(reason))
    .map((reason) => `- ${t(`expert-register:reason.${reason}`)}`)
    .join('; ');
}
