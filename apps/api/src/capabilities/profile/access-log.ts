import type {
  AccessLine,
  AccessLineInput,
  AccessLogInput,
  AccessLogOutput,
  DisputeAccessInput,
  DisputeAccessOutput,
} from '@mse/contracts/profile';
import { auditEvents, faultReports, persons } from '@mse/db/schema';
import { describeAccess } from '@mse/domain/profile';
import { fullName, toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext, notFound, signedIn } from '../../trpc.ts';
import { storeFaultReport } from '../fault-reports/store-fault-report.ts';
import { idsActedFor } from '../identity/people.ts';

const PAGE = 20;

type Line = z.input<typeof AccessLine>;

/** What a report of a disputed look is about. */
const disputeSubject = (auditId: number) => `audit:${auditId}`;

/**
 * C28, T34: who looked at, or did something with, the data of the caller and of the wards: everybody but the caller, newest
 * first, without names. `before` is the line the last page ended with. Free times are no data of a person and leave no line.
 */
export async function accessLog(
  call: CallContext,
  input: z.output<typeof AccessLogInput>,
): Promise<z.input<typeof AccessLogOutput>> {
  const before =
    input.before === undefined ? undefined : (await readLines(call, eq(auditEvents.id, input.before)))[0];
  if (input.before !== undefined && !before) throw notFound();
  const rows = await readLines(
    call,
    before
      ? sql`(${auditEvents.at}, ${auditEvents.id}) < (select at, id from audit_event where id = ${before.id})`
      : undefined,
    PAGE + 1,
  );
  return { lines: rows.slice(0, PAGE), more: rows.length > PAGE };
}

/** One line of the access log; a line about somebody else reads as NOT_FOUND. */
export async function accessLine(call: CallContext, input: z.output<typeof AccessLineInput>): Promise<Line> {
  const [line] = await readLines(call, eq(auditEvents.id, input.id));
  if (!line) throw notFound();
  return line;
}

/** C28: says that a look at one's data was not right. The report gets a number; a line is disputed once. */
export async function disputeAccess(
  call: CallContext,
  input: z.output<typeof DisputeAccessInput>,
): Promise<z.input<typeof DisputeAccessOutput>> {
  const { deps, at } = call;
  const caller = signedIn(call);
  const line = await accessLine(call, { id: input.id });
  return deps.db.transaction(async (tx) => {
    await tx.select({ id: persons.id }).from(persons).where(eq(persons.id, caller.personId)).for('update');
    const [known] = await tx
      .select({ id: faultReports.id })
      .from(faultReports)
      .where(
        and(eq(faultReports.personId, caller.personId), eq(faultReports.subject, disputeSubject(line.id))),
      );
    if (known) return { ok: false as const, refusal: 'already-disputed' as const };
    const number = await storeFaultReport(
      deps,
      tx,
      {
        personId: caller.personId,
        kind: 'access-dispute',
        page: '/cabinet/access',
        language: call.language,
        text: input.text,
        contact: null,
        subject: disputeSubject(line.id),
      },
      at,
    );
    await recordAudit(tx, {
      at,
      actor: caller.personId,
      actorRole: actingRole('profile.disputeAccess', caller),
      action: 'profile.disputeAccess',
      outcome: 'done',
      personId: caller.personId,
      subject: disputeSubject(line.id),
      requestId: call.requestId,
      detail: { number },
    });
    return { ok: true as const, number };
  });
}

async function readLines(call: CallContext, condition: SQL | undefined, limit = 1): Promise<Line[]> {
  const { deps, at } = call;
  const { personId } = signedIn(call);
  const people = await idsActedFor(deps.db, personId, toBusinessDate(at));
  const rows = await deps.db
    .select({
      event: auditEvents,
      person: { surname: persons.surname, name: persons.name, patronymic: persons.patronymic },
      // The department in which the staff person held this role on that day.
      departmentId: sql<string | null>`(select r.department_id from staff_role r
        where r.person_id::text = ${auditEvents.actor} and r.role = ${auditEvents.actorRole}
          and r.valid_from <= (${auditEvents.at} at time zone 'Asia/Almaty')::date
          and (r.valid_until is null or r.valid_until >= (${auditEvents.at} at time zone 'Asia/Almaty')::date) limit 1)`,
      disputed: sql<string | null>`(select f.number from fault_report f
        where f.person_id = ${personId}::uuid and f.subject = 'audit:' || ${auditEvents.id} limit 1)`,
    })
    .from(auditEvents)
    .innerJoin(persons, eq(persons.id, auditEvents.personId))
    .where(and(inArray(auditEvents.personId, people), ne(auditEvents.actor, personId), condition))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(limit);
  for (const each of new Set(rows.map(({ event }) => event.personId))) call.seen(each, 'access-log');
  return rows.map(({ event, person, departmentId, disputed }) => ({
    id: event.id,
    at: event.at.toISOString(),
    wardName: event.personId === personId ? null : fullName(person),
    ...describeAccess(event),
    department: departmentId === null ? null : (deps.reference.department(departmentId)?.name ?? null),
    outcome: event.outcome,
    disputed,
  }));
}
