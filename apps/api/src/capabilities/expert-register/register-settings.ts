import type {
  PolicyStepInput,
  PolicyStepOutput,
  ProposePolicyInput,
  RegisterSettingsOutput,
} from '@mse/contracts/expert-register';
import { policies, policyProposals } from '@mse/db/schema';
import { decideFourEyes, decidePolicyChange, REGISTER_POLICIES } from '@mse/domain/experts';
import { policyRowOn } from '@mse/domain/policies';
import { toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { auditStep } from './register-audit.ts';

/** The register's settings: numbers of the law with their dates and their source; what is our default because the text is not at hand is marked assumed. */
export async function registerSettings(call: CallContext): Promise<z.input<typeof RegisterSettingsOutput>> {
  const { db } = call.deps;
  const { personId } = signedIn(call);
  const today = toBusinessDate(call.at);
  const [rows, proposals] = await Promise.all([
    db.select().from(policies).orderBy(asc(policies.validFrom)),
    db.select().from(policyProposals).where(eq(policyProposals.state, 'proposed')),
  ]);
  call.seen(null, 'register:settings');
  return {
    today,
    policies: REGISTER_POLICIES.map((key) => {
      const current = policyRowOn(rows, key, today);
      const proposal = proposals.find((each) => each.key === key);
      return {
        key,
        value: current.value,
        validFrom: current.validFrom,
        basis: current.basis,
        assumed: current.assumed,
        rows: rows
          .filter((row) => row.key === key)
          .map(({ value, validFrom, basis, assumed }) => ({
            value,
            validFrom,
            basis,
            assumed,
            inForce: validFrom === current.validFrom,
          })),
        proposal: proposal
          ? {
              id: proposal.id,
              value: proposal.value,
              validFrom: proposal.validFrom,
              basis: proposal.basis,
              assumed: proposal.assumed,
              own: proposal.proposedBy === personId,
            }
          : null,
      };
    }),
  };
}

/** Proposes another number of the law from a day on, with its source; the dated row is made once somebody else approves it. */
export async function proposePolicy(
  call: CallContext,
  { key, value, validFrom, basis, assumed }: z.output<typeof ProposePolicyInput>,
): Promise<z.input<typeof PolicyStepOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  return deps.db.transaction(async (tx): Promise<z.input<typeof PolicyStepOutput>> => {
    const rows = await tx.select().from(policies).where(eq(policies.key, key));
    const [open] = await tx
      .select({ id: policyProposals.id })
      .from(policyProposals)
      .where(and(eq(policyProposals.key, key), eq(policyProposals.state, 'proposed')));
    const known = {
      now: policyRowOn(rows, key, validFrom).value,
      days: rows.map((row) => row.validFrom),
      proposalOpen: open !== undefined,
    };
    const decision = decidePolicyChange(key, value, validFrom, known, today);
    if (!decision.ok) return decision;
    const id = deps.random.id(at);
    const [kept] = await tx
      .insert(policyProposals)
      .values({
        id,
        key,
        value,
        validFrom,
        basis,
        assumed,
        state: 'proposed',
        proposedBy: personId,
        proposedAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: policyProposals.id });
    if (!kept) return { ok: false, refusal: 'proposed-already' };
    await auditStep(call, tx, {
      action: 'expertRegister.proposePolicy',
      personId: null,
      subject: `policy:${key}`,
      detail: { value, validFrom, basis, assumed },
    });
    return { ok: true };
  });
}

/** A second person approves: the dated row is written, once, and every process counts by it within seconds. */
export async function approvePolicy(
  call: CallContext,
  { id }: z.output<typeof PolicyStepInput>,
): Promise<z.input<typeof PolicyStepOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const answer = await deps.db.transaction(async (tx): Promise<z.input<typeof PolicyStepOutput>> => {
    const [proposal] = await tx
      .select()
      .from(policyProposals)
      .where(eq(policyProposals.id, id))
      .for('update');
    if (!proposal) return { ok: false, refusal: 'not-found' };
    const eyes = decideFourEyes(
      { proposedBy: proposal.proposedBy, open: proposal.state === 'proposed' },
      personId,
    );
    if (!eyes.ok)
      return { ok: false, refusal: eyes.refusal === 'own-proposal' ? 'own-proposal' : 'not-proposed' };
    // Approved too late, it would change days that have passed.
    if (proposal.validFrom <= toBusinessDate(at)) return { ok: false, refusal: 'day-passed' };
    const { key, validFrom, value, basis, assumed } = proposal;
    const [made] = await tx
      .insert(policies)
      .values({ key, validFrom, value, basis, assumed, createdBy: personId, createdAt: at })
      .onConflictDoNothing()
      .returning({ key: policies.key });
    if (!made) return { ok: false, refusal: 'day-taken' };
    await tx
      .update(policyProposals)
      .set({ state: 'approved', decidedBy: personId, decidedAt: at })
      .where(eq(policyProposals.id, id));
    await auditStep(call, tx, {
      action: 'expertRegister.approvePolicy',
      personId: null,
      subject: `policy:${key}`,
      detail: { value, validFrom, basis, assumed },
    });
    return { ok: true };
  });
  if (answer.ok) await deps.reference.reload();
  return answer;
}

/** Somebody does not agree, or takes the own proposal back; nothing changes. */
export async function turnDownPolicy(
  call: CallContext,
  { id }: z.output<typeof PolicyStepInput>,
): Promise<z.input<typeof PolicyStepOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  return deps.db.transaction(async (tx): Promise<z.input<typeof PolicyStepOutput>> => {
    const [proposal] = await tx
      .select()
      .from(policyProposals)
      .where(eq(policyProposals.id, id))
      .for('update');
    if (!proposal) return { ok: false, refusal: 'not-found' };
    if (proposal.state !== 'proposed') return { ok: false, refusal: 'not-proposed' };
    await tx
      .update(policyProposals)
      .set({ state: 'turned-down', decidedBy: personId, decidedAt: at })
      .where(eq(policyProposals.id, id));
    await auditStep(call, tx, {
      action: 'expertRegister.turnDownPolicy',
      personId: null,
      subject: `policy:${proposal.key}`,
    });
    return { ok: true };
  });
}
