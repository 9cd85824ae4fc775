import { type ApiClient, createApiClient } from '@mse/api-client';
import type { Language } from '@mse/domain/shared';
import type { DemoCitizen } from './people.ts';
import { lastSmsNumber, waitForSms } from './simulators.ts';
import { until, type World } from './world.ts';

/** The six digits of a sign-in SMS. */
export function codeOf(text: string): string {
  const code = /\b\d{6}\b/.exec(text)?.[0];
  if (!code) throw new Error('The SMS holds no code of six digits');
  return code;
}

/** A client of an API process as the portal uses it, for a session or for nobody. */
export function apiClient(
  world: World,
  token: string | null = null,
  language: Language = 'ru',
  api = 0,
): ApiClient {
  return createApiClient({ url: world.at.api[api] ?? '', token, language });
}

/** Signs a person in by the code of an SMS, without a browser; the session token. */
export async function signInOverApi(
  world: World,
  person: Pick<DemoCitizen, 'iin' | 'phone'>,
  language: Language = 'ru',
): Promise<string> {
  const anybody = apiClient(world, null, language);
  const before = await lastSmsNumber(world, person.phone);
  const asked = await anybody.identity.requestCode.mutate({ iin: person.iin, phone: person.phone, language });
  if (!asked.ok) throw new Error(`No code: wait ${asked.retryAfterSeconds} s`);
  const sms = await waitForSms(world, person.phone, /\b\d{6}\b/, before);
  const answer = await anybody.identity.verifyCode.mutate({
    challengeId: asked.challengeId,
    code: codeOf(sms.text),
    device: 'journey',
  });
  if (!answer.ok) throw new Error(`The code was refused: ${answer.refusal}`);
  return answer.token;
}

/** Gives the consent in force in the name of a session. */
export async function consentOverApi(client: ApiClient, language: Language): Promise<void> {
  const { version } = await client.consent.current.query();
  await client.consent.give.mutate({ version, language });
}

/** Books a place; the booking as saved. */
export async function bookOverApi(client: ApiClient, formId: string, day: string, startsAt: string) {
  const answer = await client.queue.bookPlace.mutate({
    formId,
    day,
    startsAt,
    requestKey: crypto.randomUUID(),
  });
  if (!answer.ok) throw new Error(`Not booked: ${answer.refusal}`);
  return answer;
}

/** The state of a booking as the database has it. */
export async function bookingState(world: World, bookingId: string): Promise<string> {
  const [row] = await world.sql<{ state: string }[]>`select state from booking where id = ${bookingId}`;
  return row?.state ?? 'none';
}

/** Waits until a booking has a state. */
export async function waitForState(world: World, bookingId: string, state: string): Promise<void> {
  await until(`a booking that is ${state}`, async () => (await bookingState(world, bookingId)) === state);
}
