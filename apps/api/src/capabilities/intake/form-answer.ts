import type { Form031Answer } from '@mse/contracts/intake';
import type { intakeMessages } from '@mse/db/schema';
import { inAllLanguages } from '@mse/i18n';
import type { z } from 'zod';

/** A message of a clinic as our table holds it. */
export type IntakeMessage = typeof intakeMessages.$inferSelect;

/** Where a message stands, in the words of annex 5 (kk) and our translations. */
export function formAnswer(message: IntakeMessage): z.input<typeof Form031Answer> {
  return {
    messageId: message.messageId,
    state: message.state,
    formId: message.formId,
    receivedAt: message.receivedAt.toISOString(),
    decidedAt: message.decidedAt?.toISOString() ?? null,
    reasons: message.reasons.map(({ code, detail }) => ({
      code,
      detail,
      ...inAllLanguages(`intake:code.${code}`, { detail: detail ?? '' }),
    })),
  };
}
