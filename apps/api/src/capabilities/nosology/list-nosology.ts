import type {
  LineState,
  NosologyGroupInput,
  NosologyGroupOutput,
  NosologyListOutput,
} from '@mse/contracts/nosology';
import { expertNosologies } from '@mse/db/schema';
import { holdsOn } from '@mse/domain/intake';
import { type PlainDate, toBusinessDate } from '@mse/domain/shared';
import { and, count, gte, isNull, lte, or } from 'drizzle-orm';
import type { z } from 'zod';
import type { Deps } from '../../deps.ts';
import type { CallContext } from '../../trpc.ts';

type Dated = { validFrom: PlainDate; validUntil: PlainDate | null };

/** R09, PX-06: the nosological forms with what counts for each today. */
export async function listNosology(call: CallContext): Promise<z.input<typeof NosologyListOutput>> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  const { groups, codes, examinations } = deps.reference.nosology();
  const experts = await expertsByGroup(deps, today);
  call.seen(null, 'nosology');
  return {
    today,
    groups: groups.map((group) => {
      const lines = codes.filter((row) => row.groupCode === group.code && holdsOn(row, today));
      return {
        ...group,
        lines: lines.length,
        assumed: lines.filter(({ assumed }) => assumed).length,
        examinations: examinations.filter((row) => row.groupCode === group.code && holdsOn(row, today))
          .length,
        experts: experts.get(group.code) ?? 0,
      };
    }),
  };
}

/** R09: one form with all its lines, past and future ones included. */
export function getNosologyGroup(
  call: CallContext,
  input: z.output<typeof NosologyGroupInput>,
): z.input<typeof NosologyGroupOutput> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  const { groups, codes, examinations, kinds } = deps.reference.nosology();
  const group = groups.find(({ code }) => code === input.code);
  call.seen(null, `nosology:${input.code}`);
  if (!group) return { ok: false, refusal: 'not-found' };
  const nameOf = (code: string) =>
    kinds.find((kind) => kind.code === code)?.name ?? { kk: code, ru: code, en: code };
  return {
    ok: true,
    today,
    ...group,
    codes: codes
      .filter(({ groupCode }) => groupCode === group.code)
      .map(({ groupCode: _group, ...row }) => ({ ...row, state: stateOn(row, today) })),
    examinations: examinations
      .filter(({ groupCode }) => groupCode === group.code || groupCode === null)
      .map((row) => ({
        id: row.id,
        code: row.examinationCode,
        name: nameOf(row.examinationCode),
        condition: row.condition,
        everywhere: row.groupCode === null,
        validFrom: row.validFrom,
        validUntil: row.validUntil,
        basis: row.basis,
        assumed: row.assumed,
        state: stateOn(row, today),
      })),
    kinds: [...kinds],
  };
}

/** Experts entered for each form today. */
export async function expertsByGroup(deps: Deps, today: PlainDate): Promise<Map<string, number>> {
  const { groupCode, validFrom, validUntil } = expertNosologies;
  const rows = await deps.db
    .select({ groupCode, count: count() })
    .from(expertNosologies)
    .where(and(lte(validFrom, today), or(isNull(validUntil), gte(validUntil, today))))
    .groupBy(groupCode);
  return new Map(rows.map((row) => [row.groupCode, row.count]));
}

function stateOn(row: Dated, today: PlainDate): z.input<typeof LineState> {
  if (row.validFrom > today) return 'ahead';
  return holdsOn(row, today) ? 'in-force' : 'over';
}
