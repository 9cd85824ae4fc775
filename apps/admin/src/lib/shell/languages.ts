/** The languages by their own names, the state language first. */
const NAMES = [
  { code: 'kk', name: 'ҚАЗ', fullName: 'Қазақ тілі' },
  { code: 'ru', name: 'РУС', fullName: 'Русский язык' },
  { code: 'en', name: 'ENG', fullName: 'English' },
] as const;

/**
 * The same page in every language. What a form has just sent is not part of an address: a page that answered a form
 * (`?/find`) is opened anew.
 */
export function sameInLanguages(
  address: Pick<URL, 'pathname' | 'search'>,
): { code: string; name: string; fullName: string; href: string }[] {
  const search = new URLSearchParams(address.search);
  for (const name of [...search.keys()]) if (name.startsWith('/')) search.delete(name);
  const rest = address.pathname.replace(/^\/(kk|ru|en)(?=\/|$)/, '');
  const query = search.size > 0 ? `?${search}` : '';
  return NAMES.map((language) => ({ ...language, href: `/${language.code}${rest}${query}` }));
}
