/** Pages of ours only: a language, then letters, digits and the marks our addresses use. */
const OURS = /^\/(kk|ru|en)(\/[\w.-]+)*(\?[\w=&.:-]*)?$/;

/** Where to go on after signing in: the wanted page when it is one of ours, the cabinet otherwise. */
export function backAddress(wanted: string | null | undefined, language: string): string {
  return wanted && wanted.length <= 300 && OURS.test(wanted) && !wanted.includes('..')
    ? wanted
    : `/${language}/cabinet`;
}
