const BROWSERS: readonly [RegExp, string][] = [
  [/(?:YaBrowser)\/(\d+)/, 'Yandex Browser'],
  [/(?:Edg|EdgA|EdgiOS)\/(\d+)/, 'Edge'],
  [/(?:OPR)\/(\d+)/, 'Opera'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari/, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

/** `Firefox 140, Windows` out of what a browser says of itself; the text as it is when it says something else, null when nothing. */
export function describeDevice(userAgent: string): string | null {
  const text = userAgent.trim();
  if (text === '') return null;
  const browser = BROWSERS.map(([pattern, name]) => ({ name, version: pattern.exec(text)?.[1] })).find(
    (found) => found.version,
  );
  const system = SYSTEMS.find(([pattern]) => pattern.test(text))?.[1];
  const known = [browser && `${browser.name} ${browser.version}`, system].filter(Boolean).join(', ');
  return known || text;
}
