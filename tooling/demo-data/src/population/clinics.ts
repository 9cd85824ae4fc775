import { drawBin } from './numbers.ts';
import type { Random } from './random.ts';
import { akmolaUnits } from './units.ts';
import type { Text3 } from './types.ts';

/** Names of organisations that do not follow from the name of their district. */
const cityClinics: Record<string, Text3[]> = {
  '111010000': [
    {
      kk: 'Көкшетау қалалық № 1 емханасы',
      ru: 'Кокшетауская городская поликлиника № 1',
      en: 'Kokshetau City Polyclinic No. 1',
    },
    {
      kk: 'Көкшетау қалалық № 2 емханасы',
      ru: 'Кокшетауская городская поликлиника № 2',
      en: 'Kokshetau City Polyclinic No. 2',
    },
  ],
  '111810000': [
    {
      kk: 'Степногорск көпбейінді қалалық ауруханасы',
      ru: 'Степногорская многопрофильная городская больница',
      en: 'Stepnogorsk Multiprofile City Hospital',
    },
  ],
  '111610000': [
    { kk: 'Қосшы қалалық ауруханасы', ru: 'Косшынская городская больница', en: 'Kosshy City Hospital' },
  ],
  '114500000': [
    {
      kk: 'Біржан сал аудандық ауруханасы',
      ru: 'Больница района Биржан сал',
      en: 'Birzhan sal District Hospital',
    },
  ],
};

function districtClinic(district: Text3): Text3 {
  return {
    kk: district.kk.replace(/ ауданы$/, ' аудандық ауруханасы'),
    ru: district.ru.replace(/ий район$/, 'ая районная больница'),
    en: district.en.replace(/ district$/, ' District Hospital'),
  };
}

/** Medical organisations, one or two to a city or district, still without the chairs of their commissions. */
export function drawClinics(random: Random): { bin: string; districtCode: string; name: Text3 }[] {
  const taken = new Set<string>();
  return akmolaUnits
    .filter((unit) => unit.parentCode === null)
    .flatMap((district) =>
      (cityClinics[district.code] ?? [districtClinic(district.name)]).map((name) => ({
        bin: drawBin(random, taken),
        districtCode: district.code,
        name: { kk: `«${name.kk}» ШЖҚ МКК`, ru: `ГКП на ПХВ «${name.ru}»`, en: name.en },
      })),
    );
}
