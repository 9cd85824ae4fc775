import type { Random } from './random.ts';
import type { Sex } from './types.ts';

/** How a family's documents are spelt: Kazakh letters, Kazakh names in Russian letters, or Russian names. */
export type NameStyle = 'kazakh' | 'kazakh-in-russian' | 'russian';

export interface FullName {
  surname: string;
  name: string;
  patronymic: string | null;
}

/** A man's name as spelt in Kazakh and in Russian. */
type Spelling = readonly [kk: string, ru: string];

const kazakhMen: readonly Spelling[] = [
  ['Нұрлан', 'Нурлан'],
  ['Серік', 'Серик'],
  ['Ерлан', 'Ерлан'],
  ['Бауыржан', 'Бауыржан'],
  ['Қайрат', 'Кайрат'],
  ['Марат', 'Марат'],
  ['Асқар', 'Аскар'],
  ['Дәурен', 'Даурен'],
  ['Әділет', 'Адилет'],
  ['Айдос', 'Айдос'],
  ['Берік', 'Берик'],
  ['Болат', 'Болат'],
  ['Ғалым', 'Галым'],
  ['Дархан', 'Дархан'],
  ['Ерболат', 'Ерболат'],
  ['Жандос', 'Жандос'],
  ['Жұмабек', 'Жумабек'],
  ['Қуаныш', 'Куаныш'],
  ['Мұрат', 'Мурат'],
  ['Нұрсұлтан', 'Нурсултан'],
  ['Олжас', 'Олжас'],
  ['Рүстем', 'Рустем'],
  ['Сәкен', 'Сакен'],
  ['Талғат', 'Талгат'],
  ['Темірлан', 'Темирлан'],
  ['Төлеген', 'Толеген'],
  ['Ұлан', 'Улан'],
  ['Шыңғыс', 'Чингис'],
  ['Әлібек', 'Алибек'],
  ['Арман', 'Арман'],
  ['Санжар', 'Санжар'],
  ['Мейрам', 'Мейрам'],
  ['Абай', 'Абай'],
  ['Мұса', 'Муса'],
];

const kazakhWomen: readonly Spelling[] = [
  ['Айгүл', 'Айгуль'],
  ['Гүлнәр', 'Гульнар'],
  ['Әсел', 'Асель'],
  ['Динара', 'Динара'],
  ['Сәуле', 'Сауле'],
  ['Жанар', 'Жанар'],
  ['Мәдина', 'Мадина'],
  ['Айнұр', 'Айнур'],
  ['Әйгерім', 'Айгерим'],
  ['Бибігүл', 'Бибигуль'],
  ['Гүлмира', 'Гульмира'],
  ['Дана', 'Дана'],
  ['Жұлдыз', 'Жулдыз'],
  ['Зарина', 'Зарина'],
  ['Қарлығаш', 'Карлыгаш'],
  ['Күләш', 'Куляш'],
  ['Ләззат', 'Ляззат'],
  ['Меруерт', 'Меруерт'],
  ['Назгүл', 'Назгуль'],
  ['Райхан', 'Райхан'],
  ['Сабина', 'Сабина'],
  ['Томирис', 'Томирис'],
  ['Ұлжан', 'Улжан'],
  ['Шолпан', 'Шолпан'],
  ['Аружан', 'Аружан'],
  ['Нұргүл', 'Нургуль'],
  ['Раушан', 'Раушан'],
  ['Толғанай', 'Толганай'],
  ['Індира', 'Индира'],
  ['Бақыт', 'Бахыт'],
];

