import type {
  AnnouncementInput,
  AnnouncementOutput,
  AnnouncementsOutput,
} from '@mse/contracts/expert-register';
import { announcements, expertApplications } from '@mse/db/schema';
import { earliestIntake, missingParts } from '@mse/domain/experts';
import { toBusinessDate } from '@mse/domain/shared';
import { count, desc, eq, notInArray } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { announcementView } from './announcement-view.ts';
import { registerPolicies } from './register-policies.ts';

/** RG-01: today, the days between publication and intake, and the first day on which intake may open. */
function publicationFacts(call: CallContext) {
  const today = toBusinessDate(call.at);
  const workingDays = registerPolicies(call.deps, today).announcementDays;
  return {
    today,
    workingDays,
    earliestIntake: earliestIntake(call.deps.reference.calendar(), today, workingDays),
  };
}

/** R10: every announcement, the newest intake first, with the applications that were sent. */
export async function listAnnouncements(call: CallContext): Promise<z.input<typeof AnnouncementsOutput>> {
  const facts = publicationFacts(call);
  const [rows, sent] = await Promise.all([
    call.deps.db.select().from(announcements).orderBy(desc(announcements.intakeFrom), desc(announcements.id)),
    call.deps.db
      .select({ id: expertApplications.announcementId, applications: count() })
      .from(expertApplications)
      .where(notInArray(expertApplications.state, ['draft', 'withdrawn']))
      .groupBy(expertApplications.announcementId),
  ]);
  call.seen(null, 'announcements');
  return {
    ...facts,
    announcements: rows.map((row) => ({
      ...announcementView(row, facts.today),
      applications: sent.find(({ id }) => id === row.id)?.applications ?? 0,
    })),
  };
}

/** R10: one announcement, with what it still lacks (RG-02). */
export async function getAnnouncement(
  call: CallContext,
  { id }: z.output<typeof AnnouncementInput>,
): Promise<z.input<typeof AnnouncementOutput>> {
  const [row] = await call.deps.db.select().from(announcements).where(eq(announcements.id, id));
  if (!row) throw notFound();
  const facts = publicationFacts(call);
  call.seen(null, `announcement:${id}`);
  return { ...facts, announcement: announcementView(row, facts.today), missing: missingParts(row.content) };
}
