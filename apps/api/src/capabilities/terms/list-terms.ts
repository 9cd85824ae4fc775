import type { TermsOutput } from '@mse/contracts/terms';
import { termSets } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { TERMS, termSetOn } from '@mse/domain/terms';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

/** GV-03: every term with all words it ever had or will have, the newest first, and the act behind each. */
export async function listTerms(call: CallContext): Promise<z.input<typeof TermsOutput>> {
  const today = toBusinessDate(call.at);
  const rows = await call.deps.db.select().from(termSets);
  call.seen(null, 'terms');
  return {
    today,
    terms: TERMS.map((term) => {
      const current = termSetOn(rows, term, today);
      return {
        term,
        sets: rows
          .filter((row) => row.term === term)
          .sort((left, right) => (left.validFrom < right.validFrom ? 1 : -1))
          .map(({ validFrom, words, basis }) => ({
            validFrom,
            words,
            basis,
            state:
              validFrom > today
                ? ('ahead' as const)
                : validFrom === current?.validFrom
                  ? ('in-force' as const)
                  : ('over' as const),
          })),
      };
    }),
  };
}
