import { cleanText } from './clean-text.ts';
import type { KnownPerson } from './identity.ts';
import { isOrdinaryWord } from './ordinary-words.ts';
import { type Word, wordsOf } from './sound-key.ts';
import { isGivenName, PERSON_CUES } from './vocabulary.ts';

const SURNAME =
  /(?:ов|ев|ёв|ин|ова|ева|ёва|ина|ын|ына|ову|еву|ину|овой|евой|иной|ого|ому|ым|ский|ская|ко|ұлы|қызы|улы|кызы|вич|вна|вича|вну|вне|вны)$/iu;
const RELATION =
  /^(?:мать|матери|матерью|отец|отца|отцом|мам[аыуе]|пап[аыуе]|сын\p{L}*|доч\p{L}*|муж\p{L}*|жен\p{L}*|супруг\p{L}*|брат\p{L}*|сестр\p{L}*|бабушк\p{L}*|дедушк\p{L}*|опекун\p{L}*|анасы\p{L}*|әкесі\p{L}*|ұлы|қызы|күйеуі\p{L}*|жұбайы\p{L}*|әйелі\p{L}*|ағасы\p{L}*|інісі\p{L}*|әпкесі\p{L}*|апасы|сіңлісі\p{L}*|қарындасы\p{L}*|әжесі\p{L}*|атасы\p{L}*|қамқоршы\p{L}*)$/iu;

/**
 * PX-04: doctors and relatives whom the papers themselves name. Behind a word for a person stand up to three capitalised words;
 * they are taken for a name when initials stand beside them, when one ends like a surname or when one is a usual given name.
 * What is learned is known in all papers of the case.
 */
export function learnNames(texts: readonly string[]): KnownPerson[] {
  const people: KnownPerson[] = [];
  for (const original of texts) {
    const text = cleanText(original);
    const words = wordsOf(text);
    for (let at = 0; at < words.length; at += 1) {
      const cue = words[at] as Word;
      if (!PERSON_CUES.test(cue.text)) continue;
      const { run, initials } = namesBehind(text, words, at);
      const names = run.filter(
        (word) =>
          word.text.length >= 2 && !PERSON_CUES.test(word.text) && (initials || !isOrdinaryWord(word)),
      );
      if (names.length === 0) continue;
      const sure = initials || names.some((word) => SURNAME.test(word.text) || isGivenName(word));
      if (!sure) continue;
      const role = RELATION.test(cue.text) ? 'relative' : 'doctor';
      for (const word of names)
        if (initials || names.length > 1 || SURNAME.test(word.text) || isGivenName(word))
          people.push({ surname: word.text, name: '', patronymic: null, role });
    }
  }
  const seen = new Set<string>();
  return people.filter((person) => !seen.has(person.surname) && seen.add(person.surname));
}

/** Up to three capitalised words behind a word for a person, and whether initials stand among them. */
function namesBehind(text: string, words: readonly Word[], cue: number): { run: Word[]; initials: boolean } {
  const run: Word[] = [];
  let initials = false;
  for (let at = cue + 1; at < words.length && at <= cue + 7; at += 1) {
    const [before, word] = [words[at - 1] as Word, words[at] as Word];
    const gap = text.slice(before.end, word.start);
    const initial = word.text.length === 1 && word.capital;
    const behindInitial = before.text.length === 1;
    // A full stop ends a sentence, unless it belongs to an initial.
    if (!/^[\s.:–—()-]{0,4}$/u.test(gap) || gap.includes('\n\n')) break;
    if (gap.includes('.') && !behindInitial && run.length > 0) break;
    if (initial) initials = true;
    else if (behindInitial && run.length > 0) break;
    else if (word.capital && word.text.length >= 2 && run.length < 3) run.push(word);
    else if (run.length > 0 || !PERSON_CUES.test(word.text)) break;
  }
  return { run, initials };
}
