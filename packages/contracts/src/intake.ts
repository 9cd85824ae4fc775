import {
  DYSFUNCTION_DEGREES,
  ERROR_CODES,
  EXAMINATION_PURPOSES,
  PREVIOUS_GROUPS,
  REHABILITATION_POTENTIALS,
  TRACKS,
  TREATMENT_SETTINGS,
} from '@mse/domain/intake';
import { z } from 'zod';

const text = (max: number) => z.string().max(max);

export const Form031Person = z.object({
  iin: text(40).optional().describe('Individual identification number (ИИН), twelve digits'),
  surname: text(100).optional(),
  name: text(100).optional(),
  patronymic: text(100).nullish(),
  phone: text(40).optional().describe('Mobile number registered in the base of mobile citizens'),
});

const day = text(40).optional().describe('YYYY-MM-DD');
const words = (max: number) => text(max).optional();

/** IN-05: a specialist's consultation. */
export const Form031Consultation = z.object({
  specialist: words(200).describe('Speciality of the doctor'),
  heldOn: day,
  complaints: words(20_000),
  objective: words(20_000).describe('Objective data'),
  dysfunction: z.enum(DYSFUNCTION_DEGREES).optional().describe('Degree of the functional disorder'),
  diagnosis: words(4000),
  recommendations: words(20_000),
});
const Result = z.object({ name: words(300), takenOn: day, result: words(20_000) });
export const Form031TreatedCase = z.object({
  setting: z.enum(TREATMENT_SETTINGS).optional(),
  from: day,
  until: day,
  diagnosis: words(4000),
  treatment: words(20_000),
  dynamics: words(20_000),
});
/** IN-11: a file, named by its identifier in the electronic document store. */
export const Form031Attachment = z.object({
  storeId: words(100).describe('Identifier in the electronic document store (ХЭД)'),
  kind: words(60).describe('Code of a mandatory examination, or `other`'),
  mediaType: z.enum(['application/pdf', 'image/png', 'image/jpeg']).optional(),
  sha256: words(64).describe('SHA-256 of the file, hexadecimal'),
});

/** Rows of the remote proactive track (IN-05). */
const remoteRows = {
  consultations: z.array(Form031Consultation).max(60).optional(),
  laboratory: z.array(Result).max(200).optional(),
  functional: z.array(Result).max(100).optional(),
  xRay: z.array(Result).max(100).optional(),
  treatedCases: z.array(Form031TreatedCase).max(60).optional(),
  complications: words(20_000),
  summary: words(20_000).describe('Summary of laboratory tests and consultations'),
  rehabilitation: z
    .object({
      potential: z.enum(REHABILITATION_POTENTIALS).optional(),
      diagnosis: words(4000),
      route: words(20_000),
    })
    .optional(),
  activeVisits: z
    .array(z.object({ visitedOn: day, result: words(20_000) }))
    .max(60)
    .optional(),
  technicalMeans: z
    .array(
      z.object({
        defect: words(300).describe('Defect, as the questionnaire of the system of technical means names it'),
        means: words(1000),
      }),
    )
    .max(60)
    .optional()
    .describe('Item 25.1: recommendations on technical means'),
  previousGroup: z
    .object({ group: z.enum(PREVIOUS_GROUPS).optional(), cause: words(300), until: day })
    .optional(),
  sickList: z.object({ number: words(60), from: day, until: day }).optional(),
  sickLeaveDays: z.int().min(0).max(5000).optional(),
  workplace: words(300),
  position: words(300),
  studyPlace: words(300),
  socialInsurance: z.boolean().optional().describe('Takes part in compulsory social insurance'),
  militaryDuty: z.boolean().optional().describe('Liable for military service, or a conscript'),
  surgicalAmputation: z.boolean().optional().describe('The limb was amputated by surgery'),
  diagnosisSet: z
    .boolean()
    .optional()
    .describe('The diagnosis is set with this referral; taken as true for a first examination'),
  attachments: z.array(Form031Attachment).max(40).optional(),
  consent: z
    .object({
      messageId: words(100).describe('Id of the SMS in the consent service'),
      responder: words(40).describe('Number the answer came from'),
      text: words(2000),
      givenAt: text(40).optional().describe('ISO 8601'),
    })
    .optional()
    .describe('SMS of consent of the patient or the representative'),
  sender: z
    .object({
      system: words(60).describe('Code of the medical information system: damu, zhetisu …'),
      sentOn: day.describe('Day the form went to the system of the Ministry of Health, YYYY-MM-DD'),
    })
    .optional(),
};

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
  ...remoteRows,
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
  service: z
    .literal('remote-proactive')
    .optional()
    .describe(
      'Sends the form for the remote proactive track whatever its own mark says; another mark is F010',
    ),
});
/** SN-02: an unsigned form, to learn what it lacks before the chair signs. */
export const Form031Draft = z.strictObject({
  document: z
    .string()
    .max(2_000_000)
    .describe('Base64 of the UTF-8 JSON bytes of Form031Document, not signed yet'),
  patientBirthDate: z
    .string()
    .max(10)
    .optional()
    .describe(
      'YYYY-MM-DD as the register of attached population has it; examinations and nosological forms depend on the age',
    ),
});
const Item = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
/** SN-02: what the form still lacks. The chair may sign when `ready` is true. */
export const Form031DraftAnswer = z.object({
  ready: z.boolean(),
  nosology: Item.extend({ code: z.string(), special: z.boolean() }).nullable(),
  /** Mandatory examinations of the nosological form, and whether a file of the form is one. */
  examinations: z.array(Item.extend({ code: z.string(), required: z.boolean(), present: z.boolean() })),
  /** Rows that are empty or cannot be taken. */
  rows: z.array(Item.extend({ row: z.string() })),
  /** Codes that are certain without a registry and without a signature. */
  reasons: z.array(Item.extend({ code: z.enum(ERROR_CODES), detail: z.string().nullable() })),
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
