import type { ApiClient } from '@mse/api-client';
import type { WhoAmI } from '#lib/session.ts';
import type { Display } from '#lib/display.ts';
import type { Language } from '@mse/domain/shared';

declare global {
  namespace App {
    interface Locals {
      /** Language of the page: the first segment of its address. */
      language: Language;
      /** How the person wants to see the pages. */
      display: Display;
      /** Ties this request to the API's log; shown to the person as the incident number when something breaks. */
      requestId: string;
      /** Session token of the cookie, or null. */
      token: string | null;
      /** The API in this person's name; calls of one tick travel together. */
      api: ApiClient;
      /** Who is signed in, asked once per request; null when nobody is or the API is silent. */
      me(): Promise<WhoAmI | null>;
      /** The page of this request collects a signature and may reach the signing program of the person's computer. */
      signs?: true;
    }

    interface Error {
      /** Number a person can name to the contact centre. */
      incident?: string;
      /** Seconds until another try makes sense. */
      retryAfterSeconds?: number;
    }
  }
}

export {};
