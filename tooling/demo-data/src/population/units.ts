import type { Text3, Unit } from './types.ts';

export const akmolaRegion: { code: string; name: Text3 } = {
  code: '110000000',
  name: { kk: 'Ақмола облысы', ru: 'Акмолинская область', en: 'Akmola region' },
};

type PlaceKind = 'town' | 'settlement' | 'village';
/** Code, kind, bare name in Kazakh, Russian and English. */
type PlaceRow = [code: string, kind: PlaceKind, kk: string, ru: string, en: string];
interface DistrictRow {
  code: string;
  kind: 'city' | 'district';
  name: Text3;
  /** Share of the region's people, in arbitrary units. */
  weight: number;
  places: PlaceRow[];
}

/*
 * Codes of the classifier of administrative-territorial objects (КАТО). Those of the cities, districts, towns and
 * district centres are the real ones; the remaining villages are real, their codes only have the right form.
 */
const districtRows: DistrictRow[] = [
  {
    code: '111010000',
    kind: 'city',
    name: { kk: 'Көкшетау қаласы', ru: 'город Кокшетау', en: 'Kokshetau city' },
    weight: 180,
    places: [
      ['111033100', 'village', 'Красный Яр', 'Красный Яр', 'Krasny Yar'],
      ['111035100', 'settlement', 'Станционный', 'Станционный', 'Stantsionny'],
    ],
  },
  {
    code: '111810000',
    kind: 'city',
    name: { kk: 'Степногорск қаласы', ru: 'город Степногорск', en: 'Stepnogorsk city' },
    weight: 70,
    places: [
      ['111833100', 'settlement', 'Ақсу', 'Аксу', 'Aksu'],
      ['111835100', 'settlement', 'Бестөбе', 'Бестобе', 'Bestobe'],
      ['111837100', 'settlement', 'Заводской', 'Заводской', 'Zavodskoy'],
    ],
  },
  {
    code: '111610000',
    kind: 'city',
    name: { kk: 'Қосшы қаласы', ru: 'город Косшы', en: 'Kosshy city' },
    weight: 60,
    places: [],
  },
  {
    code: '113200000',
    kind: 'district',
    name: { kk: 'Ақкөл ауданы', ru: 'Аккольский район', en: 'Akkol district' },
    weight: 26,
    places: [
      ['113220100', 'town', 'Ақкөл', 'Акколь', 'Akkol'],
      ['113233100', 'village', 'Азат', 'Азат', 'Azat'],
      ['113237100', 'village', 'Еңбек', 'Енбек', 'Enbek'],
      ['113245100', 'village', 'Урюпинка', 'Урюпинка', 'Uryupinka'],
    ],
  },
  {
    code: '113400000',
    kind: 'district',
    name: { kk: 'Аршалы ауданы', ru: 'Аршалынский район', en: 'Arshaly district' },
    weight: 28,
    places: [
      ['113430100', 'settlement', 'Аршалы', 'Аршалы', 'Arshaly'],
      ['113433100', 'village', 'Жібек жолы', 'Жибек жолы', 'Zhibek Zholy'],
      ['113437100', 'village', 'Анар', 'Анар', 'Anar'],
      ['113445100', 'village', 'Ижевское', 'Ижевское', 'Izhevskoe'],
    ],
  },
  {
    code: '113600000',
    kind: 'district',
    name: { kk: 'Астрахан ауданы', ru: 'Астраханский район', en: 'Astrakhan district' },
    weight: 23,
    places: [
      ['113630100', 'village', 'Астраханка', 'Астраханка', 'Astrakhanka'],
      ['113640100', 'village', 'Жалтыр', 'Жалтыр', 'Zhaltyr'],
      ['113645100', 'village', 'Новочеркасское', 'Новочеркасское', 'Novocherkasskoe'],
    ],
  },
  {
    code: '113800000',
    kind: 'district',
    name: { kk: 'Атбасар ауданы', ru: 'Атбасарский район', en: 'Atbasar district' },
    weight: 46,
    places: [
      ['113820100', 'town', 'Атбасар', 'Атбасар', 'Atbasar'],
      ['113837100', 'village', 'Мариновка', 'Мариновка', 'Marinovka'],
      ['113843100', 'village', 'Сергеевка', 'Сергеевка', 'Sergeevka'],
      ['113847100', 'village', 'Сочинское', 'Сочинское', 'Sochinskoe'],
    ],
  },
  {
    code: '114000000',
    kind: 'district',
    name: { kk: 'Бұланды ауданы', ru: 'Буландынский район', en: 'Bulandy district' },
    weight: 32,
    places: [
      ['114020100', 'town', 'Макинск', 'Макинск', 'Makinsk'],
      ['114037100', 'village', 'Вознесенка', 'Вознесенка', 'Voznesenka'],
      ['114043100', 'village', 'Журавлёвка', 'Журавлёвка', 'Zhuravlyovka'],
    ],
  },
  {
    code: '117000000',
    kind: 'district',
    name: { kk: 'Бурабай ауданы', ru: 'Бурабайский район', en: 'Burabay district' },
    weight: 74,
    places: [
      ['117020100', 'town', 'Щучинск', 'Щучинск', 'Shchuchinsk'],
      ['117035100', 'settlement', 'Бурабай', 'Бурабай', 'Burabay'],
      ['117043100', 'village', 'Зелёный Бор', 'Зелёный Бор', 'Zelyony Bor'],
      ['117055100', 'village', 'Успеноюрьевка', 'Успеноюрьевка', 'Uspenoyuryevka'],
    ],
  },
  {
    code: '114400000',
    kind: 'district',
    name: { kk: 'Егіндікөл ауданы', ru: 'Егиндыкольский район', en: 'Egindikol district' },
    weight: 8,
    places: [
      ['114430100', 'village', 'Егіндікөл', 'Егиндыколь', 'Egindikol'],
      ['114433100', 'village', 'Бауманское', 'Бауманское', 'Baumanskoe'],
      ['114443100', 'village', 'Спиридоновка', 'Спиридоновка', 'Spiridonovka'],
    ],
  },
  {
    code: '114500000',
    kind: 'district',
    name: { kk: 'Біржан сал ауданы', ru: 'район Биржан сал', en: 'Birzhan sal district' },
    weight: 14,
    places: [
      ['114520100', 'town', 'Степняк', 'Степняк', 'Stepnyak'],
      ['114535100', 'village', 'Заураловка', 'Заураловка', 'Zauralovka'],
      ['114543100', 'village', 'Макинка', 'Макинка', 'Makinka'],
    ],
  },
  {
    code: '114600000',
    kind: 'district',
    name: { kk: 'Ерейментау ауданы', ru: 'Ерейментауский район', en: 'Ereymentau district' },
    weight: 27,
    places: [
      ['114620100', 'town', 'Ерейментау', 'Ерейментау', 'Ereymentau'],
      ['114637100', 'village', 'Еркіншілік', 'Еркиншилик', 'Erkinshilik'],
      ['114645100', 'village', 'Тайбай', 'Тайбай', 'Taybay'],
    ],
  },
  {
    code: '114800000',
    kind: 'district',
    name: { kk: 'Есіл ауданы', ru: 'Есильский район', en: 'Esil district' },
    weight: 24,
    places: [
      ['114820100', 'town', 'Есіл', 'Есиль', 'Esil'],
      ['114833100', 'settlement', 'Красногорский', 'Красногорский', 'Krasnogorsky'],
      ['114845100', 'village', 'Московское', 'Московское', 'Moskovskoe'],
    ],
  },
  {
    code: '115200000',
    kind: 'district',
    name: { kk: 'Жақсы ауданы', ru: 'Жаксынский район', en: 'Zhaksy district' },
    weight: 18,
    places: [
      ['115230100', 'village', 'Жақсы', 'Жаксы', 'Zhaksy'],
      ['115239100', 'village', 'Запорожье', 'Запорожье', 'Zaporozhye'],
      ['115249100', 'village', 'Қима', 'Кийма', 'Kiyma'],
    ],
  },
  {
    code: '115400000',
    kind: 'district',
    name: { kk: 'Жарқайың ауданы', ru: 'Жаркаинский район', en: 'Zharkain district' },
    weight: 14,
    places: [
      ['115420100', 'town', 'Державинск', 'Державинск', 'Derzhavinsk'],
      ['115437100', 'village', 'Далабай', 'Далабай', 'Dalabay'],
      ['115445100', 'village', 'Пятигорское', 'Пятигорское', 'Pyatigorskoe'],
    ],
  },
  {
    code: '115600000',
    kind: 'district',
    name: { kk: 'Зеренді ауданы', ru: 'Зерендинский район', en: 'Zerendi district' },
    weight: 38,
    places: [
      ['115630100', 'village', 'Зеренді', 'Зеренда', 'Zerenda'],
      ['115633100', 'settlement', 'Алексеевка', 'Алексеевка', 'Alekseevka'],
      ['115653100', 'village', 'Садовое', 'Садовое', 'Sadovoe'],
      ['115667100', 'village', 'Шағалалы', 'Шагалалы', 'Shagalaly'],
    ],
  },
  {
    code: '116000000',
    kind: 'district',
    name: { kk: 'Қорғалжын ауданы', ru: 'Коргалжынский район', en: 'Korgalzhyn district' },
    weight: 9,
    places: [
      ['116030100', 'village', 'Қорғалжын', 'Коргалжын', 'Korgalzhyn'],
      ['116033100', 'village', 'Арықты', 'Арыкты', 'Arykty'],
      ['116045100', 'village', 'Сабынды', 'Сабынды', 'Sabyndy'],
    ],
  },
  {
    code: '116400000',
    kind: 'district',
    name: { kk: 'Сандықтау ауданы', ru: 'Сандыктауский район', en: 'Sandyktau district' },
    weight: 18,
    places: [
      ['116430100', 'village', 'Балкашино', 'Балкашино', 'Balkashino'],
      ['116443100', 'village', 'Каменка', 'Каменка', 'Kamenka'],
      ['116455100', 'village', 'Мәдениет', 'Мадениет', 'Madeniet'],
    ],
  },
  {
    code: '116600000',
    kind: 'district',
    name: { kk: 'Целиноград ауданы', ru: 'Целиноградский район', en: 'Tselinograd district' },
    weight: 70,
    places: [
      ['116630100', 'village', 'Ақмол', 'Акмол', 'Akmol'],
      ['116645100', 'village', 'Қоянды', 'Коянды', 'Koyandy'],
      ['116648100', 'village', 'Қараөткел', 'Караоткель', 'Karaotkel'],
      ['116672100', 'village', 'Талапкер', 'Талапкер', 'Talapker'],
    ],
  },
  {
    code: '116800000',
    kind: 'district',
    name: { kk: 'Шортанды ауданы', ru: 'Шортандинский район', en: 'Shortandy district' },
    weight: 29,
    places: [
      ['116830100', 'settlement', 'Шортанды', 'Шортанды', 'Shortandy'],
      ['116835100', 'settlement', 'Жолымбет', 'Жолымбет', 'Zholymbet'],
      ['116837100', 'village', 'Бозайғыр', 'Бозайгыр', 'Bozaygyr'],
    ],
  },
];

