import { CASE_HEADLINES, CASE_STAGES, CASE_TURNS } from '@mse/domain/cabinet';
import {
  BENEFITS,
  DOCUMENT_KINDS,
  DOCUMENT_STATES,
  EXECUTED_PARTS,
  EXECUTION_STATES,
} from '@mse/domain/documents';
import { ERROR_CODES } from '@mse/domain/intake';
import { z } from 'zod';
import { Day, Id, Instant, refused, RequestKey, Trilingual } from './common.ts';
import { TicketCode } from './queue.ts';

/** C18: a remote case as the person follows it. `id` is the form's, or that of the message while no form was made of it. */
export const CaseLine = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  personName: z.string(),
  self: z.boolean(),
  /** Number of the form 031/у and who sent it. */
  formNumber: z.string(),
  organization: z.string(),
  headline: z.enum(CASE_HEADLINES),
  turn: z.enum(CASE_TURNS),
  until: Instant.nullable(),
  /** Newest first is sorted by this. */
  receivedAt: Instant,
});
export const CasesOutput = z.object({ cases: z.array(CaseLine) });

export const CaseInput = z.strictObject({ id: Id });
export const CaseOutput = CaseLine.extend({
  stages: z.array(
    z.object({
      stage: z.enum(CASE_STAGES),
      state: z.enum(['done', 'now', 'ahead']),
      at: Instant.nullable(),
    }),
  ),
  /** A returned form: every reason, so that the clinic can be told what to mend. */
  reasons: z.array(z.object({ code: z.enum(ERROR_CODES), detail: z.string().nullable() })),
  /** PX-34: where and when to come. */
  invitation: z
    .object({
      number: z.int(),
      address: Trilingual,
      phone: z.string(),
      from: z.string(),
      until: z.string(),
    })
    .nullable(),
  /** How many documents the conclusion has; what they are needs a signature. */
  documents: z.int(),
});

/** C19 before the signature: that there are documents, and whether any was not opened yet. */
export const DocumentsOverviewOutput = z.object({
  people: z.array(
    z.object({
      personId: z.uuid(),
      personName: z.string(),
      self: z.boolean(),
      count: z.int(),
      unopened: z.int(),
      newest: Day.nullable(),
    }),
  ),
});

export const DocumentLine = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(DOCUMENT_KINDS),
  number: z.string(),
  issuedOn: Day,
  validUntil: Day.nullable(),
  state: z.enum(DOCUMENT_STATES),
  opened: z.boolean(),
  /** Files there are, with their size in bytes; empty while they are being made. */
  files: z.array(z.object({ language: z.enum(['kk', 'ru']), bytes: z.int(), sha256: z.string() })),
});
export const DocumentsOutput = z.object({
  people: z.array(
    z.object({
      personId: z.uuid(),
      personName: z.string(),
      self: z.boolean(),
      documents: z.array(DocumentLine),
      /** PX-57: what may be applied for on a first disability. */
      benefits: z
        .object({
          conclusionId: z.uuid(),
          offered: z.array(
            z.object({ benefit: z.enum(BENEFITS), fits: z.boolean(), chosenAt: Instant.nullable() }),
          ),
        })
        .nullable(),
    }),
  ),
});

const Row = z.object({ label: z.string(), value: z.string() });
export const DocumentInput = z.strictObject({ documentId: Id });
export const DocumentOutput = DocumentLine.extend({
  personName: z.string(),
  self: z.boolean(),
  /** In the language of the call. */
  title: z.string(),
  issuer: z.array(z.string()),
  person: z.array(Row),
  content: z.array(Row),
  lists: z.array(z.object({ heading: z.string(), items: z.array(z.string()) })),
  checkLink: z.string(),
});

export const CheckDocumentInput = z.strictObject({ code: TicketCode });
/** C35: what anybody with the QR may learn. A code that does not exist reads as void. */
export const CheckDocumentOutput = z.object({
  state: z.enum(DOCUMENT_STATES),
  kind: z.enum(DOCUMENT_KINDS).nullable(),
  number: z.string().nullable(),
  issuedOn: Day.nullable(),
  validUntil: Day.nullable(),
  /** Hashes of the files, so that whoever holds a file can see that it is the one that was issued. */
  sha256: z.array(z.string()),
});

export const ChooseBenefitInput = z.strictObject({
  conclusionId: Id,
  benefit: z.enum(BENEFITS, { error: 'choice' }),
});
export const BENEFIT_REFUSALS = ['not-offered'] as const;
export const ChooseBenefitOutput = z.union([
  z.object({ ok: z.literal(true), already: z.boolean() }),
  refused(BENEFIT_REFUSALS),
]);

/** PX-56: what a system reports of one measure of a programme it carries out. */
export const ExecutionReport = z.strictObject({
  messageId: z.string().min(1).max(100),
  actNo: z.string().max(40),
  measure: z.string().trim().min(1).max(2000),
  state: z.enum(EXECUTION_STATES),
  on: Day.nullable().default(null),
  note: z.string().max(2000).default(''),
});

const ActNo = z
  .string({ error: 'required' })
  .trim()
  .min(1, { error: 'required' })
  .max(40, { error: 'too-long' });
export const ExecutionsInput = z.strictObject({ actNo: ActNo });
/** The programme of a conclusion and what was reported of it; null when the department has no such act with a programme. */
export const ExecutionsOutput = z.object({
  programme: z
    .object({
      actNo: z.string(),
      personName: z.string(),
      social: z.array(z.string()),
      vocational: z.array(z.string()),
      reported: z.array(
        z.object({
          id: z.uuid(),
          part: z.enum(EXECUTED_PARTS),
          measure: z.string(),
          state: z.enum(EXECUTION_STATES),
          on: Day.nullable(),
          note: z.string(),
          at: Instant,
        }),
      ),
    })
    .nullable(),
});
export const RecordExecutionInput = z.strictObject({
  actNo: ActNo,
  requestKey: RequestKey,
  measure: z
    .string({ error: 'required' })
    .trim()
    .min(1, { error: 'required' })
    .max(2000, { error: 'too-long' }),
  state: z.enum(EXECUTION_STATES, { error: 'choice' }),
  note: z.string().max(2000, { error: 'too-long' }).default(''),
});
export const RecordExecutionOutput = z.object({ ok: z.literal(true) });
