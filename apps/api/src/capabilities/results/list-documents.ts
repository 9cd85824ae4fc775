import type { DocumentsOutput } from '@mse/contracts/results';
import { benefitChoices, conclusions, documents, forms } from '@mse/db/schema';
import { offeredBenefits } from '@mse/domain/documents';
import { desc, eq, inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { documentLine, filesOf } from './document-line.ts';
import { peopleActedFor } from './people-acted-for.ts';

/** C19, PX-52: the documents of the caller and the wards they may act for, newest first, and the benefits of PX-57. */
export async function listDocuments(call: CallContext): Promise<z.input<typeof DocumentsOutput>> {
  const { deps, at } = call;
  const people = await peopleActedFor(call);
  const ids = people.map(({ personId }) => personId);
  const rows = await deps.db
    .select()
    .from(documents)
    .where(inArray(documents.personId, ids))
    .orderBy(desc(documents.issuedOn), documents.number);
  const files =
    rows.length === 0
      ? []
      : await filesOf(
          deps.db,
          rows.map(({ id }) => id),
        );
  const newest = await newestConclusions(call, ids);
  return {
    people: people.map(({ personId, personName, self }) => {
      call.seen(personId, 'documents');
      return {
        personId,
        personName,
        self,
        documents: rows.filter((row) => row.personId === personId).map((row) => documentLine(row, files, at)),
        benefits: newest.get(personId) ?? null,
      };
    }),
  };
}

/** PX-57: what the newest conclusion about each person offers, and what was chosen already. */
async function newestConclusions(call: CallContext, personIds: readonly string[]) {
  const rows = await call.deps.db
    .selectDistinctOn([conclusions.personId], { conclusion: conclusions, purpose: forms.purpose })
    .from(conclusions)
    .innerJoin(forms, eq(forms.id, conclusions.formId))
    .where(inArray(conclusions.personId, [...personIds]))
    .orderBy(conclusions.personId, desc(conclusions.concludedAt));
  const chosen =
    rows.length === 0
      ? []
      : await call.deps.db
          .select()
          .from(benefitChoices)
          .where(
            inArray(
              benefitChoices.conclusionId,
              rows.map(({ conclusion }) => conclusion.id),
            ),
          );
  return new Map(
    rows.flatMap(({ conclusion, purpose }) => {
      const offered = offeredBenefits(conclusion.content, purpose).map(({ benefit, fits }) => ({
        benefit,
        fits,
        chosenAt:
          chosen
            .find((each) => each.conclusionId === conclusion.id && each.benefit === benefit)
            ?.chosenAt.toISOString() ?? null,
      }));
      return offered.length === 0
        ? []
        : [[conclusion.personId, { conclusionId: conclusion.id, offered }] as const];
    }),
  );
}
