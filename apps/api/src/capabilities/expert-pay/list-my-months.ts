import type { MyMonthsOutput } from '@mse/contracts/expert-pay';
import { assessments, expertAccounts, workActs } from '@mse/db/schema';
import { payFor } from '@mse/domain/experts';
import { policyOn } from '@mse/domain/policies';
import { desc, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { ownEntries } from './own-entry.ts';

/** X08: the caller's assessments with their explanation and what became of each month's act, the newest first. */
export async function listMyMonths(call: CallContext): Promise<z.input<typeof MyMonthsOutput>> {
  const { db, reference } = call.deps;
  const entries = await ownEntries(call, db);
  const [newest] = entries;
  if (!newest) return { independent: false, excludedOn: null, account: null, months: [] };
  const own = entries.map(({ id }) => id);
  const [rows, acts, [account]] = await Promise.all([
    db.select().from(assessments).where(inArray(assessments.expertId, own)).orderBy(desc(assessments.from)),
    db.select().from(workActs).where(inArray(workActs.expertId, own)).orderBy(desc(workActs.version)),
    db
      .select()
      .from(expertAccounts)
      .where(inArray(expertAccounts.expertId, own))
      .orderBy(desc(expertAccounts.createdAt))
      .limit(1),
  ]);
  call.seen(newest.personId, `expert:${newest.id}`);
  return {
    independent: true,
    excludedOn: newest.excludedOn,
    account: account ? { bank: account.bank, bic: account.bic, iban: account.iban } : null,
    months: rows.map((row) => {
      const versions = acts.filter((act) => act.assessmentId === row.id);
      const line =
        row.period === 'month'
          ? payFor({
              tariff: policyOn(reference.policies(), 'payment.tariff', row.from).tenge,
              assessmentPercent: row.signedAt ? row.percent : null,
              services: row.services,
            })
          : null;
      return {
        assessmentId: row.id,
        period: row.period,
        from: row.from,
        percent: row.percent,
        services: row.services,
        lines: row.lines.flatMap((each) => ('part' in each ? [each] : [])),
        months: row.lines.flatMap((each) => ('month' in each ? [each] : [])),
        signedAt: row.signedAt?.toISOString() ?? null,
        remark: row.remark,
        pay: line?.ok ? line.value : null,
        payRefusal: line && !line.ok ? line.refusal : null,
        acts: versions.map((act) => ({
          actId: act.id,
          number: act.number,
          version: act.version,
          state: act.state,
          amount: act.line.amount,
          remarks: act.remarks,
          formedAt: act.formedAt.toISOString(),
        })),
      };
    }),
  };
}
