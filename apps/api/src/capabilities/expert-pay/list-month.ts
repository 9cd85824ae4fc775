import type { PayMonthInput, PayMonthOutput } from '@mse/contracts/expert-pay';
import { assessments, experts, persons, workActs } from '@mse/db/schema';
import { hundredths, writeHundredths } from '@mse/domain/experts';
import { policyOn } from '@mse/domain/policies';
import { addDays, addMonths, fullName, type PlainDate, plainDate, toBusinessDate } from '@mse/domain/shared';
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

/** First day of the month before a day. */
export function previousMonth(day: PlainDate): PlainDate {
  return addMonths(plainDate(`${day.slice(0, 7)}-01`), -1);
}

/** R08: a month of the Committee: every assessment with its signature, every act with its state, the sum of what is accepted; and what its year came to (AS-07). */
export async function listMonth(
  call: CallContext,
  input: z.output<typeof PayMonthInput>,
): Promise<z.input<typeof PayMonthOutput>> {
  const { deps, at } = call;
  const { db, reference } = deps;
  const today = toBusinessDate(at);
  const month = input.month ?? previousMonth(today);
  const assessed = (period: 'month' | 'year', from: PlainDate) =>
    db
      .select({ assessment: assessments, expert: experts, person: persons })
      .from(assessments)
      .innerJoin(experts, eq(experts.id, assessments.expertId))
      .innerJoin(persons, eq(persons.id, experts.personId))
      .where(and(eq(assessments.period, period), eq(assessments.from, from)))
      .orderBy(asc(experts.code));
  const [rows, years] = await Promise.all([
    assessed('month', month),
    assessed('year', plainDate(`${month.slice(0, 4)}-01-01`)),
  ]);
  const acts =
    rows.length === 0
      ? []
      : await db
          .select()
          .from(workActs)
          .where(
            inArray(
              workActs.assessmentId,
              rows.map((row) => row.assessment.id),
            ),
          )
          .orderBy(desc(workActs.version));
  const days = policyOn(reference.policies(), 'assessment.days', month);
  const next = addMonths(month, 1);
  const accepted = acts.filter((act) => act.state === 'accepted');
  return {
    month,
    ended: next <= today,
    assessmentBy: addDays(next, days.assessmentBy - 1),
    actBy: addDays(next, days.actBy - 1),
    tariff: policyOn(reference.policies(), 'payment.tariff', month).tenge,
    acceptedSum: writeHundredths(accepted.reduce((sum, act) => sum + hundredths(act.line.amount), 0n)),
    rows: rows.map(({ assessment, expert, person }) => {
      call.seen(person.id, `expert:${expert.id}`);
      const act = acts.find((each) => each.assessmentId === assessment.id);
      return {
        assessmentId: assessment.id,
        expertId: expert.id,
        code: expert.code,
        name: fullName(person),
        percent: assessment.percent,
        services: assessment.services,
        signedAt: assessment.signedAt?.toISOString() ?? null,
        remark: assessment.remark,
        act: act ? { actId: act.id, number: act.number, state: act.state, amount: act.line.amount } : null,
      };
    }),
    years: years.map(({ assessment, expert, person }) => {
      call.seen(person.id, `expert:${expert.id}`);
      return {
        assessmentId: assessment.id,
        code: expert.code,
        name: fullName(person),
        percent: assessment.percent,
        services: assessment.services,
        signedAt: assessment.signedAt?.toISOString() ?? null,
        remark: assessment.remark,
      };
    }),
  };
}
