import { plainDate, type PlainDate } from '@mse/domain/shared';
import type { Mark } from './leak-detector.ts';

/** Somebody whose every part is a word or a number that nobody and nothing else has. */
export interface PlantedPerson {
  surname: string;
  name: string;
  patronymic: string;
  mother: { surname: string; name: string };
  doctor: string;
  workplace: string;
  school: string;
  street: string;
  village: string;
  iin: string;
  phone: string;
  mail: string;
  document: string;
  card: string;
  form: string;
  birthDate: PlainDate;
}

const FIRST = [
  'жұ',
  'тә',
  'бо',
  'қым',
  'сә',
  'ға',
  'дүр',
  'мәз',
  'лұ',
  'ке',
  'зі',
  'но',
  'пұ',
  'рә',
  'гү',
  'шо',
];
const MIDDLE = [
  'лқы',
  'мір',
  'ғұл',
  'тар',
  'бід',
  'зұм',
  'мег',
  'ғұт',
  'рсұ',
  'нды',
  'псі',
  'кта',
  'лдұ',
  'ңға',
  'йтү',
  'сқа',
];
const LAST = ['баз', 'зұқ', 'лық', 'рас', 'дүр', 'бет', 'гүл', 'тақ', 'мұз', 'сен', 'літ', 'ноқ', 'пар', 'рұт', 'кем', 'шық']; // prettier-ignore

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Words nobody bears, each given once: `count` of them by their number. */
function rootOf(no: number): string {
  // A walk through all combinations that leaves neighbours unlike each other.
  const all = FIRST.length * MIDDLE.length * LAST.length;
  const at = (no * 1571 + 11) % all;
  // Longer roots when the short ones are used up.
  const round = Math.floor(no / all);
  const tail = round === 0 ? '' : (MIDDLE[round % MIDDLE.length] ?? '');
  return capital(
    `${FIRST[at % 16] ?? ''}${MIDDLE[Math.floor(at / 16) % 16] ?? ''}${tail}${LAST[Math.floor(at / 256) % 16] ?? ''}`,
  );
}

const PARTS = 10;

/** The person of a number. Numbers up to ten thousand give people without a common part. */
export function plantedPerson(no: number): PlantedPerson {
  const root = (part: number) => rootOf(no * PARTS + part);
  const digits = (length: number, salt: number) =>
    String((BigInt(no + 1) * 7_919_777n * BigInt(salt * 2 + 1) + 104_729n * BigInt(salt)) % 10n ** BigInt(length)).padStart(length, '3'); // prettier-ignore
  const year = 1950 + ((no * 7) % 50);
  const month = 1 + ((no * 5) % 12);
  const day = 1 + ((no * 11) % 28);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    surname: `${root(0)}ова`,
    name: root(1),
    patronymic: `${root(2)}қызы`,
    mother: { surname: `${root(3)}ова`, name: root(4) },
    doctor: `${root(5)}ов`,
    workplace: `${root(6)} Құрылыс`,
    school: root(7),
    street: root(8),
    village: root(9),
    iin: `${two(year % 100)}${two(month)}${two(day)}${digits(6, 1)}`,
    phone: `+7701${digits(7, 2)}`,
    mail: `k${no}q${digits(4, 9)}zh@post.kz`,
    document: `04${digits(7, 3)}`,
    card: `MK-${digits(9, 4)}`,
    form: `F-${digits(9, 5)}`,
    birthDate: plainDate(`${year}-${two(month)}-${two(day)}`),
  };
}

/** Everything of a person that must be found nowhere. */
export function marksOf(who: PlantedPerson): Mark[] {
  const word = (what: string, value: string): Mark => ({ what, kind: 'word', value });
  const digits = (what: string, value: string): Mark => ({ what, kind: 'digits', value });
  const [year = '', month = '', day = ''] = who.birthDate.split('-');
  return [
    word('surname', who.surname.slice(0, -3)),
    word('name', who.name),
    word('patronymic', who.patronymic.slice(0, -4)),
    word('mother’s surname', who.mother.surname.slice(0, -3)),
    word('mother’s name', who.mother.name),
    word('doctor', who.doctor.slice(0, -2)),
    word('workplace', who.workplace.split(' ')[0] ?? ''),
    word('school', who.school),
    word('street', who.street),
    word('village', who.village),
    word('district', 'Көкшетау'),
    word('region', 'Акмолинск'),
    digits('ИИН', who.iin),
    digits('phone', who.phone.slice(2)),
    digits('document', who.document),
    digits('card', who.card.slice(3)),
    digits('form', who.form.slice(2)),
    digits('birth date', `${day}${month}${year}`),
    { what: 'birth date', kind: 'exact', value: who.birthDate },
    { what: 'mail', kind: 'exact', value: who.mail.split('@')[0] ?? '' },
  ];
}

const LATIN: Record<string, string> = {
  а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'gh', д: 'd', е: 'e', ж: 'zh', з: 'z', і: 'i', й: 'y', к: 'k', қ: 'q', л: 'l', м: 'm', н: 'n', ң: 'ng', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ұ: 'u', ү: 'u', ы: 'y', ш: 'sh',
}; // prettier-ignore
/** A word in Latin letters, as passports write it. */
export const latinOf = (word: string) =>
  capital([...word.toLowerCase()].map((letter) => LATIN[letter] ?? letter).join(''));