const kindWords: Record<PlaceKind, Text3> = {
  town: { kk: 'қаласы', ru: 'город', en: 'town' },
  settlement: { kk: 'кенті', ru: 'посёлок', en: 'settlement' },
  village: { kk: 'ауылы', ru: 'село', en: 'village' },
};

/** Akmola region's cities and districts, each followed by its towns, settlements and some villages. */
export const akmolaUnits: readonly Unit[] = districtRows.flatMap((district) => [
  {
    code: district.code,
    kind: district.kind,
    parentCode: null,
    districtCode: district.code,
    name: district.name,
  },
  ...district.places.map(([code, kind, kk, ru, en]): Unit => {
    const word = kindWords[kind];
    return {
      code,
      kind,
      parentCode: district.code,
      districtCode: district.code,
      name: { kk: `${kk} ${word.kk}`, ru: `${word.ru} ${ru}`, en: `${en} ${word.en}` },
    };
  }),
]);

/** A place where people live, how many of them relatively, and its address as far as the street. */
export interface Home {
  unitCode: string;
  districtCode: string | null;
  weight: number;
  /** Towns have blocks of flats; villages mostly have houses. */
  urban: boolean;
  kk: string;
  ru: string;
}

/** Where people of Akmola are registered: cities themselves, and the places of districts. */
export const akmolaHomes: readonly Home[] = districtRows.flatMap((district) => {
  const places = akmolaUnits.filter((unit) => unit.parentCode === district.code);
  const { kk, ru } = akmolaRegion.name;
  const homes: Home[] = places.map((place, index) => ({
    unitCode: place.code,
    districtCode: district.code,
    // The centre of a district comes first and holds about half of its people.
    weight:
      district.kind === 'city'
        ? district.weight * 0.05
        : index === 0
          ? district.weight * 0.5
          : (district.weight * 0.5) / (places.length - 1),
    urban: place.kind === 'town',
    kk: `${kk}, ${district.name.kk}, ${place.name.kk}`,
    ru: `${ru}, ${district.name.ru}, ${place.name.ru}`,
  }));
  if (district.kind === 'city') {
    homes.push({
      unitCode: district.code,
      districtCode: district.code,
      weight: district.weight,
      urban: true,
      kk: `${kk}, ${district.name.kk}`,
      ru: `${ru}, ${district.name.ru}`,
    });
  }
  return homes;
});

