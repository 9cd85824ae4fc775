import type {
  ConfirmExclusionInput,
  ConfirmExclusionOutput,
  ExclusionEffectInput,
  EffectView,
  ExclusionOutput,
  ExclusionsOutput,
  ProposeExclusionInput,
  TurnDownExclusionInput,
} from '@mse/contracts/expert-register';
import type { Transaction } from '@mse/db';
import { expertExclusions, expertIndicators, experts, persons } from '@mse/db/schema';
import {
  decideConfirmation,
  decideProposal,
  type ExclusionRefusal,
  failuresIn,
  type ManualGround,
} from '@mse/domain/experts';
import { addDays, ok, plainTime, type Result, toBusinessDate, toInstant } from '@mse/domain/shared';
import { and, asc, desc, eq, gte, ne } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { effectOnCases, lockDealing, openPartsOf } from './effect-on-cases.ts';
import { excludeExpert } from './exclude-expert.ts';
import { actorOf } from './get-expert.ts';
import { auditStep } from './register-audit.ts';
import { registerPolicies } from './register-policies.ts';

/** R06: exclusions that wait for a second person, and those decided within a year. */
export async function listExclusions(call: CallContext): Promise<z.input<typeof ExclusionsOutput>> {
  const { db } = call.deps;
  const { personId } = signedIn(call);
  const since = toInstant(addDays(toBusinessDate(call.at), -365), plainTime('00:00'));
  const select = () =>
    db
      .select({
        exclusion: expertExclusions,
        code: experts.code,
        personId: experts.personId,
        surname: persons.surname,
        name: persons.name,
        patronymic: persons.patronymic,
      })
      .from(expertExclusions)
      .innerJoin(experts, eq(experts.id, expertExclusions.expertId))
      .innerJoin(persons, eq(persons.id, experts.personId));
  const [proposed, decided] = await Promise.all([
    select()
      .where(eq(expertExclusions.state, 'proposed'))
      .orderBy(asc(expertExclusions.proposedAt))
      .limit(200),
    select()
      .where(and(ne(expertExclusions.state, 'proposed'), gte(expertExclusions.decidedAt, since)))
      .orderBy(desc(expertExclusions.decidedAt))
      .limit(200),
  ]);
  for (const row of [...proposed, ...decided]) call.seen(row.personId, `expert:${row.exclusion.expertId}`);
  if (proposed.length + decided.length === 0) call.seen(null, 'exclusions');
  return {
    proposed: proposed.map((row) => ({
      id: row.exclusion.id,
      expertId: row.exclusion.expertId,
      code: row.code,
      person: { surname: row.surname, name: row.name, patronymic: row.patronymic },
      ground: row.exclusion.ground,
      reason: row.exclusion.reason,
      proposedAt: row.exclusion.proposedAt.toISOString(),
      by: actorOf(row.exclusion.proposedBy, personId, row.personId),
    })),
    decided: decided.map(({ exclusion, code }) => ({
      id: exclusion.id,
      expertId: exclusion.expertId,
      code,
      ground: exclusion.ground,
      state: exclusion.state === 'confirmed' ? ('confirmed' as const) : ('turned-down' as const),
      decidedAt: (exclusion.decidedAt ?? exclusion.proposedAt).toISOString(),
      automatic: exclusion.proposedBy.startsWith('system:') && exclusion.proposedBy === exclusion.decidedBy,
      moved: exclusion.moved,
      left: exclusion.left,
    })),
  };
}

/** R07: the effect of an exclusion on the open cases, before anybody confirms it. */
export async function exclusionEffect(
  call: CallContext,
  { expertId }: z.output<typeof ExclusionEffectInput>,
): Promise<z.input<typeof EffectView>> {
  const [expert] = await call.deps.db.select().from(experts).where(eq(experts.id, expertId));
  if (!expert) throw notFound();
  call.seen(expert.personId, `expert:${expertId}`);
  return effectOnCases(call.deps.db, expertId, toBusinessDate(call.at));
}

