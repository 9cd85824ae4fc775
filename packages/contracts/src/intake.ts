import { ERROR_CODES, EXAMINATION_PURPOSES, TRACKS } from '@mse/domain/intake';
import { z } from 'zod';

const text = (max: number) => z.string().max(max);

export const Form031Person = z.object({
  iin: text(40).optional().describe('Individual identification number (ИИН), twelve digits'),
  surname: text(100).optional(),
  name: text(100).optional(),
  patronymic: text(100).nullish(),
  phone: text(40).optional().describe('Mobile number registered in the base of mobile citizens'),
});

/** The content of form 031/у. Almost everything is optional here: what is missing is answered with its code, not with a 400. */
export const Form031Document = z.object({
  number: text(60).optional().describe('Number of the form in the medical information system'),
  formedOn: text(40).optional().describe('Date of the form, YYYY-MM-DD'),
  track: z.enum(TRACKS).describe('Way of examination'),
  purpose: z.enum(EXAMINATION_PURPOSES).optional(),
  patient: Form031Person,
  representative: Form031Person.optional(),
  organizationBin: text(40).optional(),
  organizationName: text(300).optional(),
  icd10: text(20).optional(),
  diagnosis: text(4000).optional(),
  complaints: text(20_000).optional(),
  anamnesis: text(20_000).optional(),
  objectiveStatus: text(20_000).optional(),
  treatment: text(20_000).optional(),
  recommendations: text(20_000).optional(),
});

/** One message: the exact bytes of the form and the chair's signature over them. */
export const Form031Message = z.strictObject({
  messageId: z
    .string()
    .min(1)
    .max(100)
    .describe('MismessageId of the sender; repeating a message with the same id and content is harmless'),
  document: z
    .string()
    .max(2_000_000)
    .default('')
    .describe('Base64 of the UTF-8 JSON bytes of Form031Document'),
  signature: z
    .string()
    .max(400_000)
    .default('')
    .describe(
      'Base64 of a detached CMS signature (ЭЦП of the chair of the medical commission) over the bytes of document',
    ),
});
export const Form031Batch = z.strictObject({ messages: z.array(Form031Message).min(1).max(100) });

export const ReturnReasonView = z.object({
  code: z.enum(ERROR_CODES),
  detail: z.string().nullable(),
  kk: z.string(),
  ru: z.string(),
  en: z.string(),
});
/** Where a message stands. `waiting`: a registry is silent, the checks go on by themselves. */
export const Form031Answer = z.object({
  messageId: z.string(),
  state: z.enum(['accepted', 'returned', 'waiting']),
  formId: z.uuid().nullable(),
  receivedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  reasons: z.array(ReturnReasonView),
});
export const Form031BatchAnswer = z.object({
  answers: z.array(z.union([Form031Answer, z.object({ messageId: z.string(), state: z.literal('failed') })])),
});
/** RFC 9457 problem, for what is wrong with the call itself. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
