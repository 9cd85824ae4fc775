import type { NosologyCodeDraft, PreviewNosologyCodeOutput } from '@mse/contracts/nosology';
import { cases, formContents, forms, persons } from '@mse/db/schema';
import { ageOn, decideNosologyCode, effectOn, type NosologyCode } from '@mse/domain/intake';
import { addDays, toBusinessDate } from '@mse/domain/shared';
import { and, count, eq, gte, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { expertsByGroup } from './list-nosology.ts';

const LOOK_BACK_DAYS = 365;

/**
 * R09: what a new line would do, before it is entered: forms of the last year with such a diagnosis by the form they belong to now and
 * would belong to on the line's first day, cases under review, experts entered for the form, and lines it narrows or stands inside of.
 */
export async function previewCode(
  call: CallContext,
  input: z.output<typeof NosologyCodeDraft>,
): Promise<z.input<typeof PreviewNosologyCodeOutput>> {
  const { deps, at } = call;
  const today = toBusinessDate(at);
  const { codes, groups } = deps.reference.nosology();
  const draft: NosologyCode = input;
  call.seen(null, `nosology:${input.groupCode}`);
  const refusal = decideNosologyCode(codes, groups, draft, today);
  if (refusal) return { ok: false, refusal };

  const icd10 = sql<string>`${formContents.document} ->> 'icd10'`;
  const begins = sql`upper(${icd10}) like ${`${draft.icdPrefix}%`}`;
  const [seen, [open], experts] = await Promise.all([
    deps.db
      .select({ icd10, birthDate: persons.birthDate, count: count() })
      .from(formContents)
      .innerJoin(forms, eq(formContents.formId, forms.id))
      .innerJoin(persons, eq(forms.personId, persons.id))
      .where(and(gte(forms.formedOn, addDays(today, -LOOK_BACK_DAYS)), begins))
      .groupBy(icd10, persons.birthDate),
    deps.db
      .select({ count: count() })
      .from(cases)
      .innerJoin(formContents, eq(formContents.formId, cases.formId))
      .where(and(isNull(cases.endedAt), begins)),
    expertsByGroup(deps, today),
  ]);

  const nameOf = (code: string | null) => groups.find((group) => group.code === code)?.name ?? null;
  const counted = new Map<string, { before: string | null; after: string | null; count: number }>();
  for (const row of seen) {
    const effect = effectOn(
      codes,
      [...codes, draft],
      { icd10: row.icd10, ageYears: ageOn(row.birthDate, draft.validFrom) },
      draft.validFrom,
    );
    const key = `${effect.before} ${effect.after}`;
    const known = counted.get(key) ?? { ...effect, count: 0 };
    counted.set(key, { ...known, count: known.count + row.count });
  }
  return {
    ok: true,
    effect: {
      icdPrefix: draft.icdPrefix,
      forms: [...counted.values()].map(({ before, after, count: times }) => ({
        before: nameOf(before),
        after: nameOf(after),
        count: times,
      })),
      openCases: open?.count ?? 0,
      experts: experts.get(draft.groupCode) ?? 0,
      neighbours: codes
        .filter(
          (row) =>
            row.icdPrefix !== draft.icdPrefix &&
            (row.validUntil === null || row.validUntil >= draft.validFrom) &&
            (row.icdPrefix.startsWith(draft.icdPrefix) || draft.icdPrefix.startsWith(row.icdPrefix)),
        )
        .map((row) => ({
          icdPrefix: row.icdPrefix,
          name: nameOf(row.groupCode) ?? { kk: row.groupCode, ru: row.groupCode, en: row.groupCode },
          narrower: row.icdPrefix.length > draft.icdPrefix.length,
        })),
    },
  };
}
