import { ITEM_KINDS, SUSPICIONS } from '@mse/domain/dossiers';
import { z } from 'zod';

const PIXELS = 4000;
/** A rectangle to be blacked out, in pixels of the page. */
export const DossierBox = z.strictObject({
  x: z.int().min(0).max(PIXELS),
  y: z.int().min(0).max(PIXELS),
  width: z.int().min(1).max(PIXELS),
  height: z.int().min(1).max(PIXELS),
});

const HeldItem = z.strictObject({
  id: z.uuid(),
  kind: z.enum(ITEM_KINDS),
  /** Section: its name. Page: a code of an examination, or `other`. */
  name: z.string(),
  fileNo: z.int().nullable(),
  pageNo: z.int().nullable(),
  causes: z.array(z.enum(SUSPICIONS)),
  madeAt: z.iso.datetime(),
  /** How often experts said that they can see who it is. */
  incidents: z.int(),
});

/** Items that wait for a person, oldest first; those of which experts spoke come first. */
export const HeldItemsOutput = z.strictObject({ total: z.int(), items: z.array(HeldItem) });

export const HeldItemInput = z.strictObject({ id: z.uuid() });
export const HeldItemOutput = HeldItem.extend({
  version: z.int(),
  text: z.string(),
  /** Section: as the clinic wrote it. */
  original: z.string().nullable(),
  page: z
    .strictObject({ width: z.int(), height: z.int(), boxes: z.array(DossierBox), hasOriginal: z.boolean() })
    .nullable(),
});

/** `sure`: the person has read that something known may still stand there, and says it does not; a certain name or number stays refused. */
export const ReleaseItemInput = z.strictObject({
  id: z.uuid(),
  version: z.int(),
  text: z.string().max(60_000),
  boxes: z.array(DossierBox).max(400),
  sure: z.boolean().default(false),
});
const refusal = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.strictObject({ ok: z.literal(false), refusal: z.enum(words) });
export const ReleaseItemOutput = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({
    ok: z.literal(false),
    refusal: z.enum([
      'not-held',
      'changed',
      'still-identity',
      'known-identity',
      'unread-again',
      'no-picture',
      'outside',
    ]),
    /** Where on the page the identity stands that was read there. */
    found: z.array(DossierBox).optional(),
  }),
]);

export const MarkUnreadableInput = z.strictObject({ id: z.uuid(), version: z.int() });
export const MarkUnreadableOutput = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  refusal(['not-held', 'changed']),
]);
