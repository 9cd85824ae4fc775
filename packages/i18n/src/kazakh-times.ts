/** The last word of a number as it is read: of its tens and units. */
const UNITS = ['нөл', 'бір', 'екі', 'үш', 'төрт', 'бес', 'алты', 'жеті', 'сегіз', 'тоғыз'];
const TENS = ['', 'он', 'жиырма', 'отыз', 'қырық', 'елу'];

function lastWord(hours: number, minutes: number): string {
  const number = minutes === 0 ? hours : minutes;
  return (number % 10 === 0 && number > 0 ? TENS[number / 10] : UNITS[number % 10]) ?? '';
}

/** Case ending a word takes before a postposition: `дейін` asks for the dative, the others for the ablative. */
function ending(word: string, postposition: string): string {
  const last = word.at(-1) ?? '';
  const lastVowel = word.match(/[аәоөұүыіеиу]/g)?.at(-1) ?? '';
  const back = 'аоұыу'.includes(lastVowel) && word !== 'елу';
  const voiceless = 'кқпстшх'.includes(last);
  const nasal = 'мнң'.includes(last);
  if (postposition === 'дейін') return voiceless ? (back ? 'қа' : 'ке') : back ? 'ға' : 'ге';
  const start = voiceless ? 'т' : nasal ? 'н' : 'д';
  return `${start}${back ? 'а' : 'е'}н`;
}

const TIME_AND_WORD = /\b(\d{1,2}):(\d{2})(?=[ \u00a0](дейін|бастап|бері|кейін)(?!\p{L}))/gu;

/**
 * Kazakh joins a clock time and the postposition after it by a case ending that follows how the time is read: `18:00-ге дейін`,
 * `14:30-ға дейін`, `09:00-ден бастап`. Texts are filled with times of every kind, so the ending is set when the text is made.
 *
 * @param text a Kazakh text with its values in place
 * @returns the same text, with the endings
 */
export function endTimes(text: string): string {
  return text.replace(TIME_AND_WORD, (time, hours: string, minutes: string, postposition: string) => {
    return `${time}-${ending(lastWord(Number(hours), Number(minutes)), postposition)}`;
  });
}
