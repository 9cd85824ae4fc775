import { ReportInput } from '@mse/contracts/reporting';

/** What the form of a report says, as it stands in the address; an empty choice is none. */
export function reportQuery(url: URL) {
  const asked = Object.fromEntries(
    ['kind', 'on', 'region', 'department'].flatMap((name) => {
      const value = url.searchParams.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  return { asked, input: ReportInput.safeParse(asked) };
}
