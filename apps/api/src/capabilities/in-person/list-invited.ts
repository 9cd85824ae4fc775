import type { InvitedOutput } from '@mse/contracts/in-person';
import { cases, inPersonApplications, persons } from '@mse/db/schema';
import { policyOn } from '@mse/domain/policies';
import { fullName, maskIin, toBusinessDate } from '@mse/domain/shared';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';

/** PX-34, C3: people invited to the own department after a mismatch or a nonconformity, the earliest end first. */
export async function listInvited(call: CallContext): Promise<z.input<typeof InvitedOutput>> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const rows = await deps.db
    .select({ found: cases, person: persons, applicationId: inPersonApplications.id })
    .from(cases)
    .innerJoin(persons, eq(persons.id, cases.personId))
    .leftJoin(
      inPersonApplications,
      and(eq(inPersonApplications.caseId, cases.id), isNull(inPersonApplications.endedAt)),
    )
    .where(and(eq(cases.departmentId, department.id), inArray(cases.state, ['invited', 'invited-again'])))
    .orderBy(asc(cases.closeAt), asc(cases.id))
    .limit(500);
  const window = policyOn(deps.reference.policies(), 'invitation.window', toBusinessDate(at));
  return {
    window,
    invited: rows.map(({ found, person, applicationId }) => {
      call.seen(person.id, `case:${found.id}`);
      return {
        caseId: found.id,
        personName: fullName(person),
        iinMasked: maskIin(person.iin),
        language: person.messageLanguage,
        phone: person.phone !== null,
        invitedAt: (found.invitedAt ?? found.stateAt).toISOString(),
        repeated: found.state === 'invited-again',
        closeAt: (found.closeAt ?? found.stateAt).toISOString(),
        applicationId,
      };
    }),
  };
}
