import { CORRECTION_REFUSALS, JOURNALS, SIGNER_ROLES } from '@mse/domain/journals';
import { SIGNING_REFUSALS } from '@mse/domain/signing';
import { z } from 'zod';
import { Day, Id, Instant, refused, Trilingual } from './common.ts';
import { SignedInput } from './signing.ts';

/** `YYYY-MM`. */
export const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, { error: 'date' });
export const JournalName = z.enum(JOURNALS, { error: 'choice' });
/** Two digits; the methodology and control department keeps one journal per region, a department only its own. */
export const Region = z.string().regex(/^\d{2}$/, { error: 'choice' });

/** Without a month the present one is meant. */
export const MonthInput = z.strictObject({
  month: Month.nullable().default(null),
  region: Region.nullable().default(null),
});
const Signature = z.object({
  name: z.string(),
  role: z.enum(SIGNER_ROLES),
  at: Instant,
});
export const ProtocolLine = z.object({
  id: z.uuid(),
  number: z.int(),
  day: Day,
  rows: z.int(),
  corrections: z.int(),
  /** Signed by everybody who must, as it reads now. */
  signed: z.boolean(),
  /** Signatures that are still missing. */
  missing: z.int(),
  /** The caller's is among them. */
  waitsForMe: z.boolean(),
});
export const MonthOutput = z.object({
  journal: JournalName,
  month: Month,
  /** Null for the department of the caller; else the regions there are to choose from. */
  regions: z.array(z.object({ code: Region, name: Trilingual })).nullable(),
  region: Region,
  place: Trilingual,
  protocols: z.array(ProtocolLine),
  /** JR-02: over the whole month; null for a month without protocols. */
  hash: z.string().nullable(),
  monthOver: z.boolean(),
  signatures: z.array(Signature),
  signed: z.boolean(),
  maySign: z.boolean(),
});

const Cells = z.object({ kk: z.array(z.string()), ru: z.array(z.string()) });
export const ProtocolInput = z.strictObject({ protocolId: Id });
export const ProtocolOutput = z.object({
  id: z.uuid(),
  journal: JournalName,
  number: z.int(),
  day: Day,
  place: Trilingual,
  rows: z.array(
    z.object({
      id: z.uuid(),
      place: z.int(),
      /** As they read now. */
      cells: Cells,
      corrected: z.array(z.int()),
      corrections: z.array(
        z.object({
          column: z.int(),
          kk: z.string(),
          ru: z.string(),
          reason: z.string(),
          name: z.string(),
          at: Instant,
        }),
      ),
    }),
  ),
  hash: z.string(),
  /** JR-01: every place of a signature; `at` is null while it is missing, the name while nobody holds the post. */
  places: z.array(Signature.extend({ name: z.string().nullable(), at: Instant.nullable() })),
  /** All places are filled. */
  signed: z.boolean(),
  /** The caller's signature is asked for and missing. */
  maySign: z.boolean(),
  /** JR-03. */
  mayCorrect: z.boolean(),
});

export const StartCorrectionInput = z.strictObject({
  rowId: Id,
  column: z.coerce.number({ error: 'choice' }).int(),
  kk: z.string().max(5000, { error: 'too-long' }),
  ru: z.string().max(5000, { error: 'too-long' }),
  reason: z.string().max(2000, { error: 'too-long' }),
});
export const StartCorrectionOutput = z.union([
  z.object({ ok: z.literal(true), signingId: z.uuid() }),
  refused(CORRECTION_REFUSALS),
]);

export const StartMonthSigningInput = MonthInput.extend({ month: Month });
export const SIGN_JOURNAL_REFUSALS = [
  'nothing-to-sign',
  'month-not-over',
  'already-signed',
  'not-a-signer',
] as const;
export const StartSigningOutput = z.union([
  z.object({ ok: z.literal(true), signingId: z.uuid() }),
  refused(SIGN_JOURNAL_REFUSALS),
]);

export const RenewInput = z.strictObject({ signingId: Id });
export const RenewOutput = z.object({ signingId: z.uuid() });
export const FINISH_REFUSALS = [...SIGNING_REFUSALS, 'changed-meanwhile'] as const;
/** `back`: the page of the admin app that shows what was signed. */
export const FinishOutput = z.union([
  z.object({ ok: z.literal(true), back: z.string() }),
  refused(FINISH_REFUSALS),
]);
export const FinishInput = SignedInput;

/** PX-55: persons a military body must be told of by a signed list. */
export const MilitaryTasksOutput = z.object({
  tasks: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      birthDate: Day,
      actNo: z.string(),
      dueOn: Day,
      overdue: z.boolean(),
      district: Trilingual.nullable(),
    }),
  ),
  lists: z.array(z.object({ id: z.uuid(), signedAt: Instant, name: z.string(), people: z.int() })),
  maySign: z.boolean(),
});
