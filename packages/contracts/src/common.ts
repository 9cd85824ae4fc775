import {
  isPlainDate,
  isPlainTime,
  LANGUAGES,
  parseIin,
  parseMobilePhone,
  type PlainDate,
  type PlainTime,
} from '@mse/domain/shared';
import { z } from 'zod';

/**
 * Error messages of a field are keys, not sentences: `errors:<key>` in packages/i18n has the words in three languages.
 * The same schema judges a form in the portal and the call in the API.
 */
export const FIELD_ERRORS = [
  'required',
  'iin-digits',
  'phone-mobile',
  'code-digits',
  'email',
  'date',
  'time',
  'choice',
  'too-long',
  'invalid',
] as const;
export type FieldError = (typeof FIELD_ERRORS)[number];

const key = (error: FieldError) => error;

export const Id = z.uuid({ error: key('invalid') });
export const RequestKey = z.uuid({ error: key('invalid') });
export const LanguageChoice = z.enum(LANGUAGES, { error: key('choice') });
export const Day = z
  .string({ error: key('required') })
  .refine(isPlainDate, { error: key('date') })
  .transform((text) => text as PlainDate);
export const StartTime = z
  .string({ error: key('required') })
  .refine(isPlainTime, { error: key('time') })
  .transform((text) => text as PlainTime);

/** ИИН as typed; spaces and dashes are forgiven. Gives the twelve digits. */
export const IinTyped = z
  .string({ error: key('required') })
  .trim()
  .min(1, { error: key('required') })
  .max(40, { error: key('too-long') })
  .transform((typed, context) => {
    const iin = parseIin(typed);
    if (!iin) {
      context.addIssue({ code: 'custom', message: key('iin-digits') });
      return z.NEVER;
    }
    return iin;
  });

/** Mobile number as typed, in any usual spelling. Gives `+77XXXXXXXXX`. */
export const PhoneTyped = z
  .string({ error: key('required') })
  .trim()
  .min(1, { error: key('required') })
  .max(40, { error: key('too-long') })
  .transform((typed, context) => {
    const phone = parseMobilePhone(typed);
    if (!phone) {
      context.addIssue({ code: 'custom', message: key('phone-mobile') });
      return z.NEVER;
    }
    return phone;
  });

/** Six digits with any spacing. */
export const CodeTyped = z
  .string({ error: key('required') })
  .trim()
  .min(1, { error: key('required') })
  .max(20, { error: key('too-long') })
  .transform((typed) => typed.normalize('NFKC').replace(/[\s-]/g, ''))
  .refine((typed) => /^\d{6}$/.test(typed), { error: key('code-digits') });

export const Trilingual = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
/** An instant as ISO 8601 text in UTC. */
export const Instant = z.iso.datetime();
export const TrustLevelName = z.enum(['sms', 'signature']);

/** What a refused call answers: a literal that has its words under `refusals:` in three languages. */
export function refused<const Literals extends readonly [string, ...string[]]>(literals: Literals) {
  return z.object({ ok: z.literal(false), refusal: z.enum(literals) });
}
