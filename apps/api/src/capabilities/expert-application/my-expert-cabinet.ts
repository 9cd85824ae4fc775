import type { MyExpertCabinetOutput } from '@mse/contracts/expert-application';
import { announcements, expertApplications, expertExclusions, experts } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, asc, desc, eq, gte, isNotNull, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, signedIn } from '../../trpc.ts';
import { stateOfAnnouncement } from '../expert-register/announcement-view.ts';
import { isBarred } from '../expert-register/bars.ts';
import { openPartsOf } from '../expert-register/effect-on-cases.ts';
import { mayApply } from './may-apply.ts';

/** C38: the caller's cabinet of independent experts: own applications, what can be applied for, and the own place in the register. */
export async function myExpertCabinet(call: CallContext): Promise<z.input<typeof MyExpertCabinetOutput>> {
  const { db } = call.deps;
  const { personId } = signedIn(call);
  const today = toBusinessDate(call.at);
  const [own, ahead, [expert], barred] = await Promise.all([
    db
      .select({ application: expertApplications, announcement: announcements.number })
      .from(expertApplications)
      .innerJoin(announcements, eq(announcements.id, expertApplications.announcementId))
      .where(eq(expertApplications.personId, personId))
      .orderBy(desc(expertApplications.createdAt)),
    db
      .select()
      .from(announcements)
      .where(
        and(
          isNotNull(announcements.publishedOn),
          isNull(announcements.withdrawnAt),
          gte(announcements.intakeUntil, today),
        ),
      )
      .orderBy(asc(announcements.intakeFrom)),
    db.select().from(experts).where(eq(experts.personId, personId)).orderBy(desc(experts.createdAt)).limit(1),
    isBarred(db, personId),
  ]);
  const [asked] = expert
    ? await db
        .select({ id: expertExclusions.id })
        .from(expertExclusions)
        .where(and(eq(expertExclusions.expertId, expert.id), eq(expertExclusions.state, 'proposed')))
    : [];
  return {
    today,
    applications: own.map(({ application, announcement }) => ({
      id: application.id,
      number: application.number,
      announcement: announcement ?? '',
      state: application.state,
      stateAt: application.stateAt.toISOString(),
      dueOn: application.dueOn,
    })),
    announcements: await Promise.all(
      ahead.map(async (row) => {
        const may = await mayApply(db, personId, row, today);
        return {
          id: row.id,
          number: row.number ?? '',
          state: stateOfAnnouncement(row, today) === 'open' ? ('open' as const) : ('announced' as const),
          intakeFrom: row.intakeFrom,
          intakeUntil: row.intakeUntil,
          places: row.places,
          refusal: may.ok ? null : may.refusal,
        };
      }),
    ),
    expert: expert
      ? {
          code: expert.code,
          enteredOn: expert.enteredOn,
          excludedOn: expert.excludedOn,
          exclusionAsked: asked !== undefined,
          openParts: expert.excludedOn ? 0 : await openPartsOf(db, expert.id),
        }
      : null,
    barred,
  };
}
