import { expertApplications, expertContracts, expertIndicators, experts, expertSetups } from '@mse/db/schema';
import { independentsSitOn } from '@mse/domain/dealing';
import { failsSystematically, failuresIn } from '@mse/domain/experts';
import {
  addDays,
  addMonths,
  type PlainDate,
  plainDate,
  plainTime,
  toBusinessDate,
  toInstant,
} from '@mse/domain/shared';
import { and, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { writeProposal } from './propose-exclusion.ts';
import { refuseAutomatically } from './refuse-application.ts';
import { registerPolicies } from './register-policies.ts';
import { lockApplication } from './step-application.ts';

const ACTOR = 'system:register';

/**
 * RG-16, RG-20: refuses what nobody did in time: the test within ten calendar days, the signature within three working days. The last day counts
 * whole. Answers how many were refused; several workers may do it at once.
 */
export async function settleOverdue(deps: Deps, at: Date): Promise<number> {
  const today = toBusinessDate(at);
  const late = await deps.db
    .select({ id: expertApplications.id })
    .from(expertApplications)
    .where(
      and(
        inArray(expertApplications.state, ['invited', 'retake', 'contract-sent']),
        lt(expertApplications.dueOn, today),
      ),
    )
    .limit(500);
  let refused = 0;
  for (const { id } of late) {
    const done = await deps.db.transaction(async (tx) => {
      const application = await lockApplication(tx, id);
      // Another worker, or a result that came in this moment, was faster.
      if (!application?.dueOn || application.dueOn >= today) return false;
      if (application.state === 'contract-sent') {
        await tx
          .update(expertContracts)
          .set({ endedAt: at })
          .where(and(eq(expertContracts.applicationId, id), isNull(expertContracts.endedAt)));
        return refuseAutomatically(
          deps,
          tx,
          application,
          { event: 'miss-contract', reasons: ['contract-not-signed'], actor: ACTOR },
          at,
        );
      }
      if (application.state !== 'invited' && application.state !== 'retake') return false;
      // A retake that was missed: what made it necessary applies as well as that it was not taken.
      const before = application.state === 'retake' ? application.reasons : [];
      const reasons = before.filter(
        (reason) => reason === 'test-negative' || reason === 'proctoring-negative',
      );
      return refuseAutomatically(
        deps,
        tx,
        application,
        { event: 'miss-test', reasons: [...reasons, 'test-not-taken'], actor: ACTOR },
        at,
      );
    });
    if (done) refused += 1;
  }
  return refused;
}

/** Least share of a month's working days that an expert must be here for the month to be counted (our reading). */
const COUNTED_SHARE = 0.5;

/**
 * RG-30(5): after a month has ended, holds every independent expert's signed decisions against the planned indicator of the contract, once, and proposes
 * the exclusion of those with more failures than are borne. A month in which the expert had entered late, or could not be dealt cases on half of its
 * working days or more, is not counted. Answers how many exclusions were proposed.
 */
export async function settleIndicators(deps: Deps, at: Date): Promise<number> {
  const today = toBusinessDate(at);
  const thisMonth = plainDate(`${today.slice(0, 7)}-01`);
  const month = addMonths(thisMonth, -1);
  const due = await deps.db
    .select({ id: experts.id, indicator: expertSetups.indicator })
    .from(experts)
    .innerJoin(expertSetups, eq(expertSetups.expertId, experts.id))
    .where(
      and(
        isNull(experts.excludedOn),
        eq(experts.kind, 'independent'),
        isNotNull(expertSetups.indicator),
        sql`${experts.enteredOn} <= ${month}::date`,
        sql`not exists (select from expert_indicator i where i.expert_id = ${experts.id} and i.month = ${month}::date)`,
      ),
    )
    .limit(1000);
  let proposed = 0;
  for (const { id, indicator } of due) {
    if (indicator === null || !(await wasHere(deps, id, month, thisMonth))) continue;
    const made = await deps.db.transaction(async (tx) => {
      const [row] = await tx.execute<{ done: number }>(sql`
        select count(*)::int as done from decision where expert_id = ${id}::uuid
           and signed_at >= ${toInstant(month, plainTime('00:00')).toISOString()}::timestamptz
           and signed_at < ${toInstant(thisMonth, plainTime('00:00')).toISOString()}::timestamptz`);
      const [kept] = await tx
        .insert(expertIndicators)
        .values({ expertId: id, month, target: indicator, done: row?.done ?? 0, at })
        .onConflictDoNothing()
        .returning({ expertId: expertIndicators.expertId });
      if (!kept) return false;
      const months = await tx.select().from(expertIndicators).where(eq(expertIndicators.expertId, id));
      const failures = failuresIn(months, month.slice(0, 4));
      const { failuresBorne } = registerPolicies(deps, today).indicator;
      if ((row?.done ?? 0) >= indicator || !failsSystematically(failures, failuresBorne)) return false;
      const written = await writeProposal(
        deps,
        tx,
        { expertId: id, ground: 'indicator', reason: `${failures} > ${failuresBorne}`, proposedBy: ACTOR },
        at,
      );
      if (!written.ok) return false;
      await recordAudit(tx, {
        at,
        actor: ACTOR,
        actorRole: 'system',
        action: 'expertRegister.proposeExclusion',
        outcome: 'done',
        personId: written.value.personId,
        subject: `expert:${id}`,
        requestId: null,
        detail: { ground: 'indicator', failures },
      });
      return true;
    });
    if (made) proposed += 1;
  }
  return proposed;
}

/**
 * Whether an expert could be dealt cases on more than half of a month's working days: was not away, and independent experts sat on panels
 * (PX-14: after 30 November nobody is dealt anything, which is no failure of theirs). `next` is the first day after the month.
 */
async function wasHere(deps: Deps, expertId: string, month: PlainDate, next: PlainDate): Promise<boolean> {
  const absences = await deps.db.execute<{ from_day: PlainDate; until_day: PlainDate | null }>(sql`
    select from_day, until_day from expert_absence where expert_id = ${expertId}::uuid and cancelled_at is null
       and from_day < ${next}::date and (until_day is null or until_day >= ${month}::date)`);
  const calendar = deps.reference.calendar();
  const policies = deps.reference.policies();
  let working = 0;
  let here = 0;
  for (let day = month; day < next; day = addDays(day, 1)) {
    if (!calendar.isWorkingDay(day)) continue;
    working += 1;
    if (
      independentsSitOn(policies, day) &&
      !absences.some(({ from_day, until_day }) => from_day <= day && (until_day === null || day <= until_day))
    )
      here += 1;
  }
  return here > working * COUNTED_SHARE;
}