function outside(unitCode: string, kk: string, ru: string): Home {
  return { unitCode, districtCode: null, weight: 1, urban: true, kk, ru };
}

/** Where the few who are registered outside the region are; no department of Akmola serves these units. */
export const outsideHomes: readonly Home[] = [
  outside('710000000', 'Астана қаласы', 'город Астана'),
  outside('750000000', 'Алматы қаласы', 'город Алматы'),
  outside(
    '591010000',
    'Солтүстік Қазақстан облысы, Петропавл қаласы',
    'Северо-Казахстанская область, город Петропавловск',
  ),
  outside('391010000', 'Қостанай облысы, Қостанай қаласы', 'Костанайская область, город Костанай'),
  outside('351010000', 'Қарағанды облысы, Қарағанды қаласы', 'Карагандинская область, город Караганда'),
  outside('551010000', 'Павлодар облысы, Павлодар қаласы', 'Павлодарская область, город Павлодар'),
];

/** Where experts of the other regions live: a town of each. */
export const regionHomes: readonly Home[] = [
  ...outsideHomes,
  outside('101010000', 'Абай облысы, Семей қаласы', 'область Абай, город Семей'),
  outside('151010000', 'Ақтөбе облысы, Ақтөбе қаласы', 'Актюбинская область, город Актобе'),
  outside('191610000', 'Алматы облысы, Қонаев қаласы', 'Алматинская область, город Конаев'),
  outside('231010000', 'Атырау облысы, Атырау қаласы', 'Атырауская область, город Атырау'),
  outside('271010000', 'Батыс Қазақстан облысы, Орал қаласы', 'Западно-Казахстанская область, город Уральск'),
  outside('311010000', 'Жамбыл облысы, Тараз қаласы', 'Жамбылская область, город Тараз'),
  outside('331010000', 'Жетісу облысы, Талдықорған қаласы', 'область Жетісу, город Талдыкорган'),
  outside('431010000', 'Қызылорда облысы, Қызылорда қаласы', 'Кызылординская область, город Кызылорда'),
  outside('471010000', 'Маңғыстау облысы, Ақтау қаласы', 'Мангистауская область, город Актау'),
  outside('611010000', 'Түркістан облысы, Түркістан қаласы', 'Туркестанская область, город Туркестан'),
  outside('621010000', 'Ұлытау облысы, Жезқазған қаласы', 'область Ұлытау, город Жезказган'),
  outside(
    '631010000',
    'Шығыс Қазақстан облысы, Өскемен қаласы',
    'Восточно-Казахстанская область, город Усть-Каменогорск',
  ),
  outside('791010000', 'Шымкент қаласы', 'город Шымкент'),
];

