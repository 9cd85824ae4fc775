import type {
  ActInput,
  ReturnActInput,
  ReturnActOutput,
  SignActInput,
  SignActOutput,
  StartSigningOutput,
} from '@mse/contracts/expert-pay';
import type { Transaction } from '@mse/db';
import { experts, workActs } from '@mse/db/schema';
import type { Action } from '@mse/domain/access';
import { type ActEvent, decideAct } from '@mse/domain/experts';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { openSigning } from '../signing/open-signing.ts';
import { useSignature, verifySignature } from '../signing/take-signature.ts';
import { ownEntry } from './own-entry.ts';

type Act = typeof workActs.$inferSelect;
/** Whose step it is: the performer's or the Committee's. */
type Side = 'performer' | 'committee';

const PURPOSES = { performer: 'act-of-works', committee: 'act-of-works-acceptance' } as const;
const subjectOf = (side: Side, actId: string) => `work-act:${side}:${actId}`;

/** An act as one side may see it: the performer sees the own ones. */
async function actOf(call: CallContext, side: Side, actId: string): Promise<Act & { personId: string }> {
  const [row] = await call.deps.db
    .select({ act: workActs, personId: experts.personId })
    .from(workActs)
    .innerJoin(experts, eq(experts.id, workActs.expertId))
    .where(eq(workActs.id, actId));
  if (!row) throw notFound();
  if (side === 'performer') await ownEntry(call, call.deps.db, row.act.expertId);
  return { ...row.act, personId: row.personId };
}

/** One step of an act: locked, judged by the table, written with its audit row. */
async function stepAct(
  call: CallContext,
  step: { action: Action; actId: string; event: ActEvent; personId: string },
  work: (tx: Transaction) => Promise<Partial<typeof workActs.$inferInsert>>,
): Promise<{ ok: true } | { ok: false; refusal: 'not-possible-now' }> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const [act] = await tx.select().from(workActs).where(eq(workActs.id, step.actId)).for('update');
    if (!act) throw notFound();
    const decision = decideAct(act.state, step.event);
    if (!decision.ok) return decision;
    const set = await work(tx);
    await tx
      .update(workActs)
      .set({ ...set, state: decision.value })
      .where(eq(workActs.id, act.id));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole(step.action, caller),
      action: step.action,
      outcome: 'done',
      personId: step.personId,
      subject: `work-act:${act.id}`,
      requestId: call.requestId,
      detail: { state: decision.value },
    });
    return { ok: true as const };
  });
}

/** PY-01, PY-02: the text of an act for the signature of one side; refused when the act is not at that step. */
export async function startActSigning(
  call: CallContext,
  side: Side,
  input: z.output<typeof ActInput>,
): Promise<z.input<typeof StartSigningOutput>> {
  const { deps, at } = call;
  const act = await actOf(call, side, input.actId);
  if (!decideAct(act.state, side === 'performer' ? 'sign' : 'accept').ok)
    return { ok: false, refusal: 'not-possible-now' };
  const { signingId } = await openSigning(
    deps,
    deps.db,
    {
      personId: signedIn(call).personId,
      purpose: PURPOSES[side],
      subject: subjectOf(side, act.id),
      text: act.text,
    },
    at,
  );
  return { ok: true, signingId };
}

/** PY-01: the performer's signature sends the act to the Committee. PY-02: the Committee's accepts it, with the same text. */
export async function signAct(
  call: CallContext,
  side: Side,
  input: z.output<typeof SignActInput>,
): Promise<z.input<typeof SignActOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const act = await actOf(call, side, input.actId);
  const verified = await verifySignature(
    deps,
    deps.db,
    {
      signingId: input.signingId,
      cms: input.cms === '' ? null : input.cms,
      personId: caller.personId,
      subject: subjectOf(side, act.id),
    },
    at,
  );
  if (!verified.ok) return { ok: false, refusal: verified.refusal };
  const { signature } = verified.value;
  return stepAct(
    call,
    {
      action: side === 'performer' ? 'expertPay.signAct' : 'expertPay.acceptAct',
      actId: act.id,
      event: side === 'performer' ? 'sign' : 'accept',
      personId: act.personId,
    },
    async (tx) => {
      const used = await useSignature(tx, verified.value, at);
      if (!used.ok) throw new Error('A signature was used up, yet its act waits');
      return side === 'performer'
        ? { signature, signedAt: at }
        : { acceptance: signature, decidedBy: caller.personId, decidedAt: at };
    },
  );
}

/** PY-02: an act filled in wrongly goes back with remarks; the expert forms a new version. */
export async function returnAct(
  call: CallContext,
  input: z.output<typeof ReturnActInput>,
): Promise<z.input<typeof ReturnActOutput>> {
  const act = await actOf(call, 'committee', input.actId);
  return stepAct(
    call,
    { action: 'expertPay.returnAct', actId: act.id, event: 'return', personId: act.personId },
    () =>
      Promise.resolve({
        remarks: input.remarks,
        decidedBy: signedIn(call).personId,
        decidedAt: call.at,
      }),
  );
}
