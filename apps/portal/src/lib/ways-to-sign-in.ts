/** C03: the ways to sign in. */
export const WAYS = ['sms', 'signature', 'mobile'] as const;
export type WayToSignIn = (typeof WAYS)[number];

/** Whether the browser says that it runs on a phone. A hint for the order of things, never for what is offered. */
export function isPhone(headers: Headers): boolean {
  const hint = headers.get('sec-ch-ua-mobile');
  return hint ? hint === '?1' : /Mobi|Android|iPhone/i.test(headers.get('user-agent') ?? '');
}

/** C03: all ways, the likeliest first: the one used last, else eGov Mobile on a phone and NCALayer on a computer. */
export function orderOfWays(onPhone: boolean, last: WayToSignIn | null): WayToSignIn[] {
  const usual: WayToSignIn[] = onPhone ? ['mobile', 'sms', 'signature'] : ['signature', 'mobile', 'sms'];
  return last ? [last, ...usual.filter((way) => way !== last)] : usual;
}