/** Streets found in most towns and villages. */
export const streets: readonly { kk: string; ru: string }[] = [
  { kk: 'Абай көшесі', ru: 'улица Абая' },
  { kk: 'Сәкен Сейфуллин көшесі', ru: 'улица Сакена Сейфуллина' },
  { kk: 'Бейбітшілік көшесі', ru: 'улица Мира' },
  { kk: 'Достық көшесі', ru: 'улица Дружбы' },
  { kk: 'Мектеп көшесі', ru: 'улица Школьная' },
  { kk: 'Орталық көшесі', ru: 'улица Центральная' },
  { kk: 'Жеңіс көшесі', ru: 'улица Победы' },
  { kk: 'Тәуелсіздік көшесі', ru: 'улица Независимости' },
  { kk: 'Абылай хан даңғылы', ru: 'проспект Абылай хана' },
  { kk: 'Шоқан Уәлиханов көшесі', ru: 'улица Шокана Уалиханова' },
  { kk: 'Біржан сал көшесі', ru: 'улица Биржан сала' },
  { kk: 'Ыбырай Алтынсарин көшесі', ru: 'улица Ибрая Алтынсарина' },
  { kk: 'Қаныш Сәтбаев көшесі', ru: 'улица Каныша Сатпаева' },
  { kk: 'Мұхтар Әуезов көшесі', ru: 'улица Мухтара Ауэзова' },
  { kk: 'Бөгенбай батыр көшесі', ru: 'улица Богенбай батыра' },
  { kk: 'Кенесары көшесі', ru: 'улица Кенесары' },
  { kk: 'Тың игерушілер көшесі', ru: 'улица Целинников' },
  { kk: 'Жастар көшесі', ru: 'улица Молодёжная' },
];
