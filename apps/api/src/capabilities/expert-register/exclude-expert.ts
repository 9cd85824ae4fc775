import type { Transaction } from '@mse/db';
import { expertChanges, expertExclusions, experts, staffRoles } from '@mse/db/schema';
import { type ExclusionGround, FORMER_MONTHS, maySignOwnMonths } from '@mse/domain/experts';
import { addMonths, toBusinessDate } from '@mse/domain/shared';
import { and, eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { type MovedParts, moveOpenCases } from '../examination/index.ts';
import { endRole } from './end-role.ts';
import { tellCandidate } from './tell-candidate.ts';

/**
 * RG-30, RG-34: takes an expert out of the register in the caller's transaction: the open cases move at once, the role ends but for the own months
 * that are still to be signed and paid, the change stands in the history, and the expert is told (unless dead). Null when the expert is out
 * already. `exclusionId`: the proposal that is confirmed; a ground that comes by itself makes its row here, and an open proposal of another
 * ground ends with it.
 */
export async function excludeExpert(
  deps: Deps,
  tx: Transaction,
  exclusion: {
    expertId: string;
    ground: ExclusionGround;
    reason: string;
    actor: string;
    exclusionId: string | null;
  },
  at: Date,
): Promise<MovedParts | null> {
  const { expertId, ground, reason, actor, exclusionId } = exclusion;
  const today = toBusinessDate(at);
  // First, as it waits for a dealing under way; nobody deals to this expert until the transaction ends.
  const moved = await moveOpenCases(deps, tx, { expertId, cause: 'exclusion', actor }, at);
  const [expert] = await tx.select().from(experts).where(eq(experts.id, expertId)).for('update');
  if (!expert || expert.excludedOn) return null;
  await tx
    .update(experts)
    .set({ excludedOn: today, exclusionGround: ground })
    .where(eq(experts.id, expertId));
  const decided = { decidedBy: actor, decidedAt: at };
  if (exclusionId === null) {
    await tx
      .update(expertExclusions)
      .set({ ...decided, state: 'turned-down' })
      .where(and(eq(expertExclusions.expertId, expertId), eq(expertExclusions.state, 'proposed')));
    await tx.insert(expertExclusions).values({
      id: deps.random.id(at),
      expertId,
      ground,
      reason,
      state: 'confirmed',
      proposedBy: actor,
      proposedAt: at,
      ...decided,
      ...moved,
    });
  } else {
    await tx
      .update(expertExclusions)
      .set({ ...decided, ...moved, state: 'confirmed' })
      .where(eq(expertExclusions.id, exclusionId));
  }
  await endRole(tx, expert.personId, 'expert', today);
  if (expert.kind === 'independent' && maySignOwnMonths(ground))
    await tx.insert(staffRoles).values({
      id: deps.random.id(at),
      personId: expert.personId,
      role: 'former-expert',
      departmentId: null,
      validFrom: today,
      validUntil: addMonths(today, FORMER_MONTHS),
    });
  await tx.insert(expertChanges).values({
    expertId,
    at,
    actor,
    change: 'excluded',
    before: { excludedOn: null, ground: null },
    after: { excludedOn: today, ground, ...moved },
  });
  if (ground !== 'death')
    await tellCandidate(
      deps,
      tx,
      { personId: expert.personId, template: 'register-excluded', onceKey: `register-excluded:${expertId}` },
      at,
    );
  return moved;
}
