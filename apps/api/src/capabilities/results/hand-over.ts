import type { Executor } from '@mse/db';
import { type forms, militaryBodies, militaryTasks } from '@mse/db/schema';
import { addWorkingDays } from '@mse/domain/calendar';
import { handedOverParts, isToldToMilitaryBody, MILITARY_LIST_WORKING_DAYS } from '@mse/domain/documents';
import type { ConclusionContent } from '@mse/domain/examination';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import type { Person } from '../identity/people.ts';
import { sendOutbound } from '../outbound/index.ts';
import type { FormExtras } from './form-extras.ts';

interface HandOver {
  conclusionId: string;
  actNo: string;
  person: Person;
  place: { departmentId: string | null; regionCode: string };
  form: typeof forms.$inferSelect;
  content: ConclusionContent;
  extras: FormExtras;
}

/**
 * PX-51, PX-54, PX-55: what other systems are told of a conclusion, written with it. Each gets what its own work needs: the programme
 * systems their part of the programme, the monitoring of services the stage, the military body that the person was found disabled.
 */
export async function handOver(deps: Deps, tx: Executor, facts: HandOver, at: Date): Promise<void> {
  const { conclusionId, actNo, person, form, content } = facts;
  const tell = (
    draft: Omit<Parameters<typeof sendOutbound>[2], 'personId' | 'onceKey'> & { part?: string },
  ) => {
    const { part, ...message } = draft;
    return sendOutbound(
      deps,
      tx,
      {
        ...message,
        personId: person.id,
        onceKey: `${message.kind}:${part ?? 'whole'}:${conclusionId}`,
      },
      at,
    );
  };

  for (const part of handedOverParts(content))
    await tell({
      destination: part === 'social' ? 'e-sobes' : 'labour-market',
      kind: 'programme.approved',
      part,
      payload: {
        conclusionId,
        actNo,
        iin: person.iin,
        part,
        measures: content.programme?.[part] ?? [],
        term: content.programme?.term ?? null,
        approvedOn: toBusinessDate(at),
      },
    });
  await tell({
    destination: 'service-monitoring',
    kind: 'service.stage',
    payload: { form: form.number, iin: person.iin, stage: 'concluded', actNo, at: at.toISOString() },
  });
  if (isToldToMilitaryBody(content, facts.extras.militaryDuty ?? false))
    await tellMilitary(deps, tx, facts, at);
}

/** PX-55: by message where the local military body takes them; else a signed list is due in three working days. */
async function tellMilitary(
  deps: Deps,
  tx: Executor,
  { conclusionId, actNo, person, place, content }: HandOver,
  at: Date,
): Promise<void> {
  const today = toBusinessDate(at);
  const [body] =
    person.unitCode === null
      ? []
      : await tx.select().from(militaryBodies).where(eq(militaryBodies.unitCode, person.unitCode));
  if (body?.interacts) {
    await sendOutbound(
      deps,
      tx,
      {
        destination: 'military-body',
        kind: 'military.found-disabled',
        payload: {
          body: body.unitCode,
          iin: person.iin,
          actNo,
          outcome: content.disability.outcome,
          concludedOn: today,
        },
        onceKey: `military.found-disabled:${conclusionId}`,
        personId: person.id,
      },
      at,
    );
    return;
  }
  await tx.insert(militaryTasks).values({
    id: deps.random.id(at),
    conclusionId,
    personId: person.id,
    ...place,
    unitCode: person.unitCode,
    createdAt: at,
    dueOn: addWorkingDays(deps.reference.calendar(), today, MILITARY_LIST_WORKING_DAYS),
  });
}
