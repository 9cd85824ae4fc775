import type { WaitOptionsInput, WaitOptionsOutput } from '@mse/contracts/wait-list';
import { waitEntries } from '@mse/db/schema';
import { isQueueOpen } from '@mse/domain/queue';
import { fullName, type PlainDate, type PlainTime, toBusinessDate, toBusinessTime } from '@mse/domain/shared';
import { offerPolicyOn } from '@mse/domain/wait-list';
import { eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { loadFormFacts } from '../queue/facts.ts';
import { bookableSpan, freeDays } from '../queue/free-places.ts';
import { departmentView } from '../reference/department-view.ts';
import { findWaits, waitView } from './wait-view.ts';

/** C11: the days on which somebody may wait for a freed time: those of the department's schedule within the life of the form. */
export async function waitOptions(
  call: CallContext,
  input: z.output<typeof WaitOptionsInput>,
): Promise<z.input<typeof WaitOptionsOutput>> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const facts = await loadFormFacts(deps, personId, input.formId, at);
  call.seen(facts.person.id, `form:${facts.form.id}`);
  const span = bookableSpan(facts);
  const department = span ? deps.reference.department(span.id) : undefined;
  const [waiting] = await findWaits(deps, personId, eq(waitEntries.formId, input.formId), at);
  const today = toBusinessDate(at);
  const policy = offerPolicyOn(today);
  const shown = {
    personName: fullName(facts.person),
    self: facts.self,
    formValidUntil: facts.formValidUntil,
    waiting: waiting ? waitView(deps, waiting, personId) : null,
    keeps: { minutes: policy.lifeMinutes, from: policy.from, until: policy.until },
  };
  if (!span || !department) return { ...shown, department: null, days: [], times: [], allFree: false };
  const [receiving, free] = await Promise.all([
    deps.db.execute<{ day: PlainDate; startsAt: PlainTime }>(sql`
      select distinct day::text as day, left(starts_at::text, 5) as "startsAt" from place
       where department_id = ${span.id}::uuid and day between ${today}::date and ${span.until}::date and closed_by_trip is null
         and (day, starts_at) > (${today}::date, ${toBusinessTime(at).time}::time)
       order by 1, 2`),
    freeDays(deps, span, today, span.until, at, input.formId),
  ]);
  const freeOn = new Map(
    free.map((each) => [each.day as string, each.times.reduce((sum, time) => sum + time.free, 0)]),
  );
  const open = receiving.filter(({ day }) => isQueueOpen(deps.reference.pilots(), span.regionCode, day));
  const freeAt = new Set(free.flatMap(({ day, times }) => times.map(({ startsAt }) => `${day} ${startsAt}`)));
  return {
    ...shown,
    department: departmentView(department),
    days: [...new Set(open.map(({ day }) => day))].map((day) => ({ day, free: freeOn.get(day) ?? 0 })),
    times: [...new Set(open.map(({ startsAt }) => startsAt))].sort(),
    allFree: open.length > 0 && open.every(({ day, startsAt }) => freeAt.has(`${day} ${startsAt}`)),
  };
}
