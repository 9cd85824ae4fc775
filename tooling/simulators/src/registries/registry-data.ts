/** What the simulated state registries know. */
import { z } from 'zod';

const Iin = z.string().regex(/^\d{12}$/);
const PlainDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const RegistryPerson = z.strictObject({
  iin: Iin,
  surname: z.string(),
  name: z.string(),
  patronymic: z.string().nullable(),
  birthDate: PlainDate,
  sex: z.enum(['female', 'male']),
  status: z.enum(['alive', 'dead', 'emigrated']),
  legalCapacity: z.enum(['capable', 'limited', 'incapable']),
  permanentRegistration: z.strictObject({ unitCode: z.string(), kk: z.string(), ru: z.string() }).nullable(),
});
export type RegistryPerson = z.infer<typeof RegistryPerson>;

export const RegistryPhone = z.strictObject({ iin: Iin, phone: z.string().regex(/^\+7\d{10}$/) });
export type RegistryPhone = z.infer<typeof RegistryPhone>;

export const RegistryAttachment = z.strictObject({
  iin: Iin,
  organizationBin: z
    .string()
    .regex(/^\d{12}$/)
    .nullable(),
  attachedOn: PlainDate.nullable(),
});
export type RegistryAttachment = z.infer<typeof RegistryAttachment>;

export const RegistryGuardianship = z.strictObject({
  guardianIin: Iin,
  wardIin: Iin,
  basis: z.enum(['parent', 'guardian', 'trustee']),
  validFrom: PlainDate,
  validUntil: PlainDate.nullable(),
});
export type RegistryGuardianship = z.infer<typeof RegistryGuardianship>;

/** An SMS of consent, as the consent service keeps it. */
export const RegistryConsent = z.strictObject({
  messageId: z.string().min(1).max(100),
  patientIin: Iin,
  responder: z.string().regex(/^\+7\d{10}$/),
});
export type RegistryConsent = z.infer<typeof RegistryConsent>;

/** Questionnaires of one person in the system of technical means: the defects they are filled for. */
export const RegistryQuestionnaires = z.strictObject({ iin: Iin, defects: z.array(z.string()) });
export type RegistryQuestionnaires = z.infer<typeof RegistryQuestionnaires>;

/** A file of the electronic document store; the content is base64. */
export const StoredFile = z.strictObject({
  fileId: z.string().min(1).max(100),
  content: z.base64(),
  /** What the store says of the hash when it is not the content's own. */
  sha256: z.string().optional(),
});
export type StoredFile = z.infer<typeof StoredFile>;

/** The whole content; the JSON file that main.ts loads has this shape. */
export const RegistryData = z.strictObject({
  people: z.array(RegistryPerson),
  phones: z.array(RegistryPhone),
  attachments: z.array(RegistryAttachment),
  guardianships: z.array(RegistryGuardianship),
  consents: z.array(RegistryConsent).optional(),
  questionnaires: z.array(RegistryQuestionnaires).optional(),
  files: z.array(StoredFile).optional(),
});
export type RegistryData = z.infer<typeof RegistryData>;

/** A change of the content while the simulator runs. Every part is optional. */
export const RegistryChange = z.strictObject({
  /** Merges into the person with that ИИН; a new person needs all fields. */
  person: RegistryPerson.partial().extend({ iin: Iin }).optional(),
  /** Null takes the phone away. */
  phone: z.strictObject({ iin: Iin, phone: RegistryPhone.shape.phone.nullable() }).optional(),
  /** Null takes the attachment away. */
  attachment: RegistryAttachment.partial({ attachedOn: true }).optional(),
  addGuardianship: RegistryGuardianship.optional(),
  consent: RegistryConsent.optional(),
  removeConsent: z.strictObject({ messageId: z.string() }).optional(),
  questionnaires: RegistryQuestionnaires.optional(),
  file: StoredFile.optional(),
  removeFile: z.strictObject({ fileId: z.string() }).optional(),
  removeGuardianship: z.strictObject({ guardianIin: Iin, wardIin: Iin }).optional(),
});
export type RegistryChange = z.infer<typeof RegistryChange>;

export const emptyRegistryData: RegistryData = { people: [], phones: [], attachments: [], guardianships: [] };
