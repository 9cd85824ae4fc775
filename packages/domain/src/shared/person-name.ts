/** Name of a person as the registry spells it; the patronymic may be absent. */
export interface PersonName {
  surname: string;
  name: string;
  patronymic: string | null;
}

/** `Surname Name Patronymic`, the form the SMS templates of the order call ФИО. */
export function fullName(person: PersonName): string {
  return [person.surname, person.name, person.patronymic].filter(Boolean).join(' ');
}

/** `Ә. Б.` for a board, a list or a ticket that strangers may see. */
export function initials(person: PersonName): string {
  return [person.surname, person.name]
    .map((part) => [...part.trim()][0])
    .filter(Boolean)
    .map((letter) => `${letter}.`)
    .join(' ');
}

/** Compares names as registries do: letter case, ё and е, and repeated spaces or dashes do not matter. */
export function sameName(left: PersonName, right: PersonName): boolean {
  const fold = (text: string | null) =>
    (text ?? '')
      .normalize('NFKC')
      .toLocaleLowerCase('kk')
      .replaceAll('ё', 'е')
      .replace(/[\s-]+/g, ' ')
      .trim();
  return (
    fold(left.surname) === fold(right.surname) &&
    fold(left.name) === fold(right.name) &&
    fold(left.patronymic) === fold(right.patronymic)
  );
}