/** RG-30, RG-32: writes a proposal to exclude, in the caller's transaction; the expert's row is locked. `proposedBy`: a person, the expert, or the service. */
export async function writeProposal(
  deps: Deps,
  tx: Transaction,
  proposal: { expertId: string; ground: ManualGround; reason: string; proposedBy: string },
  at: Date,
): Promise<Result<{ id: string; personId: string }, ExclusionRefusal | 'not-found'>> {
  const { expertId, ground, reason, proposedBy } = proposal;
  const today = toBusinessDate(at);
  const [expert] = await tx.select().from(experts).where(eq(experts.id, expertId)).for('update');
  if (!expert) return { ok: false, refusal: 'not-found' };
  const [open] = await tx
    .select({ id: expertExclusions.id })
    .from(expertExclusions)
    .where(and(eq(expertExclusions.expertId, expertId), eq(expertExclusions.state, 'proposed')));
  const months = await tx.select().from(expertIndicators).where(eq(expertIndicators.expertId, expertId));
  const decision = decideProposal(
    {
      excluded: expert.excludedOn !== null,
      proposalOpen: open !== undefined,
      failures: failuresIn(months, today.slice(0, 4)),
    },
    ground,
    registerPolicies(deps, today).indicator.failuresBorne,
  );
  if (!decision.ok) return decision;
  const id = deps.random.id(at);
  await tx
    .insert(expertExclusions)
    .values({ id, expertId, ground, reason, state: 'proposed', proposedBy, proposedAt: at });
  return ok({ id, personId: expert.personId });
}

/** RG-32: a person proposes an exclusion; it counts once somebody else confirms it. */
export async function proposeExclusion(
  call: CallContext,
  { expertId, ground, reason }: z.output<typeof ProposeExclusionInput>,
): Promise<z.input<typeof ExclusionOutput>> {
  const { deps, at } = call;
  const proposedBy = signedIn(call).personId;
  return deps.db.transaction(async (tx): Promise<z.input<typeof ExclusionOutput>> => {
    const written = await writeProposal(deps, tx, { expertId, ground, reason, proposedBy }, at);
    if (!written.ok) return written;
    await auditStep(call, tx, {
      action: 'expertRegister.proposeExclusion',
      personId: written.value.personId,
      subject: `expert:${expertId}`,
      detail: { ground },
    });
    return { ok: true };
  });
}

/** RG-32, RG-34: a second person confirms, for the effect that was shown: the expert is out and the open cases have moved. */
export async function confirmExclusion(
  call: CallContext,
  { id, shownParts }: z.output<typeof ConfirmExclusionInput>,
): Promise<z.input<typeof ConfirmExclusionOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof ConfirmExclusionOutput>> => {
    await lockDealing(tx);
    const [proposal] = await tx
      .select()
      .from(expertExclusions)
      .where(eq(expertExclusions.id, id))
      .for('update');
    if (!proposal) return { ok: false, refusal: 'not-found' };
    const { expertId, ground, reason, proposedBy, state } = proposal;
    const decision = decideConfirmation(
      { open: state === 'proposed', proposedBy, openParts: await openPartsOf(tx, expertId) },
      personId,
      shownParts,
    );
    if (!decision.ok) return decision;
    const moved = await excludeExpert(
      deps,
      tx,
      { expertId, ground, reason, actor: personId, exclusionId: id },
      at,
    );
    if (!moved) return { ok: false, refusal: 'excluded-already' };
    const [expert] = await tx
      .select({ personId: experts.personId })
      .from(experts)
      .where(eq(experts.id, expertId));
    await auditStep(call, tx, {
      action: 'expertRegister.confirmExclusion',
      personId: expert?.personId ?? null,
      subject: `expert:${expertId}`,
      detail: { ground, ...moved },
    });
    return { ok: true, ...moved };
  });
}

/** RG-32: a second person does not agree; the expert stays. The proposer may take the own proposal back by it, too. */
export async function turnDownExclusion(
  call: CallContext,
  { id }: z.output<typeof TurnDownExclusionInput>,
): Promise<z.input<typeof ExclusionOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof ExclusionOutput>> => {
    const [proposal] = await tx
      .select()
      .from(expertExclusions)
      .where(eq(expertExclusions.id, id))
      .for('update');
    if (!proposal) return { ok: false, refusal: 'not-found' };
    if (proposal.state !== 'proposed') return { ok: false, refusal: 'not-proposed' };
    await tx
      .update(expertExclusions)
      .set({ state: 'turned-down', decidedBy: personId, decidedAt: at })
      .where(eq(expertExclusions.id, id));
    const [expert] = await tx
      .select({ personId: experts.personId })
      .from(experts)
      .where(eq(experts.id, proposal.expertId));
    await auditStep(call, tx, {
      action: 'expertRegister.turnDownExclusion',
      personId: expert?.personId ?? null,
      subject: `expert:${proposal.expertId}`,
      detail: { ground: proposal.ground },
    });
    return { ok: true };
  });
}
