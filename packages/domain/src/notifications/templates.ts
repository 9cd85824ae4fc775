/** Messages of the electronic queue. `code` is ours; the other four are annexes 1–4 of the order. */
export const MESSAGE_TEMPLATES = ['sms-1', 'sms-2', 'sms-3', 'sms-4', 'code'] as const;
export type MessageTemplate = (typeof MESSAGE_TEMPLATES)[number];

/** How far a message has come. `unknown`: handed to the centre, whose answer was lost; a receipt or the grace period decides. */
export const MESSAGE_STATES = [
  'queued',
  'sending',
  'unknown',
  'accepted',
  'delivered',
  'undelivered',
  'expired',
  'dead',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** EQ-06: states after which the notice cannot change any more. */
export const FINAL_MESSAGE_STATES = [
  'delivered',
  'undelivered',
  'expired',
  'dead',
] as const satisfies readonly MessageState[];

/** Minutes after which a message of a kind is worthless and must not be sent any more; null when only the visit ends it. */
export const MESSAGE_LIFE_MINUTES: Record<MessageTemplate, number | null> = {
  'sms-1': 48 * 60,
  'sms-2': null,
  'sms-3': 48 * 60,
  'sms-4': 24 * 60,
  code: 5,
};
