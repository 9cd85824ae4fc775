import type { Database } from '@mse/db';
import { administrativeUnits } from '@mse/db/schema';
import { type KnownPlace, placeIndex, type StemIndex, TOWNS } from '@mse/domain/dossiers';
import { count } from 'drizzle-orm';

let kept: { db: Database; units: number; index: StemIndex } | null = null;

/**
 * PX-04: names of all places of the country, ready to be searched for; made anew when the number of units changes. Regions and
 * districts count in any letter case, villages with a capital letter, because many are ordinary words.
 */
export async function placeNames(db: Database): Promise<StemIndex> {
  const [row] = await db.select({ units: count() }).from(administrativeUnits);
  const units = row?.units ?? 0;
  if (kept?.db === db && kept.units === units) return kept.index;
  const rows = await db
    .select({ parentCode: administrativeUnits.parentCode, name: administrativeUnits.name })
    .from(administrativeUnits);
  const places: KnownPlace[] = TOWNS.map((name) => ({ name, sure: true }));
  for (const unit of rows)
    for (const name of new Set([unit.name.kk, unit.name.ru, unit.name.en]))
      places.push({ name, sure: unit.parentCode === null });
  kept = { db, units, index: placeIndex(places) };
  return kept.index;
}
