import type { ExplainPartInput, ExplainPartOutput } from '@mse/contracts/redistribution';
import { assignments, cases, experts, regions } from '@mse/db/schema';
import { eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { remakeDealing } from '../examination/explain-dealing.ts';
import { EXPERT_SHOWN } from './expert-shown.ts';

/** Candidates shown besides the chosen one. */
const NEXT = 5;

/** R07, PX-15: why this expert got this part: who could have had it, and what decided. The dealing is made again from what was kept. */
export async function explainPart(
  call: CallContext,
  { assignmentId }: z.output<typeof ExplainPartInput>,
): Promise<z.input<typeof ExplainPartOutput>> {
  const { deps } = call;
  const [part] = await deps.db
    .select({
      row: assignments,
      act: cases.draftActNo,
      track: cases.track,
      regionCode: cases.regionCode,
      group: cases.nosologyGroup,
    })
    .from(assignments)
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(eq(assignments.id, assignmentId));
  if (!part?.row.dealingId) throw notFound();
  call.seen(null, `assignment:${assignmentId}`);
  const remade = await remakeDealing(deps.db, part.row.dealingId);
  if (!remade) throw notFound();
  const own = remade.done.findIndex(
    ({ caseId, seat }) => caseId === part.row.caseId && seat === part.row.seat,
  );
  const picksBefore = remade.done.slice(0, own);
  const again = remade.cases.find(({ id }) => id === part.row.caseId);
  const kinds = remade.panels[part.track][part.row.seat - 1] ?? [];
  const candidates = remade.experts
    .filter(
      (expert) =>
        kinds.includes(expert.kind) &&
        expert.regionCode !== part.regionCode &&
        expert.groups.includes(part.group) &&
        !(again?.before ?? []).includes(expert.id),
    )
    .map((expert) => {
      const lately = picksBefore.filter(({ expertId }) => expertId === expert.id).length;
      return {
        id: expert.id,
        open: expert.open + lately,
        left: expert.remaining - lately,
        lastAt: lately > 0 ? remade.at.getTime() : expert.lastAt,
        turn: picksBefore.findLastIndex(({ expertId }) => expertId === expert.id),
        number: expert.number,
      };
    })
    .filter(({ left }) => left > 0)
    .sort(
      (left, right) =>
        left.open - right.open ||
        (left.lastAt ?? -Infinity) - (right.lastAt ?? -Infinity) ||
        left.turn - right.turn ||
        left.number - right.number,
    );
  const chosen = candidates.find(({ id }) => id === part.row.expertId);
  if (!chosen) throw new Error('An expert got a part without being a candidate for it');
  const shown = [chosen, ...candidates.filter(({ id }) => id !== chosen.id).slice(0, NEXT)];
  const names = await deps.db
    .select({ id: experts.id, ...EXPERT_SHOWN })
    .from(experts)
    .innerJoin(regions, eq(regions.code, experts.regionCode))
    .where(
      inArray(
        experts.id,
        shown.map(({ id }) => id),
      ),
    );
  const [first, ...rest] = shown.map(({ id, open, lastAt, number }) => {
    const name = names.find((each) => each.id === id);
    if (!name) throw new Error('An expert of a dealing is not in the register');
    const { code, kind, region } = name;
    return {
      expert: { code, kind, region },
      open,
      lastAt: lastAt === null ? null : new Date(lastAt).toISOString(),
      number,
    };
  });
  if (!first) throw new Error('Nobody was chosen');
  return {
    act: part.act ?? '',
    seat: part.row.seat,
    at: remade.at.toISOString(),
    seed: remade.seed,
    present: remade.experts.length,
    eligible: Number(part.row.reasons.eligible),
    chosen: first,
    next: rest,
    confirmed: JSON.stringify(remade.picks) === JSON.stringify(remade.done),
  };
}
