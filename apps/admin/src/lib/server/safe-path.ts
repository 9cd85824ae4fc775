/**
 * A path of this app to go to after sign-in, or null. Only a path: a full address, `//host` or a backslash trick would
 * lead a person away from here.
 */
export function safePath(wanted: string | null): string | null {
  if (
    !wanted ||
    wanted.length > 300 ||
    !/^\/(kk|ru|en)(\/[\w./?=&-]*)?$/.test(wanted) ||
    wanted.includes('//')
  )
    return null;
  return wanted;
}
