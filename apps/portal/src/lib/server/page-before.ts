/** Path of the page of ours a person comes from, without its values; null when they come from elsewhere. */
export function pageBefore(request: Request, url: URL): string | null {
  const from = request.headers.get('referer');
  if (!from || !URL.canParse(from)) return null;
  const page = new URL(from);
  return page.host === url.host && page.pathname !== url.pathname ? page.pathname : null;
}
