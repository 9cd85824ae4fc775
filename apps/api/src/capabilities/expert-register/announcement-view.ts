import type { AnnouncementView } from '@mse/contracts/expert-register';
import type { announcements } from '@mse/db/schema';
import { announcementState } from '@mse/domain/experts';
import type { PlainDate } from '@mse/domain/shared';
import type { z } from 'zod';

/** An announcement as its table holds it. */
export type AnnouncementRow = typeof announcements.$inferSelect;

/** RG-01: where a stored announcement stands on a day. */
export function stateOfAnnouncement(row: AnnouncementRow, today: PlainDate) {
  return announcementState({ ...row, withdrawn: row.withdrawnAt !== null }, today);
}

/** RG-02: an announcement as pages show it. */
export function announcementView(row: AnnouncementRow, today: PlainDate): z.input<typeof AnnouncementView> {
  const { id, number, content, places, intakeFrom, intakeUntil, publishedOn, withdrawnReason } = row;
  return {
    id,
    number,
    state: stateOfAnnouncement(row, today),
    content,
    places,
    intakeFrom,
    intakeUntil,
    publishedOn,
    withdrawnReason,
  };
}
