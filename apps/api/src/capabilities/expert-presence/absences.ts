import type {
  CancelAbsenceInput,
  CancelAbsenceOutput,
  MyAbsencesOutput,
  PreviewAbsenceInput,
  PreviewAbsenceOutput,
  ReportAbsenceInput,
  ReportAbsenceOutput,
} from '@mse/contracts/expert-presence';
import type { Executor } from '@mse/db';
import { expertAbsences, expertChanges, experts } from '@mse/db/schema';
import { decideAbsence } from '@mse/domain/experts';
import { addDays, type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { moveOpenCases } from '../examination/index.ts';
import { effectOnCases, findEntry, lockDealing, openPartsOf } from '../expert-register/index.ts';
import { auditStep } from '../expert-register/register-audit.ts';

/** The caller's row of the register; whoever is not in it has no absences to report. */
async function ownExpert(call: CallContext, executor: Executor) {
  const expert = await findEntry(executor, signedIn(call).personId);
  if (!expert) throw notFound();
  return expert;
}

function standing(executor: Executor, expertId: string) {
  return executor
    .select()
    .from(expertAbsences)
    .where(and(eq(expertAbsences.expertId, expertId), isNull(expertAbsences.cancelledAt)));
}

/** X07: the caller's absences, those to come first; none, and no code, for heads and specialists who sit on no panel. */
export async function myAbsences(call: CallContext): Promise<z.input<typeof MyAbsencesOutput>> {
  const { db } = call.deps;
  const today = toBusinessDate(call.at);
  const expert = await findEntry(db, signedIn(call).personId);
  if (!expert) return { today, code: null, openParts: 0, absences: [] };
  const [rows, openParts] = await Promise.all([
    db
      .select()
      .from(expertAbsences)
      .where(eq(expertAbsences.expertId, expert.id))
      .orderBy(desc(expertAbsences.from))
      .limit(100),
    openPartsOf(db, expert.id),
  ]);
  return {
    today,
    code: expert.code,
    openParts,
    absences: rows.map((row) => {
      const state = row.cancelledAt
        ? ('cancelled' as const)
        : row.until !== null && row.until < today
          ? ('over' as const)
          : row.from > today
            ? ('ahead' as const)
            : ('now' as const);
      return {
        id: row.id,
        kind: row.kind,
        from: row.from,
        until: row.until,
        state,
        mayCancel: (state === 'ahead' || state === 'now') && row.kind !== 'sick-leave',
      };
    }),
  };
}

/** X07: how many open cases an absence would move, before it is reported; one that begins later moves none today. */
export async function previewAbsence(
  call: CallContext,
  input: z.output<typeof PreviewAbsenceInput>,
): Promise<z.input<typeof PreviewAbsenceOutput>> {
  const { db } = call.deps;
  const today = toBusinessDate(call.at);
  const expert = await ownExpert(call, db);
  const decision = decideAbsence(input, await standing(db, expert.id), today, addDays);
  if (!decision.ok) return decision;
  return {
    ok: true,
    effect: input.from <= today ? await effectOnCases(db, expert.id, today) : { parts: 0, groups: [] },
  };
}

/**
 * X07, PX-17: reports an absence. One that begins today moves the open cases at once, when they are as many as were shown; one that begins later moves
 * what is open on its first day, by the timer of the examination. No case is dealt on the days of an absence.
 */
export async function reportAbsence(
  call: CallContext,
  { shownParts, ...input }: z.output<typeof ReportAbsenceInput>,
): Promise<z.input<typeof ReportAbsenceOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  const own = await ownExpert(call, deps.db);
  return deps.db.transaction(async (tx): Promise<z.input<typeof ReportAbsenceOutput>> => {
    await lockDealing(tx);
    // Two reports of one expert follow each other.
    const [expert] = await tx.select().from(experts).where(eq(experts.id, own.id)).for('no key update');
    if (!expert || expert.excludedOn) throw notFound();
    const decision = decideAbsence(input, await standing(tx, expert.id), today, addDays);
    if (!decision.ok) return decision;
    const now = input.from <= today;
    if (now && (await openPartsOf(tx, expert.id)) !== shownParts)
      return { ok: false, refusal: 'affected-changed' };
    const id = deps.random.id(at);
    await tx
      .insert(expertAbsences)
      .values({ id, expertId: expert.id, ...input, createdBy: personId, createdAt: at });
    const moved = now
      ? await moveOpenCases(deps, tx, { expertId: expert.id, cause: 'absence', actor: personId }, at)
      : { moved: 0, left: 0 };
    await tx.insert(expertChanges).values({
      expertId: expert.id,
      at,
      actor: personId,
      change: 'absent',
      before: null,
      after: { ...input, ...moved },
    });
    await auditStep(call, tx, {
      action: 'expertPresence.report',
      personId,
      subject: `expert:${expert.id}`,
      detail: { kind: input.kind, from: input.from, until: input.until, ...moved },
    });
    return { ok: true, ...moved };
  });
}

/** X07: takes an absence back, or ends one that has begun with the day before today: from now on cases are dealt again. Sick leave ends by its register. */
export async function cancelAbsence(
  call: CallContext,
  { id }: z.output<typeof CancelAbsenceInput>,
): Promise<z.input<typeof CancelAbsenceOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  const expert = await ownExpert(call, deps.db);
  return deps.db.transaction(async (tx): Promise<z.input<typeof CancelAbsenceOutput>> => {
    const [row] = await tx
      .select()
      .from(expertAbsences)
      .where(and(eq(expertAbsences.id, id), eq(expertAbsences.expertId, expert.id)))
      .for('update');
    if (!row) throw notFound();
    if (row.kind === 'sick-leave') return { ok: false, refusal: 'from-registry' };
    if (row.cancelledAt || (row.until !== null && row.until < today))
      return { ok: false, refusal: 'over-already' };
    const begun = row.from < today;
    const ended: { until: PlainDate } | { cancelledAt: Date } = begun
      ? { until: addDays(today, -1) }
      : { cancelledAt: at };
    await tx.update(expertAbsences).set(ended).where(eq(expertAbsences.id, id));
    await tx.insert(expertChanges).values({
      expertId: expert.id,
      at,
      actor: personId,
      change: 'absence-ended',
      before: { kind: row.kind, from: row.from, until: row.until },
      after: begun ? { kind: row.kind, from: row.from, until: addDays(today, -1) } : null,
    });
    await auditStep(call, tx, { action: 'expertPresence.cancel', personId, subject: `expert:${expert.id}` });
    return { ok: true };
  });
}
