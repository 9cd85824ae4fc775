import type { ActInput, ActView } from '@mse/contracts/expert-pay';
import { experts, persons, workActs } from '@mse/db/schema';
import { fullName } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';

/** PY-01, R08: one act of works: the performer sees the own ones, the Committee all. */
export async function getAct(
  call: CallContext,
  input: z.output<typeof ActInput>,
): Promise<z.input<typeof ActView>> {
  const caller = signedIn(call);
  const [row] = await call.deps.db
    .select({ act: workActs, expert: experts, person: persons })
    .from(workActs)
    .innerJoin(experts, eq(experts.id, workActs.expertId))
    .innerJoin(persons, eq(persons.id, experts.personId))
    .where(eq(workActs.id, input.actId));
  const own = row?.person.id === caller.personId;
  if (!row || (!own && !caller.roles.includes('registry-administrator'))) throw notFound();
  const { act, expert, person } = row;
  call.seen(person.id, `work-act:${act.id}`);
  return {
    actId: act.id,
    number: act.number,
    month: act.month,
    version: act.version,
    state: act.state,
    own,
    performer: fullName(person),
    code: expert.code,
    line: act.line,
    account: act.account,
    formedAt: act.formedAt.toISOString(),
    signedAt: act.signedAt?.toISOString() ?? null,
    remarks: act.remarks,
    decidedAt: act.decidedAt?.toISOString() ?? null,
  };
}
