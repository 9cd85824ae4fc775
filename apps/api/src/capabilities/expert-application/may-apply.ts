import type { Executor } from '@mse/db';
import { expertApplications, persons } from '@mse/db/schema';
import { type ApplyRefusal, decideApply, LIVE_APPLICATION_STATES } from '@mse/domain/experts';
import type { PlainDate, Result } from '@mse/domain/shared';
import { and, eq, ne } from 'drizzle-orm';
import { type AnnouncementRow, stateOfAnnouncement } from '../expert-register/announcement-view.ts';
import { isBarred } from '../expert-register/bars.ts';
import { findEntry } from '../expert-register/index.ts';

/** RG-01, RG-14, RG-33: whether a person may begin, or with `draftId` send, an application under an announcement today. */
export async function mayApply(
  executor: Executor,
  personId: string,
  announcement: AnnouncementRow,
  today: PlainDate,
  draftId: string | null = null,
): Promise<Result<null, ApplyRefusal>> {
  const [barred, present, own, [person]] = await Promise.all([
    isBarred(executor, personId),
    findEntry(executor, personId),
    executor
      .select({
        id: expertApplications.id,
        state: expertApplications.state,
        announcementId: expertApplications.announcementId,
      })
      .from(expertApplications)
      .where(and(eq(expertApplications.personId, personId), ne(expertApplications.state, 'withdrawn'))),
    executor
      .select({ status: persons.status, legalCapacity: persons.legalCapacity })
      .from(persons)
      .where(eq(persons.id, personId)),
  ]);
  const others = own.filter(({ id }) => id !== draftId);
  return decideApply(
    { state: stateOfAnnouncement(announcement, today) },
    {
      barred,
      inRegister: present !== undefined,
      underWay: others.some(({ state }) => (LIVE_APPLICATION_STATES as readonly string[]).includes(state)),
      appliedBefore: others.some(({ announcementId }) => announcementId === announcement.id),
      alive: person?.status === 'alive',
      capable: person?.legalCapacity === 'capable',
    },
  );
}
