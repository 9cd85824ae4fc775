import {
  MESSAGE_STATES,
  MESSAGE_TEMPLATES,
  WORDING_REFUSALS,
  WORDING_STATES,
  WORDING_STEP_REFUSALS,
} from '@mse/domain/notifications';
import { z } from 'zod';
import { Day, Id, Instant, LanguageChoice, refused } from './common.ts';

const Template = z.enum(MESSAGE_TEMPLATES, { error: 'choice' });

/** How a text travels as SMS when it is filled with example values: what the operator will bill. */
export const SmsLength = z.object({
  example: z.string(),
  characters: z.int(),
  parts: z.int(),
  alphabet: z.enum(['gsm-7', 'ucs-2']),
});

/** A wording as the administrators see it; people are named by their role only: the caller's own, or somebody else's. */
export const WordingView = z.object({
  id: z.uuid(),
  text: z.string(),
  state: z.enum(WORDING_STATES),
  validFrom: Instant,
  createdAt: Instant,
  /** The caller wrote it and so cannot approve it. */
  own: z.boolean(),
  author: z.string(),
  approver: z.string().nullable(),
  approvedAt: Instant.nullable(),
  withdrawnAt: Instant.nullable(),
  sms: SmsLength,
});

/** One line of the list: what counts today for a message in a language. */
export const WordingsOutput = z.object({
  today: z.string(),
  messages: z.array(
    z.object({
      template: Template,
      language: LanguageChoice,
      /** Whether the text of the order itself, or of the service where the order has none, counts today. */
      official: z.boolean(),
      text: z.string(),
      sms: SmsLength,
      waiting: z.int(),
      approved: z.int(),
    }),
  ),
});

export const WordingInput = z.strictObject({ template: Template, language: LanguageChoice });
export const WordingOutput = z.object({
  template: Template,
  language: LanguageChoice,
  today: z.string(),
  official: z.object({
    text: z.string(),
    sms: SmsLength,
    inForce: z.boolean(),
    source: z.enum(['order', 'translation', 'service']),
  }),
  variables: z.array(z.object({ name: z.string(), needed: z.boolean(), example: z.string() })),
  /** A shorter text that is offered, if there is one. */
  short: z.object({ text: z.string(), sms: SmsLength }).nullable(),
  wordings: z.array(WordingView),
});

const WordingText = z.string({ error: 'required' }).max(2000, { error: 'too-long' });
export const MeasureWordingInput = z.strictObject({
  template: Template,
  language: LanguageChoice,
  text: WordingText,
});
export const MeasureWordingOutput = z.union([
  z.object({ ok: z.literal(true), text: z.string(), sms: SmsLength }),
  refused(WORDING_REFUSALS),
]);
export const ProposeWordingInput = z.strictObject({
  template: Template,
  language: LanguageChoice,
  text: WordingText,
  validFrom: Day,
});
export const ProposeWordingOutput = z.union([
  z.object({ ok: z.literal(true), id: z.uuid() }),
  refused(WORDING_REFUSALS),
]);
export const WordingStepInput = z.strictObject({ id: Id });
export const WordingStepOutput = z.union([z.object({ ok: z.literal(true) }), refused(WORDING_STEP_REFUSALS)]);

/** Days looked back over. */
export const DELIVERY_DAYS = [1, 7, 30] as const;
export const DeliveriesInput = z.strictObject({
  days: z.union([z.literal(1), z.literal(7), z.literal(30)], { error: 'choice' }).default(7),
});
export const DeliveriesOutput = z.object({
  days: z.int(),
  since: Instant,
  rows: z.array(
    z.object({
      template: z.string(),
      language: LanguageChoice,
      total: z.int(),
      /** Parts the operator billed for what was handed over. */
      parts: z.int(),
      states: z.array(z.object({ state: z.enum(MESSAGE_STATES), count: z.int() })),
    }),
  ),
});
