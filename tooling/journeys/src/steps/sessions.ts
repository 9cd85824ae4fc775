import type { Language } from '@mse/domain/shared';
import { apiClient } from './api.ts';
import { openWindow, type Way, type Window } from './browser.ts';
import { signWithNcalayer } from './simulators.ts';
import type { World } from './world.ts';

/** Names of the session cookies; a browser holds both. */
const COOKIES = { portal: '__Host-saraptama', admin: '__Host-saraptama-staff' } as const;

/** Signs a person of staff in with their key, without a browser; the session token. */
export async function signInStaffOverApi(
  world: World,
  iin: string,
  language: Language = 'ru',
): Promise<string> {
  return signInByKey(world, iin, language, 'staff');
}

/** Signs a citizen in with their key, without a browser; the session token. */
export async function signInCitizenByKey(
  world: World,
  iin: string,
  language: Language = 'ru',
): Promise<string> {
  return signInByKey(world, iin, language, 'citizen');
}

async function signInByKey(
  world: World,
  iin: string,
  language: Language,
  audience: 'citizen' | 'staff',
): Promise<string> {
  const anybody = apiClient(world, null, language);
  const host = new URL(audience === 'staff' ? world.at.admin : world.at.portal).host;
  const { challengeId, text } = await anybody.identity.startSignature.mutate({
    audience,
    host,
    language,
  });
  const cms = await signWithNcalayer(world, iin, Buffer.from(text));
  const answer = await anybody.identity.finishSignature.mutate({ challengeId, cms, device: 'journey' });
  if (!answer.ok) throw new Error(`The signature was refused: ${answer.refusal}`);
  return answer.token;
}

/** A window whose browser already holds a session. */
export async function openSignedIn(
  world: World,
  app: 'portal' | 'admin',
  token: string,
  way: Partial<Way> = {},
): Promise<Window> {
  const window = await openWindow(way);
  const { hostname } = new URL(world.at[app]);
  await window.context.addCookies([
    {
      name: COOKIES[app],
      value: token,
      domain: hostname,
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Lax',
    },
  ]);
  return window;
}
