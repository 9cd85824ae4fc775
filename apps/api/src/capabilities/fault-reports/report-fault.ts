import type { ReportFaultInput, ReportFaultOutput } from '@mse/contracts/fault-reports';
import { faultReports } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { recordAudit } from '../../platform/audit.ts';
import { actingRole, type CallContext } from '../../trpc.ts';

/** How a report names the incident it is about. */
export const INCIDENT = 'incident:';

/**
 * C31: takes over a report that has its number already. The same report told again changes nothing; another report that
 * drew the same number by chance is kept under the number with `-2`, so that none is lost. The instant of reporting is
 * counted back from now, so that it is right by the service's clock. Refuses `too-many` from one network.
 */
export async function reportFault(
  call: CallContext,
  input: z.output<typeof ReportFaultInput>,
): Promise<z.input<typeof ReportFaultOutput>> {
  const { deps, at, caller } = call;
  const limit = await deps.limits.take('fault-report-network-minute', call.network);
  if (!limit.ok) return { ok: false, refusal: 'too-many' };
  const report = {
    id: input.id,
    number: input.number,
    personId: caller?.personId ?? null,
    kind: 'fault' as const,
    page: input.page,
    language: input.language,
    text: input.text,
    contact: input.contact,
    subject: input.incident === null ? null : INCIDENT + input.incident,
    reportedAt: new Date(at.getTime() - input.ageSeconds * 1000),
    storedAt: at,
    stateAt: at,
  };
  await deps.db.transaction(async (tx) => {
    const keep = (number: string) =>
      tx
        .insert(faultReports)
        .values({ ...report, number })
        .onConflictDoNothing()
        .returning({ id: faultReports.id });
    let [kept] = await keep(input.number);
    if (!kept) {
      const [known] = await tx
        .select({ id: faultReports.id })
        .from(faultReports)
        .where(eq(faultReports.id, input.id));
      if (!known) [kept] = await keep(`${input.number}-2`);
    }
    if (!kept) return;
    await recordAudit(tx, {
      at,
      actor: caller?.personId ?? 'anonymous',
      actorRole: caller ? actingRole('faultReports.report', caller) : 'anonymous',
      action: 'faultReports.report',
      outcome: 'done',
      personId: report.personId,
      subject: `fault:${report.id}`,
      requestId: call.requestId,
    });
  });
  return { ok: true };
}
