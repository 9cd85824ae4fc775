import { z } from 'zod';
import { Instant, LanguageChoice, refused } from './common.ts';

/** EQ-16: the consent in force and whether this person has given it. */
export const ConsentCurrentOutput = z.object({
  version: z.string(),
  given: z.object({ version: z.string(), language: LanguageChoice, at: Instant }).nullable(),
});
export const GiveConsentInput = z.strictObject({ version: z.string().max(40), language: LanguageChoice });
export const GiveConsentOutput = z.union([z.object({ ok: z.literal(true) }), refused(['version-outdated'])]);
