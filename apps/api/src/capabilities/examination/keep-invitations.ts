import { cases, inPersonApplications } from '@mse/db/schema';
import { secondCallTimes } from '@mse/domain/deadlines';
import { sendingTime } from '@mse/domain/notifications';
import { and, eq, gt, inArray, isNull, lt, lte, or, notExists } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { type Case, changeCases } from './change-case.ts';
import { callPersons, closeInvitations, departmentOfCase } from './invite.ts';

/** Cases of one transaction. */
const CHUNK = 500;

/**
 * PX-36, PX-37: calls again whoever has not come, and closes the cases of those who did not come after the second call either. What a
 * standstill of ours has delayed costs the person nothing: the second call gives the days that remain after it. Each case is taken by one
 * worker, and its message has a key of its own, so that nothing is said twice.
 */
export async function keepInvitations(
  deps: Deps,
  at: Date,
): Promise<{ calledAgain: number; closed: number }> {
  return {
    calledAgain: await chunks(() => callAgain(deps, at)),
    closed: await chunks(() => closeOver(deps, at)),
  };
}

async function chunks(one: () => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await one();
    total += done;
    if (done < CHUNK) return total;
  }
}

function callAgain(deps: Deps, at: Date): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const rows = await tx
      .select()
      .from(cases)
      .where(and(eq(cases.state, 'invited'), lte(cases.repeatAt, at)))
      .orderBy(cases.repeatAt)
      .limit(CHUNK)
      .for('update', { skipLocked: true });
    const calledAt = sendingTime('m-01', at);
    const closeAtOf = (row: Case) =>
      secondCallTimes(
        deps.reference.policies(),
        deps.reference.calendar(),
        { repeatAt: row.repeatAt ?? at, closeAt: row.closeAt ?? at },
        calledAt,
      );
    await changeCases(
      deps,
      tx,
      {
        caseIds: rows.map(({ id }) => id),
        event: 'invited-again',
        actor: 'system:invitations',
        set: (row) => ({ closeAt: closeAtOf(row) }),
      },
      at,
    );
    await callPersons(
      deps,
      tx,
      rows.flatMap((row) => {
        const department = departmentOfCase(deps, row);
        return department ? [{ row, department, closeAt: closeAtOf(row) }] : [];
      }),
      'again',
      at,
    );
    return rows.length;
  });
}

function closeOver(deps: Deps, at: Date): Promise<number> {
  return deps.db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: cases.id })
      .from(cases)
      .where(
        and(
          inArray(cases.state, ['invited', 'invited-again']),
          lt(cases.closeAt, at),
          // By choice of the days there may be no second call at all.
          or(eq(cases.state, 'invited-again'), isNull(cases.repeatAt), gt(cases.repeatAt, cases.closeAt)),
          // Who has come is at the counter: their application ends the case, not the clock.
          notExists(
            tx
              .select({ id: inPersonApplications.id })
              .from(inPersonApplications)
              .where(and(eq(inPersonApplications.caseId, cases.id), isNull(inPersonApplications.endedAt))),
          ),
        ),
      )
      .orderBy(cases.closeAt)
      .limit(CHUNK)
      .for('update', { skipLocked: true });
    return closeInvitations(
      deps,
      tx,
      rows.map(({ id }) => id),
      'no-show',
      'system:invitations',
      at,
    );
  });
}
