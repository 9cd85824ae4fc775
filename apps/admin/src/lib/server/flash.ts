import type { Cookies } from '@sveltejs/kit';
import { z } from 'zod';

const NAME = '__Host-saraptama-said';
const OPTIONS = { path: '/', httpOnly: true, secure: true, sameSite: 'strict', maxAge: 60 } as const;

/** What a page says once after a redirect: a text's key and its values. Never a name or a number of a person. */
const Said = z.object({
  tone: z.enum(['done', 'problem']),
  key: z.string().max(80),
  params: z.record(z.string().max(20), z.union([z.string().max(60), z.number()])),
});
export type Said = z.infer<typeof Said>;

/** Leaves a sentence for the next page, so that a reload never repeats the action it speaks of. */
export function say(cookies: Cookies, said: Said): void {
  cookies.set(NAME, JSON.stringify(said), OPTIONS);
}

/** The sentence left by the page before, once. */
export function heard(cookies: Cookies): Said | null {
  const kept = cookies.get(NAME);
  if (!kept) return null;
  cookies.delete(NAME, OPTIONS);
  try {
    return Said.parse(JSON.parse(kept));
  } catch {
    return null;
  }
}
