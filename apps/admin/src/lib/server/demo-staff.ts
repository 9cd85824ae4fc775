import { apiFailure } from '@mse/api-client';

/** A person the demonstration offers at sign-in. */
export interface DemoStaff {
  key: string;
  name: string;
  role: string;
  note: string;
}

/** Demo mode only: the invented people whose role works in the staff app. Empty when the API is silent. */
export async function demoStaff(locals: App.Locals, staffRoles: readonly string[]): Promise<DemoStaff[]> {
  try {
    const people = await locals.api.identity.demoPeople.query();
    return people
      .filter((person) => staffRoles.includes(person.role))
      .map((person) => ({
        key: person.key,
        name: person.name,
        role: person.role,
        note: person.note[locals.language],
      }));
  } catch (thrown) {
    apiFailure(thrown);
    return [];
  }
}
