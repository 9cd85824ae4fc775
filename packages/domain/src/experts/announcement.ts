import { addWorkingDays, type WorkingCalendar } from '../calendar/index.ts';
import { ok, type PlainDate, refuse, type Result, type Trilingual } from '../shared/index.ts';

/** RG-02: parts of an announcement, in the order of the law: term and procedure, then items 1) to 4). Item 5) is the number of places. */
export const ANNOUNCEMENT_PARTS = ['procedure', 'body', 'work', 'requirements', 'documents'] as const;
export type AnnouncementPart = (typeof ANNOUNCEMENT_PARTS)[number];

/** RG-02: the contents in three languages. `body`: name, location, postal addresses, phones, e-mails of the state body. `work`: specialties, main duties, size and conditions of pay. */
export type AnnouncementContent = Record<AnnouncementPart, Trilingual>;

/** Longest part of an announcement, characters. */
export const ANNOUNCEMENT_PART_MAX = 6000;

/** An announcement before or after it was published. */
export interface Announcement {
  content: AnnouncementContent;
  /** RG-02(5): candidates to be selected. */
  places: number;
  /** First and last day on which applications are taken. */
  intakeFrom: PlainDate;
  intakeUntil: PlainDate;
  /** Null while it is a draft. */
  publishedOn: PlainDate | null;
  withdrawn: boolean;
}

/** Where an announcement stands on a day. `announced`: published, intake has not begun. */
export const ANNOUNCEMENT_STATES = ['draft', 'announced', 'open', 'closed', 'withdrawn'] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

/** RG-01: where an announcement stands on a day; intake opens and closes by its dates alone. */
export function announcementState(
  announcement: Omit<Announcement, 'content' | 'places'>,
  today: PlainDate,
): AnnouncementState {
  if (announcement.withdrawn) return 'withdrawn';
  if (announcement.publishedOn === null) return 'draft';
  if (today < announcement.intakeFrom) return 'announced';
  return today <= announcement.intakeUntil ? 'open' : 'closed';
}

/** Why an announcement is not published. */
export const PUBLISH_REFUSALS = [
  'incomplete',
  'no-places',
  'ends-before-it-begins',
  'intake-too-early',
  'published-already',
  'withdrawn-already',
] as const;
export type PublishRefusal = (typeof PUBLISH_REFUSALS)[number];

/** RG-01: first day on which intake may open when the announcement is published on `day`. `workingDays` whole working days lie before it. */
export function earliestIntake(calendar: WorkingCalendar, day: PlainDate, workingDays: number): PlainDate {
  return addWorkingDays(calendar, day, workingDays);
}

/** RG-02: parts that lack their text in at least one language. */
export function missingParts(content: AnnouncementContent): AnnouncementPart[] {
  return ANNOUNCEMENT_PARTS.filter((part) =>
    Object.values(content[part]).some((text: string) => text.trim() === ''),
  );
}

/**
 * RG-01, RG-02: whether an announcement may be published today: every part in three languages, at least one place, and intake
 * that begins the number of working days later or more.
 */
export function decidePublication(
  announcement: Announcement,
  calendar: WorkingCalendar,
  today: PlainDate,
  workingDays: number,
): Result<{ publishedOn: PlainDate }, PublishRefusal> {
  if (announcement.withdrawn) return refuse('withdrawn-already');
  if (announcement.publishedOn !== null) return refuse('published-already');
  if (missingParts(announcement.content).length > 0) return refuse('incomplete');
  if (!Number.isInteger(announcement.places) || announcement.places < 1) return refuse('no-places');
  if (announcement.intakeUntil < announcement.intakeFrom) return refuse('ends-before-it-begins');
  if (announcement.intakeFrom < earliestIntake(calendar, today, workingDays))
    return refuse('intake-too-early');
  return ok({ publishedOn: today });
}
