import type {
  PublicAnnouncementInput,
  PublicAnnouncementOutput,
  PublicAnnouncementsOutput,
} from '@mse/contracts/expert-application';
import { announcements } from '@mse/db/schema';
import { toBusinessDate } from '@mse/domain/shared';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { announcementView } from '../expert-register/announcement-view.ts';

/** RG-01: published announcements, the newest intake first; no sign-in, no data of a person. */
export async function publicAnnouncements(
  call: CallContext,
): Promise<z.input<typeof PublicAnnouncementsOutput>> {
  const today = toBusinessDate(call.at);
  const rows = await call.deps.db
    .select()
    .from(announcements)
    .where(isNotNull(announcements.publishedOn))
    .orderBy(desc(announcements.intakeFrom), desc(announcements.id))
    .limit(20);
  return { today, announcements: rows.map((row) => announcementView(row, today)) };
}

/** RG-01, RG-02: one published announcement; a draft is like one that never was. */
export async function publicAnnouncement(
  call: CallContext,
  { id }: z.output<typeof PublicAnnouncementInput>,
): Promise<z.input<typeof PublicAnnouncementOutput>> {
  const today = toBusinessDate(call.at);
  const [row] = await call.deps.db
    .select()
    .from(announcements)
    .where(and(eq(announcements.id, id), isNotNull(announcements.publishedOn)));
  if (!row) throw notFound();
  return { today, announcement: announcementView(row, today) };
}
