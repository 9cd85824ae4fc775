import type { ExpertInput, ExpertOutput } from '@mse/contracts/expert-register';
import {
  expertAbsences,
  expertApplications,
  expertChanges,
  expertExclusions,
  expertIndicators,
  expertModems,
  experts,
  expertSetups,
  persons,
} from '@mse/db/schema';
import { failuresIn } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import { and, asc, desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { findExperts } from './find-experts.ts';
import { expertLine, namesOfRegister } from './list-experts.ts';
import { registerPolicies } from './register-policies.ts';

/** R05: one expert with everything that is kept: work set-up, absences, planned indicator, and the history of every change with before and after. */
export async function getExpert(
  call: CallContext,
  { id }: z.output<typeof ExpertInput>,
): Promise<z.input<typeof ExpertOutput>> {
  const { deps, at } = call;
  const { db } = deps;
  const { personId } = signedIn(call);
  const today = toBusinessDate(at);
  const policies = registerPolicies(deps, today);
  const [row] = await db
    .select({ expert: experts, iin: persons.iin, setup: expertSetups })
    .from(experts)
    .innerJoin(persons, eq(persons.id, experts.personId))
    .leftJoin(expertSetups, eq(expertSetups.expertId, experts.id))
    .where(eq(experts.id, id));
  if (!row) throw notFound();
  const { expert, setup } = row;
  const [found, modems, absences, indicators, [exclusion], history, [application]] = await Promise.all([
    findExperts(
      db,
      {
        code: expert.code,
        group: null,
        region: null,
        kind: null,
        presence: null,
        load: null,
        state: 'all',
      },
      { today, dailyCap: policies.dailyCap },
      { limit: 50, offset: 0 },
    ),
    db.select().from(expertModems).where(eq(expertModems.expertId, id)).orderBy(desc(expertModems.issuedOn)),
    db
      .select()
      .from(expertAbsences)
      .where(eq(expertAbsences.expertId, id))
      .orderBy(desc(expertAbsences.from)),
    db
      .select()
      .from(expertIndicators)
      .where(eq(expertIndicators.expertId, id))
      .orderBy(asc(expertIndicators.month)),
    db
      .select()
      .from(expertExclusions)
      .where(and(eq(expertExclusions.expertId, id), eq(expertExclusions.state, 'proposed'))),
    db.select().from(expertChanges).where(eq(expertChanges.expertId, id)).orderBy(desc(expertChanges.id)),
    db
      .select({ id: expertApplications.id })
      .from(expertApplications)
      .where(eq(expertApplications.expertId, id)),
  ]);
  const line = found.find((each) => each.id === id);
  if (!line) throw notFound();
  call.seen(expert.personId, `expert:${id}`);
  const modem = modems.find(({ returnedOn }) => returnedOn === null);
  return {
    today,
    expert: {
      ...expertLine(line),
      iin: row.iin,
      dailyCap: expert.dailyCap,
      indicator: setup?.indicator ?? null,
      trainingDueOn: setup?.trainingDueOn ?? null,
      trainedOn: setup?.trainedOn ?? null,
      exclusionGround: expert.exclusionGround,
      applicationId: application?.id ?? null,
    },
    modem: modem ? { number: modem.number, issuedOn: modem.issuedOn, issueAct: modem.issueAct } : null,
    modems: modems.map(({ number, issuedOn, issueAct, returnedOn, returnAct }) => ({
      number,
      issuedOn,
      issueAct,
      returnedOn,
      returnAct,
    })),
    absences: absences.map((absence) => ({
      id: absence.id,
      kind: absence.kind,
      from: absence.from,
      until: absence.until,
      cancelled: absence.cancelledAt !== null,
    })),
    indicators: indicators.map(({ month, target, done }) => ({ month, target, done })),
    failures: failuresIn(indicators, today.slice(0, 4)),
    failuresBorne: policies.indicator.failuresBorne,
    exclusion: exclusion
      ? {
          id: exclusion.id,
          ground: exclusion.ground,
          reason: exclusion.reason,
          proposedAt: exclusion.proposedAt.toISOString(),
          own: exclusion.proposedBy === personId,
        }
      : null,
    history: history.map((change) => ({
      at: change.at.toISOString(),
      change: change.change,
      before: change.before,
      after: change.after,
      actor: actorOf(change.actor, personId, expert.personId),
    })),
    ...namesOfRegister(deps),
  };
}

/** Who did something, without a name: the caller, the expert, a colleague, or the service itself. */
export function actorOf(actor: string, caller: string, expert: string) {
  if (actor === caller) return 'self' as const;
  if (actor === expert) return 'expert' as const;
  return actor.startsWith('system:') ? ('system' as const) : ('colleague' as const);
}
