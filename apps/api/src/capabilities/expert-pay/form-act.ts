import type { AssessmentInputOnly, FormActOutput } from '@mse/contracts/expert-pay';
import { assessments, expertAccounts, experts, policies, workActs } from '@mse/db/schema';
import { actText, payFor } from '@mse/domain/experts';
import { policyOn } from '@mse/domain/policies';
import { fullName } from '@mse/domain/shared';
import { and, desc, eq, ne, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { lockTariff } from '../expert-register/register-settings.ts';
import { getPerson } from '../identity/people.ts';
import { ownEntry } from './own-entry.ts';

/**
 * PY-01, PY-03, PY-04: forms the act of completed works of a month from the signed assessment, the tariff of the year and the services.
 * One live act a month; after a return a new version with today's numbers. Refused with what is missing.
 */
export async function formAct(
  call: CallContext,
  input: z.output<typeof AssessmentInputOnly>,
): Promise<z.input<typeof FormActOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  return deps.db.transaction(async (tx) => {
    const [assessment] = await tx
      .select()
      .from(assessments)
      .where(and(eq(assessments.id, input.assessmentId), eq(assessments.period, 'month')))
      .for('update');
    if (!assessment) throw notFound();
    const entry = await ownEntry(call, tx, assessment.expertId);
    const own = and(eq(workActs.expertId, entry.id), eq(workActs.month, assessment.from));
    const [live] = await tx
      .select()
      .from(workActs)
      .where(and(own, ne(workActs.state, 'returned')));
    if (live) return { ok: true as const, actId: live.id };
    // From the table: what a process remembers of it may be seconds old, and this is money.
    await lockTariff(tx, 'to-read');
    const tariffs = await tx.select().from(policies).where(eq(policies.key, 'payment.tariff'));
    const pay = payFor({
      tariff: policyOn(tariffs, 'payment.tariff', assessment.from).tenge,
      assessmentPercent: assessment.signedAt ? assessment.percent : null,
      services: assessment.services,
    });
    if (!pay.ok) return pay;
    const [account] = await tx
      .select({ bank: expertAccounts.bank, bic: expertAccounts.bic, iban: expertAccounts.iban })
      .from(expertAccounts)
      .innerJoin(experts, eq(experts.id, expertAccounts.expertId))
      .where(eq(experts.personId, entry.personId))
      .orderBy(desc(expertAccounts.createdAt))
      .limit(1);
    if (!account) return { ok: false as const, refusal: 'no-account' as const };
    const [last] = await tx
      .select({ version: sql<number>`coalesce(max(${workActs.version}), 0)::int` })
      .from(workActs)
      .where(own);
    const version = (last?.version ?? 0) + 1;
    const number = `${assessment.from.slice(0, 7)}/${entry.code}/${version}`;
    const actId = deps.random.id(at);
    const person = await getPerson(tx, entry.personId);
    const { bank, bic, iban } = account;
    await tx.insert(workActs).values({
      id: actId,
      number,
      expertId: entry.id,
      month: assessment.from,
      version,
      assessmentId: assessment.id,
      line: pay.value,
      account: { bank, bic, iban },
      state: 'formed',
      formedAt: at,
      text: actText({
        number,
        month: assessment.from,
        performer: fullName(person),
        expertCode: entry.code,
        line: pay.value,
        account: { bank, bic, iban },
      }),
    });
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('expertPay.formAct', caller),
      action: 'expertPay.formAct',
      outcome: 'done',
      personId: caller.personId,
      subject: `work-act:${actId}`,
      requestId: call.requestId,
      detail: { month: assessment.from, version, amount: pay.value.amount },
    });
    return { ok: true as const, actId };
  });
}
