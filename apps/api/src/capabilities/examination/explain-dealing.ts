import type { Executor } from '@mse/db';
import { assignments, cases, dealings } from '@mse/db/schema';
import {
  type CaseToDeal,
  drawNumbers,
  explainDealing,
  type Panels,
  type Pick,
  type PresentExpert,
} from '@mse/domain/dealing';
import type { ExpertKind } from '@mse/domain/policies';
import { asc, eq, sql } from 'drizzle-orm';

/** What a dealing keeps of the experts: id, kind, region, open parts, last part, rest of the day's cap, number drawn, forms of the batch. */
type KeptExpert = [string, ExpertKind, string, number, number | null, number, number, boolean[]];

interface KeptInputs {
  panels: Panels;
  groups: string[];
  experts: KeptExpert[];
  /** Cases that had been dealt before: seats that were taken, and everybody who had held a part. */
  again: Record<string, { taken: number[]; before: string[] }>;
}

/** A dealing made again from what was kept of it. */
export interface RemadeDealing {
  at: Date;
  seed: number;
  experts: (PresentExpert & { number: number })[];
  cases: CaseToDeal[];
  panels: Panels;
  /** What the rule says. */
  picks: Pick[];
  /** What was done. */
  done: Pick[];
}

/**
 * PX-15: makes a dealing again by the plain rule of the domain from its seed and the facts kept with it, and gives it beside what was
 * done then. Null when there is no such dealing.
 */
export async function remakeDealing(tx: Executor, dealingId: string): Promise<RemadeDealing | null> {
  const [dealing] = await tx.select().from(dealings).where(eq(dealings.id, dealingId));
  if (!dealing) return null;
  const inputs = dealing.inputs as unknown as KeptInputs;
  const rows = await tx
    .select({
      caseId: assignments.caseId,
      seat: assignments.seat,
      expertId: assignments.expertId,
      reasons: assignments.reasons,
      regionCode: cases.regionCode,
      group: cases.nosologyGroup,
      track: cases.track,
    })
    .from(assignments)
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(eq(assignments.dealingId, dealingId))
    .orderBy(asc(sql`(${assignments.reasons} ->> 'order')::integer`));
  const experts = inputs.experts.map(([id, kind, regionCode, open, lastAt, remaining, number, entered]) => ({
    id,
    kind,
    regionCode,
    open,
    lastAt,
    remaining,
    number,
    groups: inputs.groups.filter((_, index) => entered[index]),
  }));
  const drawn = drawNumbers(dealing.seed, experts.length);
  if (experts.some(({ number }, index) => number !== drawn[index]))
    throw new Error('The numbers drawn do not follow from the seed of the dealing');
  const dealt = new Map<string, CaseToDeal>();
  for (const { caseId, regionCode, group, track } of rows)
    if (!dealt.has(caseId))
      dealt.set(caseId, {
        id: caseId,
        regionCode,
        group,
        track,
        ...(inputs.again[caseId] ?? { taken: [], before: [] }),
      });
  const batch = [...dealt.values()];
  const { picks } = explainDealing({
    panels: inputs.panels,
    seed: dealing.seed,
    limit: batch.length,
    experts,
    cases: batch,
  });
  return {
    at: dealing.at,
    seed: dealing.seed,
    experts,
    cases: batch,
    panels: inputs.panels,
    picks,
    done: rows.map(({ caseId, seat, expertId, reasons }) => ({
      caseId,
      seat,
      expertId,
      open: Number(reasons.open),
      turn: Number(reasons.turn),
      eligible: Number(reasons.eligible),
    })),
  };
}
