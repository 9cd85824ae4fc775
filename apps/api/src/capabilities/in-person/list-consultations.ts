import type { ConsultationsOutput } from '@mse/contracts/in-person';
import { consultations } from '@mse/db/schema';
import { asc, desc, isNotNull, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

const ANSWERED_SHOWN = 20;

/** PX-22: questions of departments that wait for the methodology and control department, the earliest end first, then the last answered. Names nobody. */
export async function listConsultations(call: CallContext): Promise<z.input<typeof ConsultationsOutput>> {
  const { deps, at } = call;
  const [waiting, answered] = await Promise.all([
    deps.db
      .select()
      .from(consultations)
      .where(isNull(consultations.answeredAt))
      .orderBy(asc(consultations.dueAt)),
    deps.db
      .select()
      .from(consultations)
      .where(isNotNull(consultations.answeredBy))
      .orderBy(desc(consultations.answeredAt))
      .limit(ANSWERED_SHOWN),
  ]);
  return {
    consultations: [...waiting, ...answered].map((row) => ({
      consultationId: row.id,
      departmentNumber: deps.reference.department(row.departmentId)?.number ?? 0,
      askedAt: row.askedAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      overdue: row.answeredAt === null && row.dueAt < at,
      answeredAt: row.answeredAt?.toISOString() ?? null,
    })),
  };
}
