import type {
  FinishInput,
  FinishOutput,
  RenewInput,
  RenewOutput,
  StartCorrectionInput,
  StartCorrectionOutput,
  ProtocolInput,
  StartMonthSigningInput,
  StartSigningOutput,
} from '@mse/contracts/journals';
import type { Executor } from '@mse/db';
import {
  type JournalDraft,
  journalDrafts,
  journalSignatures,
  militaryTasks,
  protocolCorrections,
  protocolRows,
  protocols,
} from '@mse/db/schema';
import {
  correctionText,
  dayText,
  decideCorrection,
  isMonthOver,
  type JournalLanguage,
  monthText,
  type SignerRole,
} from '@mse/domain/journals';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { openSigning } from '../signing/open-signing.ts';
import { takeSignature } from '../signing/take-signature.ts';
import { ownProtocol } from './get-protocol.ts';
import { journalOf } from './journal-caller.ts';
import {
  daySubject,
  inMonth,
  type LoadedProtocol,
  loadProtocols,
  monthHash,
  monthSubject,
  signaturesOf,
} from './load-protocols.ts';
import { keepMilitaryList, militaryText, openMilitaryTasks } from './military.ts';
import { signedPlace } from './place-names.ts';
import { signersOf, signingState } from './signers.ts';

/** JR-03: begins a correction: it is judged, and the text of it waits for the head's signature. */
export async function startCorrection(
  call: CallContext,
  input: z.output<typeof StartCorrectionInput>,
): Promise<z.input<typeof StartCorrectionOutput>> {
  const { protocol, row } = await rowOf(call, input.rowId);
  const judged = decideCorrection(protocol.protocol.journal, row.cells, input);
  if (!judged.ok) return judged;
  return { ok: true, ...(await open(call, { kind: 'correction', rowId: row.id, ...judged.value })) };
}

/** JR-01: the protocol of a day as it reads now waits for a signature. */
export async function startDaySigning(
  call: CallContext,
  { protocolId }: z.output<typeof ProtocolInput>,
): Promise<z.input<typeof StartSigningOutput>> {
  const protocol = await ownProtocol(call, protocolId);
  const { signedBy, role } = await callersPlace(call.deps.db, call, protocol);
  if (signedBy.includes(signedIn(call).personId)) return { ok: false, refusal: 'already-signed' };
  if (role === null) return { ok: false, refusal: 'not-a-signer' };
  return { ok: true, ...(await open(call, { kind: 'day', protocolId, hash: protocol.hash })) };
}

/** JR-01: the place in which the caller signs a protocol, by their post and the conclusions of the day. */
async function callersPlace(executor: Executor, call: CallContext, protocol: LoadedProtocol) {
  const asked = (await signersOf(executor, protocol.protocol, [protocol], call.at)).get(protocol.protocol.id);
  return signingState(executor, protocol, asked ?? [], signedIn(call).personId);
}

/** JR-02: the journal of a month that is over waits for a signature. */
export async function startMonthSigning(
  call: CallContext,
  { month, region }: z.output<typeof StartMonthSigningInput>,
): Promise<z.input<typeof StartSigningOutput>> {
  const { deps, at } = call;
  const { place } = journalOf(call, region);
  const days = await loadProtocols(deps.db, inMonth(place, month));
  if (days.length === 0) return { ok: false, refusal: 'nothing-to-sign' };
  if (!isMonthOver(month, toBusinessDate(at))) return { ok: false, refusal: 'month-not-over' };
  const hash = monthHash(days);
  if (await isSigned(call, monthSubject(place, month), hash)) return { ok: false, refusal: 'already-signed' };
  return { ok: true, ...(await open(call, { kind: 'month', ...place, month, hash })) };
}

/** PX-55: a list of everybody the military body has not been told of waits for the head's signature. */
export async function startMilitaryList(call: CallContext): Promise<z.input<typeof StartSigningOutput>> {
  const { place } = journalOf(call, null);
  if (place.departmentId === null) throw notFound();
  const tasks = await openMilitaryTasks(call.deps.db, place.departmentId);
  if (tasks.length === 0) return { ok: false, refusal: 'nothing-to-sign' };
  return {
    ok: true,
    ...(await open(call, {
      kind: 'military',
      departmentId: place.departmentId,
      taskIds: tasks.map(({ id }) => id),
    })),
  };
}