const kazakhSurnames: readonly Spelling[] = [
  ['Әбілов', 'Абилов'],
  ['Жұмабаев', 'Жумабаев'],
  ['Сәрсенов', 'Сарсенов'],
  ['Қасымов', 'Касымов'],
  ['Нұрғалиев', 'Нургалиев'],
  ['Оспанов', 'Оспанов'],
  ['Мұқанов', 'Муканов'],
  ['Ыбыраев', 'Ибраев'],
  ['Бекмұратов', 'Бекмуратов'],
  ['Әлімжанов', 'Алимжанов'],
  ['Тоқтаров', 'Токтаров'],
  ['Сейітов', 'Сеитов'],
  ['Жүсіпов', 'Жусупов'],
  ['Қожахметов', 'Кожахметов'],
  ['Ғабдуллин', 'Габдуллин'],
  ['Смағұлов', 'Смагулов'],
  ['Рақымов', 'Рахимов'],
  ['Әубәкіров', 'Аубакиров'],
  ['Досанов', 'Досанов'],
  ['Ержанов', 'Ержанов'],
  ['Ысқақов', 'Искаков'],
  ['Кенжебаев', 'Кенжебаев'],
  ['Мырзабеков', 'Мырзабеков'],
  ['Құсайынов', 'Кусаинов'],
  ['Шаймерденов', 'Шаймерденов'],
  ['Түсіпбеков', 'Тусупбеков'],
  ['Байжанов', 'Байжанов'],
  ['Есенбаев', 'Есенбаев'],
  ['Темірғалиев', 'Темиргалиев'],
  ['Үсенов', 'Усенов'],
  ['Бекболат', 'Бекболат'],
  ['Мұхамеджан', 'Мухамеджан'],
  ['Сүлеймен', 'Сулеймен'],
];

const russianMen: readonly string[] = [
  'Александр',
  'Алексей',
  'Анатолий',
  'Андрей',
  'Антон',
  'Артём',
  'Борис',
  'Василий',
  'Виктор',
  'Виталий',
  'Владимир',
  'Дмитрий',
  'Евгений',
  'Иван',
  'Игорь',
  'Илья',
  'Кирилл',
  'Константин',
  'Максим',
  'Михаил',
  'Николай',
  'Олег',
  'Павел',
  'Пётр',
  'Роман',
  'Сергей',
  'Степан',
  'Фёдор',
  'Юрий',
  'Яков',
];

const russianWomen: readonly string[] = [
  'Анастасия',
  'Анна',
  'Валентина',
  'Вера',
  'Виктория',
  'Галина',
  'Дарья',
  'Евгения',
  'Екатерина',
  'Елена',
  'Зинаида',
  'Зоя',
  'Ирина',
  'Ксения',
  'Лариса',
  'Лидия',
  'Любовь',
  'Людмила',
  'Маргарита',
  'Мария',
  'Надежда',
  'Наталья',
  'Нина',
  'Ольга',
  'Полина',
  'Раиса',
  'Светлана',
  'София',
  'Тамара',
  'Татьяна',
  'Юлия',
];

const russianSurnames: readonly string[] = [
  'Иванов',
  'Петров',
  'Сидоров',
  'Кузнецов',
  'Попов',
  'Васильев',
  'Соколов',
  'Михайлов',
  'Новиков',
  'Фёдоров',
  'Морозов',
  'Волков',
  'Алексеев',
  'Лебедев',
  'Семёнов',
  'Егоров',
  'Павлов',
  'Козлов',
  'Степанов',
  'Никитин',
  'Захаров',
  'Зайцев',
  'Соловьёв',
  'Борисов',
  'Яковлев',
  'Григорьев',
  'Романов',
  'Воробьёв',
  'Сергеев',
  'Пушкарёв',
  'Высоцкий',
  'Белинский',
  'Толстой',
  'Коваленко',
  'Шевченко',
  'Бондаренко',
  'Мельник',
  'Ткачук',
  'Шмидт',
  'Вебер',
  'Миллер',
  'Штерн',
  'Хасанов',
  'Валеев',
  'Ким',
];