const MONTHS_RU = ['января', 'февраля', 'марта', 'апреля', 'мая', 'июня', 'июля', 'августа', 'сентября', 'октября', 'ноября', 'декабря']; // prettier-ignore
const MONTHS_KK = ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан']; // prettier-ignore

/** Sentences with every part of the identity, in the forms and spellings people use. */
export function sentencesOf(who: PlantedPerson) {
  const s = who.surname.slice(0, -1);
  const root = who.surname.slice(0, -3);
  const phone = who.phone.slice(2);
  const [year = '', month = '', day = ''] = who.birthDate.split('-');
  const [ru, kk] = [MONTHS_RU[Number(month) - 1] ?? '', MONTHS_KK[Number(month) - 1] ?? ''];
  const initials = `${who.name[0]}.${who.patronymic[0]}.`;
  return {
    ru: `Пациентка ${who.surname} ${who.name} ${who.patronymic}, со слов ${s}ой ${initials}, у ${s.toUpperCase()}ОЙ слабость. Консультировали ${s}у, довольна ${s}ою. Мать ${who.mother.surname} ${who.mother.name} сообщила; ${who.mother.name}ой подтверждено. Лечащий врач: ${who.doctor} К.М. Консультация ${who.doctor}ым проведена. Назначено ${s}ой 5 мг.`,
    kk: `Науқас ${who.surname}ның жағдайы орташа, ${who.name}ға ем тағайындалды, ${who.patronymic}нан анамнез жиналды. ${who.surname}ға, ${who.surname}ны, ${who.surname}да, ${who.surname}мен сөйлесті. Анасы ${who.mother.surname} ${who.mother.name} келді, ${who.mother.name}дың айтуынша ұйқысы нашар. Дәрігер ${who.doctor} А.Б. қарады.`,
    odd: `${root.slice(0, 4)}-\n${root.slice(4)}ова; ${[...who.surname].join(' ')}; ${root.slice(0, 5)}\u200b${root.slice(5)}ова; ${root.toLowerCase()}ова; ${root.slice(0, 4)}\u00ad${root.slice(4)}ова; ${latinOf(who.surname)} ${latinOf(who.name)}; ${who.surname.replace(/[аоесрі]/g, (letter) => ({ а: 'a', о: 'o', е: 'e', с: 'c', р: 'p', і: 'i' })[letter] ?? letter)} жалоб нет`,
    numbers: `ИИН ${who.iin}, ${who.iin.slice(0, 6)} ${who.iin.slice(6)}, ${[...who.iin].join(' ')}. Тел. ${who.phone}, 8${phone}, 7${phone}, 8 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6, 8)}-${phone.slice(8)}, ${phone.slice(0, 3)} ${phone.slice(3, 6)} ${phone.slice(6, 8)} ${phone.slice(8)}, +7-${phone.slice(0, 3)}-${phone.slice(3, 6)}-${phone.slice(6)}, 8-${phone.slice(0, 3)}-${phone.slice(3)}, ${phone}. Почта ${who.mail}. Удостоверение № ${who.document}. Медкарта № ${who.card}. Форма ${who.form}. Родилась ${day}.${month}.${year}, ${Number(day)} ${ru} ${year} года, ${who.birthDate}, ${year} жылғы ${Number(day)} ${kk}да, ${day}.${month}.${year.slice(2)}, ${day}/${month}/${year}.`,
    places: `Проживает: Акмолинская область, село ${who.village}, ул. ${who.street}, д. 15, кв. 7. ${who.village} ауылында, ${who.street} көшесі 15 үй. Көкшетаудан келді. Работала в ТОО «${who.workplace}», затем в «${who.workplace}». Училась в ${who.school} гимназии.`,
  };
}

/** One thing of a person left in a text on purpose, in a way people or systems write it; the way is drawn by its number. */
export function plantLeak(text: string, who: PlantedPerson, way: number): { text: string; way: string } {
  const phone = who.phone.slice(2);
  const ways: [string, string][] = [
    ['surname', who.surname],
    ['surname in a case', `${who.surname.slice(0, -1)}ой`],
    ['surname in capitals', who.surname.toUpperCase()],
    ['surname in Latin', latinOf(who.surname)],
    ['surname with spaces', [...who.surname].join(' ')],
    ['surname backwards', [...who.surname.slice(0, -3)].toReversed().join('')],
    ['surname in base64', Buffer.from(who.surname.slice(0, -3)).toString('base64')],
    ['surname in hex', Buffer.from(who.surname.slice(0, -3)).toString('hex')],
    ['surname in an address', encodeURIComponent(who.surname.slice(0, -3))],
    ['name with a Kazakh ending', `${who.name}дың`],
    ['patronymic', who.patronymic],
    ['mother', `${who.mother.name}ға`],
    ['ИИН', who.iin],
    ['ИИН with spaces', [...who.iin].join(' ')],
    ['phone in brackets', `8 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6, 8)}-${phone.slice(8)}`],
    ['mail', who.mail],
    ['document', who.document],
    ['card', who.card],
    ['birth date', who.birthDate],
    ['birth date with dots', who.birthDate.split('-').toReversed().join('.')],
    ['village', `${who.village}та`],
    ['street', `көше ${who.street.toLowerCase()}`],
    ['workplace', who.workplace],
    ['school', who.school],
    ['doctor', `${who.doctor}ым`],
  ]; // prettier-ignore
  const [name, leak] = ways[way % ways.length] as [string, string];
  const middle = Math.floor(text.length / 2);
  return { text: `${text.slice(0, middle)} ${leak} ${text.slice(middle)}`, way: name };
}
