import { regions } from '@mse/db/schema';
import type { SignedPlace } from '@mse/domain/journals';
import { LANGUAGES, type Trilingual } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import type { JournalPlace } from './append-row.ts';

/** Whose journal it is, in words: region and number of the department, or the methodology and control department of the region. */
export async function placeName(deps: Deps, place: JournalPlace): Promise<Trilingual> {
  const [region] = await deps.db.select().from(regions).where(eq(regions.code, place.regionCode));
  const department = place.departmentId === null ? undefined : deps.reference.department(place.departmentId);
  const words = (language: keyof Trilingual) => {
    const t = translator(language);
    const name = region?.name[language] ?? place.regionCode;
    if (place.journal === 'methodology') return t('journals:place.methodology', { region: name });
    return department
      ? t('results:issuer.department', { region: name, number: department.number })
      : t('results:issuer.region', { region: name });
  };
  return Object.fromEntries(LANGUAGES.map((language) => [language, words(language)])) as Trilingual;
}

/** The same for what is signed, whose words are the domain's. */
export async function signedPlace(deps: Deps, place: JournalPlace): Promise<SignedPlace> {
  const [region] = await deps.db.select().from(regions).where(eq(regions.code, place.regionCode));
  const department = place.departmentId === null ? undefined : deps.reference.department(place.departmentId);
  return {
    journal: place.journal,
    region: region?.name ?? { kk: place.regionCode, ru: place.regionCode },
    departmentNumber: department?.number ?? null,
  };
}
