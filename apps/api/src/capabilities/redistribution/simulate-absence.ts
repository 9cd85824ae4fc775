import type { SimulateAbsenceInput, SimulateAbsenceOutput } from '@mse/contracts/redistribution';
import type { Executor, Transaction } from '@mse/db';
import { assignments, cases, expertAbsences, experts, regions } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { moveOpenCases } from '../examination/index.ts';
import { EXPERT_SHOWN, findExpert } from './expert-shown.ts';

/** Thrown to take a simulation back. */
class OnlyTried extends Error {}

/** Open parts of an expert as the page names them. */
export function openPartsOf(executor: Executor, expertId: string) {
  return executor
    .select({
      id: assignments.id,
      caseId: assignments.caseId,
      act: cases.draftActNo,
      seat: assignments.seat,
      dueAt: assignments.dueAt,
    })
    .from(assignments)
    .innerJoin(cases, eq(cases.id, assignments.caseId))
    .where(and(eq(assignments.expertId, expertId), eq(assignments.state, 'open')))
    .orderBy(asc(assignments.dueAt), asc(assignments.id));
}

/**
 * R07, PX-17: what an absence that begins now would move. The real thing is done and taken back, so that what is shown is what would
 * happen; who gets a part may still differ by chance when it is confirmed.
 */
export async function simulateAbsence(
  call: CallContext,
  { expertCode }: z.output<typeof SimulateAbsenceInput>,
): Promise<z.input<typeof SimulateAbsenceOutput>> {
  const { deps, at } = call;
  const expert = await findExpert(deps.db, expertCode);
  if (!expert) return { ok: false, refusal: 'unknown-expert' };
  call.seen(expert.personId, `expert:${expert.id}`);
  let parts: Awaited<ReturnType<typeof tryIt>> = [];
  await deps.db
    .transaction(async (tx) => {
      parts = await tryIt(tx);
      throw new OnlyTried();
    })
    .catch((error: unknown) => {
      if (!(error instanceof OnlyTried)) throw error;
    });
  const { code, kind, region } = expert;
  return { ok: true, expert: { code, kind, region }, parts };

  async function tryIt(tx: Transaction) {
    const own = await openPartsOf(tx, expert?.id ?? '');
    if (own.length === 0) return [];
    await tx.insert(expertAbsences).values({
      id: deps.random.id(at),
      expertId: expert?.id ?? '',
      kind: 'other',
      from: toBusinessDate(at),
      until: null,
      createdBy: 'system:simulation',
      createdAt: at,
    });
    await moveOpenCases(deps, tx, { expertId: expert?.id ?? '', cause: 'absence' }, at);
    const taken = await tx
      .select({
        caseId: assignments.caseId,
        seat: assignments.seat,
        dueAt: assignments.dueAt,
        expert: EXPERT_SHOWN,
      })
      .from(assignments)
      .innerJoin(experts, eq(experts.id, assignments.expertId))
      .innerJoin(regions, eq(regions.code, experts.regionCode))
      .where(
        and(
          inArray(
            assignments.caseId,
            own.map(({ caseId }) => caseId),
          ),
          eq(assignments.state, 'open'),
        ),
      );
    return own.map((part) => {
      const next = taken.find(({ caseId, seat }) => caseId === part.caseId && seat === part.seat);
      return {
        act: part.act ?? '',
        seat: part.seat,
        dueAt: part.dueAt.toISOString(),
        to: next?.expert ?? null,
        newDueAt: next?.dueAt.toISOString() ?? null,
      };
    });
  }
}
