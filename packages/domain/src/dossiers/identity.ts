import type { PersonName, PlainDate } from '../shared/index.ts';
import {
  type IdentityKind,
  indexStems,
  type KnownPlace,
  nameStems,
  placeStems,
  type Stem,
  type StemIndex,
} from './known-words.ts';
import { soundKey, wordsOf } from './sound-key.ts';

/** A person whose name may stand in the papers, and what the person is to the patient. */
export interface KnownPerson extends PersonName {
  role: 'patient' | 'representative' | 'relative' | 'doctor';
}

/** Everything that is known of who a case is about; from the form, the registries and the file. */
export interface Identity {
  people: readonly KnownPerson[];
  /** Days that identify: birth dates of the people. */
  birthDates: readonly PlainDate[];
  /** Numbers of every kind: ИИН, БИН, phones, documents, cards, the form itself. */
  numbers: readonly string[];
  organisations: readonly string[];
  /** Places of the people themselves; places of the country come as an index of their own. */
  places: readonly string[];
  addresses: readonly string[];
}

/** Known identity in the shape in which texts are searched. */
export interface KnownIdentity {
  stems: StemIndex;
  birthDates: readonly PlainDate[];
  /** Digits and letters only. */
  numbers: readonly { digits: string; kind: 'number' | 'phone' }[];
  initials: readonly { letters: string; kind: IdentityKind }[];
}

/** Words of organisations that name a kind and nobody in particular, by sound. */
const ORGANISATION_CLASS = new Set(
  ['аудандық', 'аурухана', 'ауруханасы', 'емхана', 'емханасы', 'қалалық', 'облыстық', 'орталық', 'орталығы', 'орталық', 'көпбейінді', 'клиника', 'клиникасы', 'мемлекеттік',
   'коммуналдық', 'кәсіпорны', 'қазыналық', 'шаруашылық', 'жүргізу', 'құқығындағы', 'жауапкершілігі', 'шектеулі', 'серіктестігі', 'мектебі', 'мектеп', 'гимназия', 'гимназиясы', 'балабақша',
   'балабақшасы', 'колледж', 'колледжі', 'университеті', 'университет', 'институт', 'институты', 'денсаулық', 'сақтау', 'басқармасы', 'диспансер', 'диспансері', 'балалар', 'отбасылық',
   'дәрігерлік', 'амбулатория', 'амбулаториясы', 'ғылыми', 'ұлттық', 'медициналық', 'акционерлік', 'қоғамы', 'жедел', 'жәрдем', 'районная', 'районный', 'больница', 'больницы', 'поликлиника',
   'городская', 'городской', 'областная', 'областной', 'центральная', 'центральный', 'центр', 'многопрофильная', 'клиническая', 'государственное', 'коммунальное', 'предприятие', 'праве', 'хозяйственного',
   'ведения', 'товарищество', 'ограниченной', 'ответственностью', 'средняя', 'школа', 'школы', 'лицей', 'детский', 'детская', 'общеобразовательная', 'казенное', 'здравоохранения', 'управление', 'управления',
   'семейной', 'врачебной', 'врачебная', 'научный', 'национальный', 'медицинский', 'медицинская', 'акционерное', 'общество', 'скорой', 'помощи', 'завод', 'зауыты', 'фабрика', 'компания', 'компаниясы', 'республиканская', 'республикалық'].map(soundKey),
); // prettier-ignore

/** Words of addresses that name a kind of thing, by sound. */
const ADDRESS_CLASS = new Set(
  ['көшесі', 'көше', 'даңғылы', 'ауданы', 'облысы', 'қаласы', 'ауылы', 'шағын', 'ықшам', 'ықшамаудан', 'мөлтек', 'үй', 'пәтер', 'корпус', 'улица', 'проспект', 'микрорайон', 'переулок', 'район', 'область', 'город', 'село', 'дом', 'квартира',
   'тұйық', 'бульвар', 'бульвары', 'шоссе', 'тас', 'жолы', 'қазақстан', 'казахстан', 'республика', 'республикасы', 'округі', 'округ'].map(soundKey),
); // prettier-ignore

/** Gets known identity ready for `remakeText`. */
export function knownIdentity(identity: Identity): KnownIdentity {
  const stems: Stem[] = [];
  const initials: { letters: string; kind: IdentityKind }[] = [];
  for (const person of identity.people) {
    for (const part of [person.surname, person.name, person.patronymic])
      if (part) stems.push(...nameStems(part, person.role));
    const letters = [person.surname, person.name, person.patronymic]
      .map((part) => firstLetter(part))
      .join('');
    initials.push({ letters: letters.slice(1), kind: person.role }, { letters, kind: person.role });
    initials.push({ letters: letters.slice(1) + letters.slice(0, 1), kind: person.role });
  }
  // A place in the name of an organisation is still a place.
  for (const name of identity.places) stems.push(...placeStems({ name, sure: true }));
  for (const name of identity.organisations)
    stems.push(...ownWords(name, 'organisation', ORGANISATION_CLASS));
  for (const address of identity.addresses) stems.push(...ownWords(address, 'address', ADDRESS_CLASS));
  return {
    stems: indexStems(stems),
    birthDates: identity.birthDates,
    numbers: identity.numbers.flatMap((number) => {
      const digits = number.replace(/\D/g, '');
      if (digits.length < 4) return [];
      const phone = /^\+?[78]?7\d{9}$/.test(number.replace(/[^\d+]/g, ''));
      return {
        digits: phone ? digits.slice(-10) : digits,
        kind: phone ? ('phone' as const) : ('number' as const),
      };
    }),
    initials: initials.filter((entry) => entry.letters.length >= 2),
  };
}

/**
 * What of a known identity cannot be anything else: names, in their unmistakable forms, of the patient and those near, numbers and birth
 * dates. Words that are words of every day too, doctors, places and organisations are left out.
 */
export function certainIdentity(known: KnownIdentity): KnownIdentity {
  const certain = [...known.stems.values()]
    .flat()
    .filter(
      ({ kind, when }) =>
        when === 'always' && (kind === 'patient' || kind === 'representative' || kind === 'relative'),
    );
  return { ...known, stems: indexStems(certain), initials: [] };
}

/** The places of the country, ready for `remakeText`; made once and used for every case. */
export function placeIndex(places: readonly KnownPlace[]): StemIndex {
  return indexStems(places.flatMap(placeStems));
}

/** The words that make a name of an organisation or an address its own, and a quoted name as a whole. */
function ownWords(text: string, kind: IdentityKind, classes: ReadonlySet<string>): Stem[] {
  const own = wordsOf(text)
    .map((word) => word.keys[0] ?? '')
    .filter((key) => key.length >= 4 && !classes.has(key));
  const stems = own.map((key): Stem => {
    const stem = key.replace(/(?<=.{5})[aeiou]$/, '');
    return { stem, kind, when: stem.length >= 6 ? 'always' : 'capital', free: stem.length >= 7 };
  });
  for (const quoted of text.matchAll(/[«"“„]([^»"”“]{3,})[»"”“]/g)) {
    const key = soundKey(quoted[1] ?? '');
    if (key.length >= 5) stems.push({ stem: key, kind, when: 'always', free: false });
  }
  return stems;
}

function firstLetter(part: string | null): string {
  return [...(part ?? '').trim()][0]?.toUpperCase() ?? '';
}
