import { settleMobileSigning } from '#lib/server/settle-mobile-signing.ts';
import type { RequestHandler } from './$types';

/** C05: what the open page asks every few seconds; the button "I have signed" does the same without a script. */
export const POST: RequestHandler = async (event) => Response.json(await settleMobileSigning(event));
