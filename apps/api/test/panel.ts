import { assignments, cases, decisions, expertNosologies, experts } from '@mse/db/schema';
import type { ConclusionContent, DecisionContent, DisabilityOutcome } from '@mse/domain/examination';
import type { ExpertKind } from '@mse/domain/policies';
import { type PlainDate, plainDate } from '@mse/domain/shared';
import { and, asc, eq } from 'drizzle-orm';
import { changeCase, openCase, settleDecisions } from '../src/capabilities/examination/index.ts';
import type { World } from './harness.ts';

/** An ordinary form and a special one of the list. */
export const ORDINARY_GROUP = 'oncology';
export const SPECIAL_GROUP = 'down-syndrome';

let made = 0;

/** Enters an expert of a kind and a region for forms, all the tests use by default. */
export async function addExpert(
  world: World,
  kind: ExpertKind,
  regionCode: string,
  options: { groups?: string[]; dailyCap?: number; enteredOn?: PlainDate } = {},
) {
  made += 1;
  const person = await world.person();
  const id = world.random.id(world.clock.now());
  await world.db.insert(experts).values({
    id,
    personId: person.id,
    code: `T-${String(made).padStart(5, '0')}`,
    kind,
    regionCode,
    enteredOn: options.enteredOn ?? plainDate('2025-01-15'),
    dailyCap: options.dailyCap ?? null,
    createdAt: world.clock.now(),
  });
  await world.db.insert(expertNosologies).values(
    (options.groups ?? [ORDINARY_GROUP, SPECIAL_GROUP]).map((groupCode) => ({
      expertId: id,
      groupCode,
      validFrom: plainDate('2025-01-15'),
    })),
  );
  return { id, personId: person.id };
}

/** Opens a case of a person of Akmola as the acceptance of a form does, and, unless told otherwise, puts it on the waiting list. */
export async function addCase(
  world: World,
  changes: {
    track?: 'ordinary' | 'special';
    regionCode?: string;
    group?: string;
    departmentId?: string | null;
    prepared?: boolean;
  } = {},
) {
  const { deps, db } = world;
  const person = await world.person();
  const form = await world.form(person.id, { track: 'remote-proactive' });
  const track = changes.track ?? 'ordinary';
  const at = world.clock.now();
  const caseId = await db.transaction(async (tx) => {
    const id = await openCase(
      deps,
      tx,
      {
        formId: form.id,
        personId: person.id,
        representativeId: null,
        regionCode: changes.regionCode ?? '11',
        departmentId: changes.departmentId ?? null,
        track,
        nosologyGroup: changes.group ?? (track === 'special' ? SPECIAL_GROUP : ORDINARY_GROUP),
        purpose: 'disability-first',
      },
      at,
    );
    if (changes.prepared !== false)
      await changeCase(
        deps,
        tx,
        { caseId: id, event: 'prepared', actor: 'system:test', set: { draftActNo: `D-${id.slice(-8)}` } },
        at,
      );
    return id;
  });
  return { caseId, formId: form.id, person };
}

/** A conclusion with a group; `changes` for what the comparison looks at besides. */
export function conclusion(
  outcome: DisabilityOutcome,
  changes: Partial<ConclusionContent> = {},
): ConclusionContent {
  const established = outcome !== 'not-established';
  return {
    disability: {
      outcome,
      cause: established ? 'general-disease' : null,
      term: established ? { kind: 'until', until: plainDate('2027-11-30') } : null,
    },
    generalLoss: null,
    professionalLoss: null,
    programme: null,
    injuredWorkerNeeds: null,
    diagnosis: 'C50.9',
    reasons: 'by the papers',
    ...changes,
  };
}

/** Stores a signed decision of a part the way the desk does, and settles the case in the same transaction. */
export async function decide(world: World, assignmentId: string, content: DecisionContent) {
  const at = world.clock.now();
  return world.db.transaction(async (tx) => {
    const [part] = await tx
      .update(assignments)
      .set({ state: 'signed', stateAt: at })
      .where(and(eq(assignments.id, assignmentId), eq(assignments.state, 'open')))
      .returning();
    if (!part) throw new Error('The part is not open');
    await tx.insert(decisions).values({
      id: world.random.id(at),
      assignmentId,
      caseId: part.caseId,
      expertId: part.expertId,
      content,
      text: 'text',
      signature: Buffer.from('signature'),
      signerSerial: '01',
      signedAt: at,
      inTime: at <= part.dueAt,
    });
    return settleDecisions(world.deps, tx, part.caseId, at);
  });
}

/** The parts of a case in the order of seats, live ones first. */
export function partsOf(world: World, caseId: string) {
  return world.db
    .select()
    .from(assignments)
    .where(eq(assignments.caseId, caseId))
    .orderBy(asc(assignments.seat), asc(assignments.arrivedAt));
}

export async function readCase(world: World, caseId: string) {
  const [row] = await world.db.select().from(cases).where(eq(cases.id, caseId));
  if (!row) throw new Error('no case');
  return row;
}
