import type { ProblemInput, ProblemOutput } from '@mse/contracts/problems';
import { persons, problemEvents, problems } from '@mse/db/schema';
import { initials, toBusinessDate } from '@mse/domain/shared';
import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { problemView } from './problem-view.ts';

/** EQ-17: one problem with everything that happened to it. */
export async function getProblem(
  call: CallContext,
  { id }: z.output<typeof ProblemInput>,
): Promise<z.input<typeof ProblemOutput>> {
  const { db, reference } = call.deps;
  const today = toBusinessDate(call.at);
  const [[row], events] = await Promise.all([
    db.select().from(problems).where(eq(problems.id, id)),
    db
      .select({
        kind: problemEvents.kind,
        at: problemEvents.at,
        note: problemEvents.note,
        surname: persons.surname,
        name: persons.name,
        patronymic: persons.patronymic,
      })
      .from(problemEvents)
      .innerJoin(persons, eq(persons.id, problemEvents.by))
      .where(eq(problemEvents.problemId, id))
      .orderBy(asc(problemEvents.id)),
  ]);
  if (!row) throw notFound();
  call.seen(null, `problem:${id}`);
  return {
    ...problemView(row, reference, reference.calendar(), today),
    today,
    history: events.map(({ kind, at, note, ...who }) => ({
      kind,
      at: at.toISOString(),
      // Surname and the first letter of the name: colleagues know each other.
      by: `${who.surname} ${initials({ ...who, surname: '' })}`,
      note,
    })),
  };
}