/** A fresh text with a new number for the same thing, as it reads now. */
export async function renewSigning(
  call: CallContext,
  { signingId }: z.output<typeof RenewInput>,
): Promise<z.input<typeof RenewOutput>> {
  const draft = await ownDraft(call, signingId);
  const fresh = await open(call, await asItReadsNow(call, draft));
  await call.deps.db.delete(journalDrafts).where(eq(journalDrafts.signingId, signingId));
  return fresh;
}

/** A day, a month or a list is signed as it is; a correction stays what was typed. */
async function asItReadsNow(call: CallContext, draft: JournalDraft): Promise<JournalDraft> {
  const { db } = call.deps;
  switch (draft.kind) {
    case 'correction':
      return draft;
    case 'day':
      return { ...draft, hash: (await ownProtocol(call, draft.protocolId)).hash };
    case 'month':
      return { ...draft, hash: monthHash(await loadProtocols(db, inMonth(draft, draft.month))) };
    case 'military': {
      const open = await openMilitaryTasks(db, draft.departmentId);
      return open.length === 0 ? draft : { ...draft, taskIds: open.map(({ id }) => id) };
    }
  }
}

/**
 * JR-01…JR-03, PX-55: takes the signature and makes what it was for, with its audit row, in one transaction. When what was signed has
 * changed meanwhile (a correction, a new row) nothing is made.
 */
export async function finishSigning(
  call: CallContext,
  { signingId, cms }: z.output<typeof FinishInput>,
): Promise<z.input<typeof FinishOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const draft = await ownDraft(call, signingId);
  return deps.db.transaction(async (tx) => {
    if (!(await stillHolds(tx, call, draft))) return { ok: false, refusal: 'changed-meanwhile' };
    const taken = await takeSignature(
      deps,
      tx,
      { signingId, cms, personId: caller.personId, subject: subjectOf(draft) },
      at,
    );
    if (!taken.ok) return taken;
    await make(tx, call, draft, taken.value);
    await tx.delete(journalDrafts).where(eq(journalDrafts.signingId, signingId));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('journals.finish', caller),
      action: 'journals.finish',
      outcome: 'done',
      personId: null,
      subject: subjectOf(draft),
      requestId: call.requestId,
      detail: { kind: draft.kind, ...(draft.kind === 'correction' ? { column: draft.column } : {}) },
    });
    return { ok: true, back: await backAddress(tx, draft) };
  });
}

interface Taken {
  text: string;
  signature: Buffer;
  signerSerial: string;
}

async function make(tx: Executor, call: CallContext, draft: JournalDraft, taken: Taken): Promise<void> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const { text, signature, signerSerial } = taken;
  const signed = { text, signature, signerSerial };
  const id = deps.random.id(at);
  switch (draft.kind) {
    case 'correction': {
      const { rowId, column, kk, ru, reason } = draft;
      await tx
        .insert(protocolCorrections)
        .values({ id, rowId, column, kk, ru, reason, madeBy: caller.personId, madeAt: at, ...signed });
      return;
    }
    case 'day':
    case 'month':
      await tx
        .insert(journalSignatures)
        .values({
          id,
          subject: subjectOf(draft),
          contentHash: draft.hash,
          signedBy: caller.personId,
          role: draft.kind === 'month' ? 'department-head' : await roleIn(tx, call, draft.protocolId),
          ...signed,
          signedAt: at,
        })
        .onConflictDoNothing();
      return;
    case 'military':
      await keepMilitaryList(tx, call, { id, ...draft, ...signed });
      return;
  }
}

/** The place a signature under a day belongs to; `stillHolds` has seen that there is one. */
async function roleIn(tx: Executor, call: CallContext, protocolId: string): Promise<SignerRole> {
  const [protocol] = await loadProtocols(tx, eq(protocols.id, protocolId));
  const role = protocol && (await callersPlace(tx, call, protocol)).role;
  if (!role) throw new Error('A protocol is signed by somebody who has no place under it');
  return role;
}

/** Whether what the signature is about reads as it did when its text was made. */
async function stillHolds(tx: Executor, call: CallContext, draft: JournalDraft): Promise<boolean> {
  switch (draft.kind) {
    case 'correction': {
      const { protocol, row } = await rowOf(call, draft.rowId);
      return decideCorrection(protocol.protocol.journal, row.cells, draft).ok;
    }
    case 'day': {
      const [now] = await loadProtocols(tx, eq(protocols.id, draft.protocolId));
      // The post may have been lost while the text waited, and a second signature of the same person is none.
      return now?.hash === draft.hash && (await callersPlace(tx, call, now)).role !== null;
    }
    case 'month':
      return monthHash(await loadProtocols(tx, inMonth(draft, draft.month))) === draft.hash;
    case 'military': {
      const open = await tx
        .select({ id: militaryTasks.id })
        .from(militaryTasks)
        .where(and(inArray(militaryTasks.id, draft.taskIds), isNull(militaryTasks.listId)))
        .for('update');
      return open.length === draft.taskIds.length;
    }
  }
}

