import type { Executor } from '@mse/db';
import { conclusions, departments, documents, persons, regions } from '@mse/db/schema';
import { eq, type SQL } from 'drizzle-orm';
import type { DocumentFacts } from './document-body.ts';

export type IssuedDocument = typeof documents.$inferSelect;

/** Documents with everything they are written from, in the order of their numbers. */
export async function documentFacts(
  executor: Executor,
  where: SQL | undefined,
): Promise<{ document: IssuedDocument; concludedAt: Date; facts: DocumentFacts }[]> {
  const rows = await executor
    .select({ document: documents, conclusion: conclusions, person: persons, department: departments })
    .from(documents)
    .innerJoin(conclusions, eq(conclusions.id, documents.conclusionId))
    .innerJoin(persons, eq(persons.id, documents.personId))
    .leftJoin(departments, eq(departments.id, conclusions.departmentId))
    .where(where)
    .orderBy(documents.number);
  const names = new Map((await executor.select().from(regions)).map(({ code, name }) => [code, name]));
  return rows.map(({ document, conclusion, person, department }) => {
    // The act's number begins with its region.
    const region = names.get(conclusion.actNo.slice(0, 2));
    if (!region) throw new Error('An act belongs to no region');
    return {
      document,
      concludedAt: conclusion.concludedAt,
      facts: {
        kind: document.kind,
        number: document.number,
        issuedOn: document.issuedOn,
        actNo: conclusion.actNo,
        examinedOn: conclusion.examinedOn,
        content: conclusion.content,
        person,
        region,
        departmentNumber: department?.number ?? null,
      },
    };
  });
}
