import type { ChooseBenefitInput, ChooseBenefitOutput } from '@mse/contracts/results';
import { benefitChoices, conclusions, forms, persons } from '@mse/db/schema';
import { offeredBenefits } from '@mse/domain/documents';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { sendOutbound } from '../outbound/index.ts';
import { peopleActedFor } from './people-acted-for.ts';

/**
 * PX-57: the person applies for a benefit in the cabinet: the choice, its hand-over and the audit row in one transaction. Choosing it
 * again changes nothing. A benefit that does not seem to fit may be applied for all the same: who pays it decides.
 */
export async function chooseBenefit(
  call: CallContext,
  { conclusionId, benefit }: z.output<typeof ChooseBenefitInput>,
): Promise<z.input<typeof ChooseBenefitOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const people = await peopleActedFor(call);
  const [found] = await deps.db
    .select({ conclusion: conclusions, purpose: forms.purpose, iin: persons.iin })
    .from(conclusions)
    .innerJoin(forms, eq(forms.id, conclusions.formId))
    .innerJoin(persons, eq(persons.id, conclusions.personId))
    .where(eq(conclusions.id, conclusionId));
  if (!found || !people.some(({ personId }) => personId === found.conclusion.personId)) throw notFound();
  const offered = offeredBenefits(found.conclusion.content, found.purpose);
  if (!offered.some((each) => each.benefit === benefit)) return { ok: false, refusal: 'not-offered' };
  const { personId, actNo } = found.conclusion;
  return deps.db.transaction(async (tx) => {
    const made = await tx
      .insert(benefitChoices)
      .values({
        id: deps.random.id(at),
        conclusionId,
        personId,
        benefit,
        chosenBy: caller.personId,
        chosenAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: benefitChoices.id });
    if (made.length === 0) return { ok: true, already: true };
    await sendOutbound(
      deps,
      tx,
      {
        destination: 'benefits',
        kind: 'benefit.applied',
        payload: { iin: found.iin, actNo, benefit, appliedAt: at.toISOString() },
        onceKey: `benefit.applied:${benefit}:${conclusionId}`,
        personId,
      },
      at,
    );
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('results.chooseBenefit', caller),
      action: 'results.chooseBenefit',
      outcome: 'done',
      personId,
      subject: `conclusion:${conclusionId}`,
      requestId: call.requestId,
      detail: { benefit },
    });
    return { ok: true, already: false };
  });
}
