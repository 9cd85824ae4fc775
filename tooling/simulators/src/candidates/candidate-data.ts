/** What the simulated systems know of candidates for the register of experts. */
import { z } from 'zod';

const Iin = z.string().regex(/^\d{12}$/);
const PlainDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Systems that know something of a candidate, and the service by which the person lets them be asked (КДП). */
export const candidateSystems = [
  'education',
  'labour-contracts',
  'specialist-certificates',
  'medical-training',
  'psychiatry',
  'narcology',
  'criminal-record',
] as const;
export type CandidateSystem = (typeof candidateSystems)[number];

export const Candidate = z.strictObject({
  iin: Iin,
  /** What the person answers to the question on their phone. */
  consent: z.enum(['granted', 'waiting', 'declined']).default('granted'),
  education: z
    .array(
      z.strictObject({
        number: z.string(),
        specialty: z.string(),
        institution: z.string(),
        issuedOn: PlainDate,
        foreign: z.boolean(),
        recognised: z.boolean(),
      }),
    )
    .optional(),
  'labour-contracts': z
    .array(
      z.strictObject({
        organization: z.string(),
        position: z.string(),
        from: PlainDate,
        until: PlainDate.nullable(),
        examination: z.boolean(),
      }),
    )
    .optional(),
  'specialist-certificates': z
    .array(
      z.strictObject({
        number: z.string(),
        specialty: z.string(),
        issuedOn: PlainDate,
        validUntil: PlainDate.nullable(),
      }),
    )
    .optional(),
  'medical-training': z
    .array(
      z.strictObject({
        title: z.string(),
        organization: z.string(),
        hours: z.number(),
        completedOn: PlainDate,
        examination: z.boolean(),
      }),
    )
    .optional(),
  psychiatry: z.strictObject({ registered: z.boolean() }).optional(),
  narcology: z.strictObject({ registered: z.boolean() }).optional(),
  'criminal-record': z.strictObject({ convicted: z.boolean() }).optional(),
});
export type Candidate = z.input<typeof Candidate>;

/** The whole content; the JSON file that main.ts loads has this shape. */
export const CandidateList = z.array(Candidate);

export const LifeEvent = z.strictObject({
  iin: Iin,
  kind: z.enum(['death', 'left-country', 'incapable']),
  on: PlainDate,
});
export const SickList = z.strictObject({
  iin: Iin,
  number: z.string(),
  from: PlainDate,
  until: PlainDate.nullable(),
});