/** Masculine and feminine patronymics that do not follow the rule. */
const irregularPatronymics: Record<string, readonly [masculine: string, feminine: string]> = {
  Анатолий: ['Анатольевич', 'Анатольевна'],
  Василий: ['Васильевич', 'Васильевна'],
  Виталий: ['Витальевич', 'Витальевна'],
  Евгений: ['Евгеньевич', 'Евгеньевна'],
  Илья: ['Ильич', 'Ильинична'],
  Михаил: ['Михайлович', 'Михайловна'],
  Павел: ['Павлович', 'Павловна'],
  Пётр: ['Петрович', 'Петровна'],
  Юрий: ['Юрьевич', 'Юрьевна'],
  Яков: ['Яковлевич', 'Яковлевна'],
};

/** The patronymic in the Russian manner from a father's name in Russian letters: Серик gives Серикович, Сериковна. */
export function russianPatronymic(fatherName: string, sex: Sex): string {
  const irregular = irregularPatronymics[fatherName];
  if (irregular !== undefined) return irregular[sex === 'male' ? 0 : 1];
  const [stem, vowel] = fatherName.endsWith('й')
    ? [fatherName.slice(0, -1), 'е']
    : fatherName.endsWith('ь')
      ? [fatherName.slice(0, -1), 'е']
      : fatherName.endsWith('а')
        ? [fatherName, 'е']
        : /[жшчщц]$/.test(fatherName)
          ? [fatherName, 'е']
          : [fatherName, 'о'];
  return stem + vowel + (sex === 'male' ? 'вич' : 'вна');
}

/** The patronymic in the Kazakh manner: Серік gives Серікұлы, Серікқызы. */
export function kazakhPatronymic(fatherName: string, sex: Sex): string {
  return fatherName + (sex === 'male' ? 'ұлы' : 'қызы');
}

/** A surname given in the masculine, in the form of the bearer's sex; surnames without such forms stay. */
export function surnameFor(masculine: string, sex: Sex): string {
  if (sex === 'male') return masculine;
  if (/(?:[ое]в|ёв|ин)$/.test(masculine)) return `${masculine}а`;
  if (/ский$|цкий$/.test(masculine)) return `${masculine.slice(0, -2)}ая`;
  if (/[оы]й$/.test(masculine)) return `${masculine.slice(0, -2)}ая`;
  return masculine;
}

function spelt([kk, ru]: Spelling, style: NameStyle): string {
  return style === 'kazakh' ? kk : ru;
}

export function drawStyle(random: Random): NameStyle {
  return random.weighted([
    { style: 'kazakh' as const, weight: 40 },
    { style: 'kazakh-in-russian' as const, weight: 20 },
    { style: 'russian' as const, weight: 40 },
  ]).style;
}

/** A family's surname, in the masculine. */
export function drawSurname(random: Random, style: NameStyle): string {
  return style === 'russian' ? random.pick(russianSurnames) : spelt(random.pick(kazakhSurnames), style);
}

export function drawGivenName(random: Random, style: NameStyle, sex: Sex): string {
  if (style === 'russian') return random.pick(sex === 'male' ? russianMen : russianWomen);
  return spelt(random.pick(sex === 'male' ? kazakhMen : kazakhWomen), style);
}

/** The patronymic usual in the style, from the father's name. */
export function patronymicFor(style: NameStyle, fatherName: string, sex: Sex): string {
  return style === 'kazakh' ? kazakhPatronymic(fatherName, sex) : russianPatronymic(fatherName, sex);
}

/** A whole name; without `fatherName` the father is somebody unknown. One in thirty has no patronymic. */
export function drawFullName(
  random: Random,
  style: NameStyle,
  sex: Sex,
  family: { surname?: string; fatherName?: string } = {},
): FullName {
  const surname = surnameFor(family.surname ?? drawSurname(random, style), sex);
  const name = drawGivenName(random, style, sex);
  const fatherName = family.fatherName ?? drawGivenName(random, style, 'male');
  const patronymic = random.chance(1 / 30) ? null : patronymicFor(style, fatherName, sex);
  return { surname, name, patronymic };
}
