import type {
  FaultReportInput,
  FaultReportOutput,
  MyFaultReportsOutput,
  OpenFaultReportsOutput,
} from '@mse/contracts/fault-reports';
import { faultReports } from '@mse/db/schema';
import { asc, count, desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound, signedIn } from '../../trpc.ts';
import { INCIDENT } from './report-fault.ts';

const AT_ONCE = 100;

/** C31: the caller's own reports with their answers, newest first, the last hundred. */
export async function myFaultReports(call: CallContext): Promise<z.input<typeof MyFaultReportsOutput>> {
  const rows = await call.deps.db
    .select()
    .from(faultReports)
    .where(eq(faultReports.personId, signedIn(call).personId))
    .orderBy(desc(faultReports.reportedAt), desc(faultReports.id))
    .limit(AT_ONCE);
  return { reports: rows.map(shown) };
}

/** S01: reports without an answer, the longest waiting first, a hundred at a time. */
export async function openFaultReports(call: CallContext): Promise<z.input<typeof OpenFaultReportsOutput>> {
  const open = eq(faultReports.state, 'open');
  const [rows, [all]] = await Promise.all([
    call.deps.db
      .select()
      .from(faultReports)
      .where(open)
      .orderBy(asc(faultReports.reportedAt), asc(faultReports.id))
      .limit(AT_ONCE),
    call.deps.db.select({ total: count() }).from(faultReports).where(open),
  ]);
  for (const row of rows) call.seen(row.personId, `fault:${row.id}`);
  return { reports: rows.map(shown), total: all?.total ?? 0 };
}

/** S04: one report, answered or not. Who reported stays unnamed; the contact is what they gave. */
export async function getFaultReport(
  call: CallContext,
  input: z.output<typeof FaultReportInput>,
): Promise<z.input<typeof FaultReportOutput>> {
  const [row] = await call.deps.db.select().from(faultReports).where(eq(faultReports.id, input.id));
  if (!row) throw notFound();
  call.seen(row.personId, `fault:${row.id}`);
  return {
    ...shown(row),
    storedAt: row.storedAt.toISOString(),
    language: row.language,
    contact: row.contact,
    incident: row.subject?.startsWith(INCIDENT) ? row.subject.slice(INCIDENT.length) : null,
    signedIn: row.personId !== null,
  };
}

function shown(row: typeof faultReports.$inferSelect) {
  const { id, number, kind, page, text, state, answer } = row;
  return {
    id,
    number,
    kind,
    page,
    text,
    state,
    answer,
    reportedAt: row.reportedAt.toISOString(),
    stateAt: row.stateAt.toISOString(),
  };
}
