import type { Executor } from '@mse/db';
import { type forms, militaryBodies, militaryTasks } from '@mse/db/schema';
import { addWorkingDays } from '@mse/domain/calendar';
import { handedOverParts, isToldToMilitaryBody, MILITARY_LIST_WORKING_DAYS } from '@mse/domain/documents';
import type { ConclusionContent } from '@mse/domain/examination';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import type { Person } from '../identity/people.ts';
import { type OutboundDraft, sendOutbound } from '../outbound/index.ts';
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
 * PX-51, PX-54, PX-55: what other systems are told of conclusions, written with them. Each gets what its own work needs: the programme
 * systems their part of the programme, the monitoring of services the stage, the military body that the person was found disabled.
 */
export async function handOver(deps: Deps, tx: Executor, made: readonly HandOver[], at: Date): Promise<void> {
  await sendOutbound(
    deps,
    tx,
    made.flatMap((facts) => newsOf(facts, at)),
    at,
  );
  await tellMilitary(
    deps,
    tx,
    made.filter(({ content, extras }) => isToldToMilitaryBody(content, extras.militaryDuty ?? false)),
    at,
  );
}

/** What the programme systems and the monitoring of services are told of a conclusion. */
function newsOf({ conclusionId, actNo, person, form, content }: HandOver, at: Date): OutboundDraft[] {
  const tell = ({
    part,
    ...message
  }: Omit<OutboundDraft, 'personId' | 'onceKey'> & { part?: string }): OutboundDraft => ({
    ...message,
    personId: person.id,
    onceKey: `${message.kind}:${part ?? 'whole'}:${conclusionId}`,
  });
  return [
    ...handedOverParts(content).map((part) =>
      tell({
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
      }),
    ),
    tell({
      destination: 'service-monitoring',
      kind: 'service.stage',
      payload: { form: form.number, iin: person.iin, stage: 'concluded', actNo, at: at.toISOString() },
    }),
  ];
}

/** PX-55: by message where the local military body takes them; else a signed list is due in three working days. */
async function tellMilitary(deps: Deps, tx: Executor, made: readonly HandOver[], at: Date): Promise<void> {
  if (made.length === 0) return;
  const today = toBusinessDate(at);
  const units = made.flatMap(({ person }) => person.unitCode ?? []);
  const bodies = await tx
    .select({ unitCode: militaryBodies.unitCode })
    .from(militaryBodies)
    .where(and(inArray(militaryBodies.unitCode, units), eq(militaryBodies.interacts, true)));
  const taking = new Set<string | null>(bodies.map(({ unitCode }) => unitCode));
  await sendOutbound(
    deps,
    tx,
    made
      .filter(({ person }) => taking.has(person.unitCode))
      .map(({ conclusionId, actNo, person, content }) => ({
        destination: 'military-body',
        kind: 'military.found-disabled',
        payload: {
          body: person.unitCode,
          iin: person.iin,
          actNo,
          outcome: content.disability.outcome,
          concludedOn: today,
        },
        onceKey: `military.found-disabled:${conclusionId}`,
        personId: person.id,
      })),
    at,
  );
  const listed = made.filter(({ person }) => !taking.has(person.unitCode));
  if (listed.length > 0)
    await tx.insert(militaryTasks).values(
      listed.map(({ conclusionId, person, place }) => ({
        id: deps.random.id(at),
        conclusionId,
        personId: person.id,
        ...place,
        unitCode: person.unitCode,
        createdAt: at,
        dueOn: addWorkingDays(deps.reference.calendar(), today, MILITARY_LIST_WORKING_DAYS),
      })),
    );
}