async function open(call: CallContext, draft: JournalDraft): Promise<{ signingId: string }> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const text = await textOf(call, draft);
  return deps.db.transaction(async (tx) => {
    const { signingId } = await openSigning(
      deps,
      tx,
      { personId, purpose: 'document', subject: subjectOf(draft), text },
      at,
    );
    await tx.insert(journalDrafts).values({ signingId, personId, draft, createdAt: at });
    return { signingId };
  });
}

async function ownDraft(call: CallContext, signingId: string): Promise<JournalDraft> {
  const [row] = await call.deps.db
    .select()
    .from(journalDrafts)
    .where(and(eq(journalDrafts.signingId, signingId), eq(journalDrafts.personId, signedIn(call).personId)));
  if (!row) throw notFound();
  return row.draft;
}

async function rowOf(
  call: CallContext,
  rowId: string,
): Promise<{ protocol: LoadedProtocol; row: LoadedProtocol['rows'][number] }> {
  const [known] = await call.deps.db
    .select({ protocolId: protocolRows.protocolId })
    .from(protocolRows)
    .where(eq(protocolRows.id, rowId));
  if (!known) throw notFound();
  const protocol = await ownProtocol(call, known.protocolId);
  const row = protocol.rows.find((each) => each.id === rowId);
  if (!row) throw notFound();
  return { protocol, row };
}

async function isSigned(call: CallContext, subject: string, hash: string): Promise<boolean> {
  const { personId } = signedIn(call);
  const signatures = await signaturesOf(call.deps.db, subject, hash);
  return signatures.some((each) => each.current && each.personId === personId);
}

function subjectOf(draft: JournalDraft): string {
  switch (draft.kind) {
    case 'correction':
      return `protocol-row:${draft.rowId}`;
    case 'day':
      return daySubject(draft.protocolId);
    case 'month':
      return monthSubject(draft, draft.month);
    case 'military':
      return `military-list:${draft.departmentId}`;
  }
}

/** What is signed, in Kazakh and Russian: the whole content of a correction, and of a day or a month its number, date and hash. */
async function textOf(call: CallContext, draft: JournalDraft): Promise<string> {
  const { deps } = call;
  switch (draft.kind) {
    case 'correction': {
      const { protocol, row } = await rowOf(call, draft.rowId);
      const was = (language: JournalLanguage) => row.cells[language][draft.column - 1] ?? '';
      return correctionText({
        place: await signedPlace(deps, protocol.protocol),
        number: protocol.protocol.number,
        day: protocol.protocol.day,
        row: row.place,
        column: draft.column,
        was: { kk: was('kk'), ru: was('ru') },
        becomes: { kk: draft.kk, ru: draft.ru },
        reason: draft.reason,
      });
    }
    case 'day': {
      const { protocol, rows } = await ownProtocol(call, draft.protocolId);
      return dayText({
        place: await signedPlace(deps, protocol),
        number: protocol.number,
        day: protocol.day,
        rows: rows.length,
        hash: draft.hash,
      });
    }
    case 'month': {
      const days = await loadProtocols(deps.db, inMonth(draft, draft.month));
      return monthText({
        place: await signedPlace(deps, draft),
        month: draft.month,
        protocols: days.length,
        hash: draft.hash,
      });
    }
    case 'military':
      return militaryText(deps, draft.departmentId, draft.taskIds);
  }
}

/** The page that shows what was signed. */
async function backAddress(tx: Executor, draft: JournalDraft): Promise<string> {
  switch (draft.kind) {
    case 'correction': {
      const [row] = await tx
        .select({ protocolId: protocolRows.protocolId })
        .from(protocolRows)
        .where(eq(protocolRows.id, draft.rowId));
      return `/journals/${row?.protocolId ?? ''}`;
    }
    case 'day':
      return `/journals/${draft.protocolId}`;
    case 'month':
      return `/journals?month=${draft.month}&region=${draft.regionCode}`;
    case 'military':
      return '/journals/military';
  }
}
