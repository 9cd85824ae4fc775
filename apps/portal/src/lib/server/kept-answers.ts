import { PORTAL_SECRET } from '$app/env/private';
import { SESSION_COOKIE_ATTRIBUTES } from '@mse/auth/cookie';
import type { Cookies } from '@sveltejs/kit';
import { AccessNeed, PlaceChoice } from '@mse/contracts/queue';
import { LANGUAGES } from '@mse/domain/shared';
import { z } from 'zod';
import { seal, unseal } from './sealed.ts';

/** Answers that wait in a sealed cookie between two pages. */
interface KeptAnswers<Answers> {
  read(cookies: Cookies): Answers | undefined;
  keep(cookies: Cookies, answers: Answers): void;
  drop(cookies: Cookies): void;
}

function keptAnswers<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  seconds: number,
): KeptAnswers<z.output<Schema>> {
  return {
    read(cookies) {
      const sealed = cookies.get(name);
      const read = sealed ? schema.safeParse(unseal(PORTAL_SECRET, name, sealed)) : undefined;
      return read?.success ? read.data : undefined;
    },
    keep(cookies, answers) {
      cookies.set(name, seal(PORTAL_SECRET, name, answers), {
        ...SESSION_COOKIE_ATTRIBUTES,
        maxAge: seconds,
      });
    },
    drop(cookies) {
      cookies.delete(name, SESSION_COOKIE_ATTRIBUTES);
    },
  };
}

/** What is needed to ask for the code again and to try it; lives a little longer than the code. */
export const codeRequest = keptAnswers(
  '__Host-saraptama-code',
  z.object({ challengeId: z.uuid(), iin: z.string(), phone: z.string() }),
  15 * 60,
);

/** A change of the contact number between asking for the codes and entering them; lives as long as the codes. */
export const phoneChange = keptAnswers(
  '__Host-saraptama-phone',
  z.object({
    changeId: z.uuid(),
    oldPhone: z.string().nullable(),
    newPhone: z.string(),
    minutes: z.int(),
  }),
  10 * 60,
);

/** The number of the report of a fault just sent, for the page that says so. */
export const sentReport = keptAnswers('__Host-saraptama-fault', z.object({ number: z.string() }), 60 * 60);

/** C05: a signing on the phone that this browser began; gone with the text, so that a fresh one is begun then. */
export const mobileSigning = keptAnswers(
  '__Host-saraptama-signing',
  z.object({
    signingKey: z.string(),
    text: z.string(),
    compareCode: z.string(),
    link: z.string(),
    endsAt: z.string(),
    language: z.enum(LANGUAGES),
  }),
  5 * 60,
);

/** What was typed on a page that turned out to need a signature, until the person is back from signing. */
export const typedBefore = keptAnswers(
  '__Host-saraptama-typed',
  z.object({ path: z.string(), fields: z.record(z.string(), z.string().max(1000)) }),
  30 * 60,
);

/** The time chosen on C11 on its way to C12. Kept for a day, so that nobody loses it by a pause or a fresh sign-in. */
export const chosenPlace = keptAnswers(
  '__Host-saraptama-choice',
  z.object({
    formId: z.uuid(),
    bookingId: z.uuid().nullable(),
    place: PlaceChoice,
    accessNeeds: z.array(AccessNeed),
  }),
  24 * 60 * 60,
);
