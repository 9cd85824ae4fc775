/**
 * Messages of the electronic queue. Annexes 1–4 of the order, and our own: `moved` and `rebook` when a department closes on a
 * booked day (with a new time, or without one), `restored` when an annulment was taken back, `called` to somebody who would not
 * hear the call, `offer` of a freed time to somebody of the wait list, `phone-changed` to the number a person had before,
 * `code` to sign in. Of the examination: `m-01` invites to come in person (PX-34, PX-36), `m-02` that this did not take place (PX-37),
 * `m-03` that a conclusion is made (PX-38), `m-04` calls for a control re-examination (PX-41). Of the register of experts: `register-refused-papers`
 * (RG-10) and `register-refused` (RG-16) with their reasons, `register-test` and `register-retake` with the last day, `register-contract`,
 * `register-entered`, `register-excluded`, and `register-review` that a human has looked at a refusal. `expert-digest` tells an expert what is new on the desk
 * (PX-25).
 * Of field sessions (FF-03): `field-on` to somebody put on one, `field-moved` and `field-cancelled` when it moves or falls away, and
 * `place-answered` when a request for an examination outside the department is answered.
 */
export const MESSAGE_TEMPLATES = [
  'sms-1',
  'sms-2',
  'sms-3',
  'sms-4',
  'moved',
  'rebook',
  'restored',
  'called',
  'offer',
  'phone-changed',
  'm-01',
  'm-02',
  'm-03',
  'm-04',
  'register-refused-papers',
  'register-refused',
  'register-test',
  'register-retake',
  'register-contract',
  'register-entered',
  'register-excluded',
  'register-review',
  'field-on',
  'field-moved',
  'field-cancelled',
  'place-answered',
  'expert-digest',
  'code',
] as const;
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
  moved: null,
  rebook: 48 * 60,
  restored: 12 * 60,
  called: 15,
  // Its own end is that of the offer.
  offer: null,
  'phone-changed': 24 * 60,
  // Its end is that of the invitation.
  'm-01': null,
  'm-02': 48 * 60,
  'm-03': 48 * 60,
  'm-04': null,
  'register-refused-papers': 48 * 60,
  'register-refused': 48 * 60,
  'register-test': 48 * 60,
  'register-retake': 48 * 60,
  'register-contract': 24 * 60,
  'register-entered': 48 * 60,
  'register-excluded': 48 * 60,
  'register-review': 48 * 60,
  // Their end is the session.
  'field-on': null,
  'field-moved': null,
  'field-cancelled': 48 * 60,
  'place-answered': 48 * 60,
  'expert-digest': 12 * 60,
  code: 5,
};
