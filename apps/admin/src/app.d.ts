import type { ApiClient } from '@mse/api-client';
import type { Language } from '@mse/domain/shared';
import type { ErrorWords } from '#lib/server/error-words.ts';

declare global {
  namespace App {
    interface Locals {
      language: Language;
      /** Ties the logs of this app and the API together. */
      requestId: string;
      /** Whether the browser holds a session token; whether it still serves is known to the API alone. */
      token: string | null;
      api: ApiClient;
      /** The page of this request collects a signature and may reach the signing program of the person's computer. */
      signs?: true;
    }
    interface Error {
      words?: ErrorWords;
    }
  }
}
