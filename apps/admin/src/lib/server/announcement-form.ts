import { SaveAnnouncementInput } from '@mse/contracts/expert-register';
import { ANNOUNCEMENT_PARTS } from '@mse/domain/experts';
import { LANGUAGES } from '@mse/domain/shared';

/** What the form of an announcement says, judged by the contract of the call. */
export function readAnnouncement(said: Record<string, string>, id: string | null) {
  return SaveAnnouncementInput.safeParse({
    id,
    content: Object.fromEntries(
      ANNOUNCEMENT_PARTS.map((part) => [
        part,
        Object.fromEntries(LANGUAGES.map((language) => [language, said[`${part}.${language}`] ?? ''])),
      ]),
    ),
    places: said.places,
    intakeFrom: said.intakeFrom,
    intakeUntil: said.intakeUntil,
  });
}
