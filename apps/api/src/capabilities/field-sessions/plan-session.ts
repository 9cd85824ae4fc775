import type { PlanSessionInput, PlanSessionOutput } from '@mse/contracts/field-sessions';
import { fieldSessionMembers, fieldSessions } from '@mse/db/schema';
import { checkSessionDay, PLACE_NEEDS } from '@mse/domain/field-sessions';
import { toBusinessDate } from '@mse/domain/shared';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { staffOfDepartment } from './department-staff.ts';

/** FF-03: plans a field session of the department: place, day, hour, how many people, and who goes. */
export async function planSession(
  call: CallContext,
  input: z.output<typeof PlanSessionInput>,
): Promise<z.input<typeof PlanSessionOutput>> {
  const { deps, at } = call;
  const { caller, department } = deskCaller(call);
  if (PLACE_NEEDS[input.place].institution && input.institution === '')
    return { ok: false, refusal: 'institution-missing' };
  if (input.address === '') return { ok: false, refusal: 'address-missing' };
  const refusal = checkSessionDay(input.day, {
    today: toBusinessDate(at),
    isWorkingDay: deps.reference.calendar().isWorkingDay(input.day),
    formsValidUntil: [],
  });
  if (refusal !== null) return { ok: false, refusal };
  const staff = new Set(
    (await staffOfDepartment(deps.db, department.id, toBusinessDate(at))).map(({ id }) => id),
  );
  const members = [...new Set(input.members)];
  if (!members.every((id) => staff.has(id))) return { ok: false, refusal: 'unknown-member' };

  return deps.db.transaction(async (tx) => {
    const sessionId = deps.random.id(at);
    await tx.insert(fieldSessions).values({
      id: sessionId,
      departmentId: department.id,
      place: input.place,
      institution: PLACE_NEEDS[input.place].institution ? input.institution : '',
      address: input.address,
      day: input.day,
      startsAt: input.startsAt,
      capacity: input.capacity,
      state: 'planned',
      stateAt: at,
      createdBy: caller.personId,
      createdAt: at,
    });
    await tx.insert(fieldSessionMembers).values(members.map((personId) => ({ sessionId, personId })));
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('fieldSessions.plan', caller),
      action: 'fieldSessions.plan',
      outcome: 'done',
      personId: null,
      subject: `field-session:${sessionId}`,
      requestId: call.requestId,
      detail: { place: input.place, day: input.day, capacity: input.capacity },
    });
    return { ok: true as const, sessionId };
  });
}
