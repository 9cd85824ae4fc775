import { spokenTicket } from '@mse/domain/boards';

/** Languages a call is spoken in, in this order. English is written on the board; nobody speaks it in the halls. */
export const SPOKEN_LANGUAGES = ['kk', 'ru'] as const;
export type SpokenLanguage = (typeof SPOKEN_LANGUAGES)[number];

/** How letters of ticket series are called, Cyrillic so that Kazakh and Russian voices read them alike. I and O are in no series. */
const LETTER_NAMES: Record<string, string> = {
  A: 'а',
  B: 'бэ',
  C: 'цэ',
  D: 'дэ',
  E: 'е',
  F: 'эф',
  G: 'же',
  H: 'аш',
  J: 'йот',
  K: 'ка',
  L: 'эль',
  M: 'эм',
  N: 'эн',
  P: 'пэ',
  Q: 'ку',
  R: 'эр',
  S: 'эс',
  T: 'тэ',
  U: 'у',
  V: 'вэ',
  W: 'дубль вэ',
  X: 'икс',
  Y: 'игрек',
  Z: 'зет',
};

const WORDS: Record<SpokenLanguage, { ticket: string; room: string; test: string }> = {
  kk: { ticket: 'Талон', room: 'Кабинет', test: 'Таблоны тексеру' },
  ru: { ticket: 'Талон', room: 'Кабинет', test: 'Проверка табло' },
};

/** Numbers that have a recording of their own; every other one is put together from them. */
const NUMBERS = [
  ...Array.from({ length: 20 }, (_, number) => number),
  ...[20, 30, 40, 50, 60, 70, 80, 90],
  ...[100, 200, 300, 400, 500, 600, 700, 800, 900],
];

/** What every recording says, by its name. `tooling/run/voices.mjs` makes the recordings from this list. */
export function recordedTexts(language: SpokenLanguage): Record<string, string> {
  const { ticket, room, test } = WORDS[language];
  return {
    ticket,
    room,
    test,
    ...Object.fromEntries(Object.entries(LETTER_NAMES)),
    ...Object.fromEntries(NUMBERS.map((number) => [String(number), String(number)])),
  };
}

/** Recordings of a whole number, hundreds first: 114 is "100", "14". From a thousand on digit by digit. */
export function numberClips(number: number): string[] {
  if (number > 999) return [...String(number)];
  const hundreds = number - (number % 100);
  const rest = number % 100;
  const clips = hundreds > 0 ? [String(hundreds)] : [];
  if (rest === 0) return clips.length > 0 ? clips : ['0'];
  if (rest < 20) return [...clips, String(rest)];
  return [...clips, String(rest - (rest % 10)), ...(rest % 10 > 0 ? [String(rest % 10)] : [])];
}

/** A room such as `14` or `14А` as recordings: numbers whole, letters by their names, anything else left out. */
function roomClips(room: string): string[] {
  return (room.match(/\d+|\p{L}/gu) ?? []).flatMap((part) =>
    /^\d/.test(part)
      ? numberClips(Number(part))
      : part.toUpperCase() in LETTER_NAMES
        ? [part.toUpperCase()]
        : [],
  );
}

/** One call as recordings; null is a breath between ticket and room. */
export function callClips(call: { ticketNo: string; room: string }): (string | null)[] {
  const { letters, number } = spokenTicket(call.ticketNo);
  return ['ticket', ...letters, ...numberClips(number), null, 'room', ...roomClips(call.room)];
}

/** One call as a sentence for the browser's own voice. */
export function callSentence(call: { ticketNo: string; room: string }, language: SpokenLanguage): string {
  const { letters, number } = spokenTicket(call.ticketNo);
  const { ticket, room } = WORDS[language];
  const named = letters.map((letter) => LETTER_NAMES[letter] ?? letter).join(' ');
  return `${ticket} ${named} ${number}. ${room} ${call.room}.`;
}

export function testSentence(language: SpokenLanguage): string {
  return `${WORDS[language].test}.`;
}
