import { apiFailure } from '@mse/api-client';
import type { WhoAmI } from '../session.ts';

/**
 * A question asked at most once per request: who is signed in. A page must open even when the API is silent, so silence
 * reads as "nobody"; a session the API does not know any more is forgotten by the browser, too.
 */
export function whoIsSignedIn(
  locals: Pick<App.Locals, 'api' | 'token'>,
  forget: () => void,
): () => Promise<WhoAmI | null> {
  let answer: Promise<WhoAmI | null> | undefined;
  return () => {
    if (!locals.token) return Promise.resolve(null);
    answer ??= locals.api.identity.whoAmI.query().catch((thrown: unknown) => {
      if (apiFailure(thrown).kind === 'sign-in') forget();
      return null;
    });
    return answer;
  };
}
