import type {
  AddGroupInput,
  AddGroupOutput,
  AddNosologyLineOutput,
  EndLineInput,
  ExaminationDraft,
  LineOutput,
  NosologyCodeDraft,
  TakeBackLineInput,
} from '@mse/contracts/nosology';
import type { Executor } from '@mse/db';
import { examinationKinds, mandatoryExaminations, nosologyCodes, nosologyGroups } from '@mse/db/schema';
import { decideEnd, decideExamination, decideNosologyCode, decideTakeBack } from '@mse/domain/intake';
import { toBusinessDate } from '@mse/domain/shared';
import type { Action } from '@mse/domain/access';
import { eq, max, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, signedIn } from '../../trpc.ts';

/** R09, PX-06: a new line of the list, by an act. It counts in this process at once and in every other within ten seconds. */
export function addCode(
  call: CallContext,
  input: z.output<typeof NosologyCodeDraft>,
): Promise<z.input<typeof AddNosologyLineOutput>> {
  return change(call, async (tx): Promise<z.input<typeof AddNosologyLineOutput>> => {
    const refusal = decideNosologyCode(
      await tx.select().from(nosologyCodes),
      await tx.select().from(nosologyGroups),
      input,
      toBusinessDate(call.at),
    );
    if (refusal) return { ok: false, refusal };
    const id = call.deps.random.id(call.at);
    await tx.insert(nosologyCodes).values({ id, ...input });
    await note(call, tx, 'nosology.addCode', `nosology-code:${id}`, { ...input });
    return { ok: true, id };
  });
}

/** R09, SN-01: a form asks for one more examination from a day on. */
export function addExamination(
  call: CallContext,
  input: z.output<typeof ExaminationDraft>,
): Promise<z.input<typeof AddNosologyLineOutput>> {
  return change(call, async (tx): Promise<z.input<typeof AddNosologyLineOutput>> => {
    const rows = await tx.select().from(mandatoryExaminations);
    const refusal = decideExamination(
      rows,
      await tx.select().from(nosologyGroups),
      await tx.select().from(examinationKinds),
      input,
      toBusinessDate(call.at),
    );
    if (refusal) return { ok: false, refusal };
    const id = call.deps.random.id(call.at);
    const [last] = await tx
      .select({ position: max(mandatoryExaminations.position) })
      .from(mandatoryExaminations);
    await tx.insert(mandatoryExaminations).values({ id, ...input, position: (last?.position ?? 0) + 1 });
    await note(call, tx, 'nosology.addExamination', `mandatory-examination:${id}`, { ...input });
    return { ok: true, id };
  });
}

/** PX-06: a new nosological form; it counts once it has lines. Special forms come by law alone, with the tables. */
export function addGroup(
  call: CallContext,
  input: z.output<typeof AddGroupInput>,
): Promise<z.input<typeof AddGroupOutput>> {
  return change(call, async (tx): Promise<z.input<typeof AddGroupOutput>> => {
    const made = await tx
      .insert(nosologyGroups)
      .values({ ...input, special: false })
      .onConflictDoNothing()
      .returning({ code: nosologyGroups.code });
    if (made.length === 0) return { ok: false, refusal: 'known-already' };
    await note(call, tx, 'nosology.addGroup', `nosology:${input.code}`, { ...input });
    return { ok: true };
  });
}

/** R09: the last day of a line of the list; cases under it stay as they are. */
export function endCode(
  call: CallContext,
  input: z.output<typeof EndLineInput>,
): Promise<z.input<typeof LineOutput>> {
  return endLine(call, nosologyCodes, 'nosology.endCode', 'nosology-code', input);
}

/** R09: the last day on which an examination is asked for. */
export function endExamination(
  call: CallContext,
  input: z.output<typeof EndLineInput>,
): Promise<z.input<typeof LineOutput>> {
  return endLine(call, mandatoryExaminations, 'nosology.endExamination', 'mandatory-examination', input);
}

/** R09: takes a line back that has not begun. */
export function takeBackCode(
  call: CallContext,
  input: z.output<typeof TakeBackLineInput>,
): Promise<z.input<typeof LineOutput>> {
  return takeBackLine(call, nosologyCodes, 'nosology.takeBackCode', 'nosology-code', input);
}

/** R09: takes an examination back that is not asked for yet. */
export function takeBackExamination(
  call: CallContext,
  input: z.output<typeof TakeBackLineInput>,
): Promise<z.input<typeof LineOutput>> {
  return takeBackLine(
    call,
    mandatoryExaminations,
    'nosology.takeBackExamination',
    'mandatory-examination',
    input,
  );
}

type Lines = typeof nosologyCodes | typeof mandatoryExaminations;

function endLine(
  call: CallContext,
  table: Lines,
  action: Action,
  subject: string,
  { id, lastDay }: z.output<typeof EndLineInput>,
): Promise<z.input<typeof LineOutput>> {
  return change(call, async (tx): Promise<z.input<typeof LineOutput>> => {
    const [row] = await tx.select().from(table).where(eq(table.id, id));
    const refusal = decideEnd(row, lastDay, toBusinessDate(call.at));
    if (refusal) return { ok: false, refusal };
    // A line that follows this one on the next day is no hindrance; one that would be overlapped is, and the database says so.
    if (row?.validUntil != null && lastDay > row.validUntil) return { ok: false, refusal: 'ended-already' };
    await tx.update(table).set({ validUntil: lastDay }).where(eq(table.id, id));
    await note(call, tx, action, `${subject}:${id}`, { lastDay });
    return { ok: true };
  });
}

function takeBackLine(
  call: CallContext,
  table: Lines,
  action: Action,
  subject: string,
  { id }: z.output<typeof TakeBackLineInput>,
): Promise<z.input<typeof LineOutput>> {
  return change(call, async (tx): Promise<z.input<typeof LineOutput>> => {
    const [row] = await tx.select().from(table).where(eq(table.id, id));
    const refusal = decideTakeBack(row, toBusinessDate(call.at));
    if (refusal) return { ok: false, refusal };
    await tx.delete(table).where(eq(table.id, id));
    await note(call, tx, action, `${subject}:${id}`, { ...row });
    return { ok: true };
  });
}

/** One change of the list after the other, so that no two overlap; the new list is read at once. */
async function change<Answer extends { ok: boolean }>(
  call: CallContext,
  act: (tx: Executor) => Promise<Answer>,
): Promise<Answer> {
  const answer = await call.deps.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('saraptama:nosology'))`);
    return act(tx);
  });
  if (answer.ok) await call.deps.reference.reload();
  return answer;
}

function note(
  call: CallContext,
  tx: Executor,
  action: Action,
  subject: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const caller = signedIn(call);
  return recordAudit(tx, {
    at: call.at,
    actor: caller.personId,
    actorRole: actingRole(action, caller),
    action,
    outcome: 'done',
    personId: null,
    subject,
    requestId: call.requestId,
    detail,
  });
}
