import { asExpert, OWN_ASSIGNMENT } from '@mse/db';
import {
  administrativeUnits,
  assignments,
  decisionDrafts,
  decisions,
  dossierItems,
  dossierPages,
  dossiers,
  experts,
} from '@mse/db/schema';
import {
  FINDER_NAMES,
  type FinderName,
  findSuspicions,
  type Identity,
  knownIdentity,
  learnNames,
  placeIndex,
  type Remaking,
  remakeText,
} from '@mse/domain/dossiers';
import { addMinutes, plainDate } from '@mse/domain/shared';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCaseWithPapers } from '../../../test/case-with-papers.ts';
import { startWorld, UNIT_1, type World } from '../../../test/harness.ts';
import { leakDetector, type Mark, partsOfWebp } from '../../../test/leak-detector.ts';
import { plantInPdf, plantInPicture, scan, scannedPdf, textPdf } from '../../../test/planted-papers.ts';
import { NEUTRAL_WORDS } from './neutral-words.ts';
import { readFile } from './pages/read-file.ts';
import { prepareCase } from './prepare-case.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ now: '2026-11-23T10:00' });
  await world.db.insert(administrativeUnits).values({
    code: '113220177',
    regionCode: '11',
    parentCode: UNIT_1,
    name: { kk: 'Мұнзарұқ ауылы', ru: 'село Мунзарук', en: 'Munzaruk village' },
  });
});
afterAll(() => world.close());

/** Somebody whose every part is a word or number that nobody and nothing else has. */
function planted(turn: number) {
  const roots = [
    'Жұлқыбаз',
    'Тәмірзұқ',
    'Бозғұлды',
    'Қымтарас',
    'Сәбідүр',
    'Ғазұмбет',
    'Дүрмегүл',
    'Мәзғұтта',
  ];
  const at = (shift: number) => roots[(turn + shift) % roots.length] ?? '';
  const digits = (length: number, salt: number) =>
    Array.from({ length }, (_, index) => (turn * 7 + salt * (index + 2) + index * index + 5) % 10).join('');
  return {
    surname: `${at(0)}ова`,
    name: at(1),
    patronymic: `${at(2)}қызы`,
    mother: { surname: `${at(3)}ова`, name: at(4) },
    doctor: `${at(5)}ов`,
    workplace: `${at(6)} Құрылыс`,
    street: at(7),
    iin: `80051${digits(7, 1)}`,
    phone: `+7701${digits(7, 2)}`,
    contact: `k${turn}zharkyn@post.kz`,
    document: `04${digits(7, 3)}`,
    car: '471 KWZ 03',
    card: `MK-${digits(6, 4)}`,
    form: `F-${digits(7, 6)}`,
  };
}
type Planted = ReturnType<typeof planted>;

function marksOf(who: Planted): Mark[] {
  const word = (what: string, value: string): Mark => ({ what, kind: 'word', value });
  const digits = (what: string, value: string): Mark => ({ what, kind: 'digits', value });
  return [
    word('surname', who.surname.slice(0, -3)),
    word('name', who.name),
    word('patronymic', who.patronymic.slice(0, -4)),
    word('mother’s surname', who.mother.surname.slice(0, -3)),
    word('mother’s name', who.mother.name),
    word('doctor', who.doctor.slice(0, -2)),
    word('workplace', who.workplace.split(' ')[0] ?? ''),
    word('street', who.street),
    word('village', 'Мұнзарұқ'),
    word('district', 'Көкшетау'),
    word('region', 'Акмолинск'),
    digits('ИИН', who.iin),
    digits('phone', who.phone.slice(2)),
    digits('document', who.document),
    digits('card', who.card.slice(3)),
    digits('form', who.form.slice(2)),
    digits('birth date', '17051980'),
    { what: 'mail', kind: 'exact', value: who.contact.split('@')[0] ?? '' },
    { what: 'car', kind: 'exact', value: 'KWZ' },
  ];
}

/** Sentences with every part of the identity in forms and spellings people use. */
function sentences(who: Planted): { ru: string; kk: string; odd: string; numbers: string; places: string } {
  const s = who.surname.slice(0, -1);
  const root = who.surname.slice(0, -3);
  const phone = who.phone.slice(2);
  return {
    ru: `Пациентка ${who.surname} ${who.name} ${who.patronymic}, со слов ${s}ой ${who.name[0]}.${who.patronymic[0]}., у ${s.toUpperCase()}ОЙ слабость. Мать ${who.mother.surname} ${who.mother.name} сообщила; ${who.mother.name}ой подтверждено. Лечащий врач: ${who.doctor} К.М. Консультация ${who.doctor}ым проведена. Назначено ${s}ой 5 мг.`,
    kk: `Науқас ${who.surname}ның жағдайы орташа, ${who.name}ға ем тағайындалды, ${who.patronymic}нан анамнез жиналды. Анасы ${who.mother.surname} ${who.mother.name} келді, ${who.mother.name}дың айтуынша ұйқысы нашар. Дәрігер ${who.doctor} А.Б. қарады.`,
    odd: `${root.slice(0, 4)}-\n${root.slice(4)}ова; ${[...who.surname].join(' ')}; ${root.slice(0, 5)}\u200b${root.slice(5)}ова; ${root.toLowerCase()}ова; ${root.slice(0, 4)}\u00ad${root.slice(4)}ова; ${latinOf(who.surname)} ${latinOf(who.name)}; ${who.surname.replace(/[аоесрі]/g, (letter) => ({ а: 'a', о: 'o', е: 'e', с: 'c', р: 'p', і: 'i' })[letter] ?? letter)} жалоб нет`,
    numbers: `ИИН ${who.iin}, ${who.iin.slice(0, 6)} ${who.iin.slice(6)}, ${[...who.iin].join(' ')}. Тел. ${who.phone}, 8${phone}, 8 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6, 8)}-${phone.slice(8)}, ${phone.slice(0, 3)} ${phone.slice(3, 6)} ${phone.slice(6, 8)} ${phone.slice(8)}, +7-${phone.slice(0, 3)}-${phone.slice(3, 6)}-${phone.slice(6)}. Почта ${who.contact}. Удостоверение № ${who.document}. Автомобиль ${who.car}. Медкарта № ${who.card}. Форма ${who.form}. Родилась 17.05.1980, 17 мая 1980 года, 1980-05-17, 1980 жылғы 17 мамырда, 17.05.80.`,
    places: `Проживает: Акмолинская область, село Мунзарук, ул. ${who.street}, д. 15, кв. 7. Мұнзарұқ ауылында, ${who.street} көшесі 15 үй. Приехала из Мунзарука, Көкшетаудан. Работала в ТОО «${who.workplace}», затем в «${who.workplace}».`,
  };
}

const LATIN: Record<string, string> = {
  а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'gh', д: 'd', е: 'e', ж: 'zh', з: 'z', і: 'i', к: 'k', қ: 'q', л: 'l', м: 'm', н: 'n', о: 'o', р: 'r', с: 's', т: 't', ұ: 'u', ү: 'u', ы: 'y', й: 'y', п: 'p',
}; // prettier-ignore
const latinOf = (word: string) => {
  const lower = [...word.toLowerCase()].map((letter) => LATIN[letter] ?? letter).join('');
  return lower.slice(0, 1).toUpperCase() + lower.slice(1);
};

async function plantedCase(who: Planted, files: { content: Buffer; mediaType: string }[]) {
  const text = sentences(who);
  const all = Object.values(text).join(' ');
  const person = await world.person({
    surname: who.surname,
    name: who.name,
    patronymic: who.patronymic,
    iin: who.iin,
    phone: who.phone,
    birthDate: plainDate('1980-05-17'),
    unitCode: '113220177',
    address: { kk: `Мұнзарұқ ауылы, ${who.street} көшесі 15`, ru: `село Мунзарук, улица ${who.street} 15` },
    sex: 'female',
  });
  const form = await world.form(person.id, {
    track: 'remote-proactive',
    number: who.form,
    organizationName: `Көкшетау ${who.workplace} емханасы`,
  });
  const caseId = await openCaseWithPapers(
    world,
    form,
    {
      number: who.form,
      patient: {
        iin: who.iin,
        surname: who.surname,
        name: who.name,
        patronymic: who.patronymic,
        phone: who.phone,
      },
      representative: { surname: who.mother.surname, name: who.mother.name },
      icd10: 'C50.4',
      diagnosis: `Рак молочной железы. ${text.ru}`,
      complaints: text.kk,
      anamnesis: text.odd,
      objectiveStatus: `Гемоглобин 120 г/л. ${text.numbers}`,
      treatment: text.places,
      recommendations: text.ru,
      complications: text.kk,
      summary: text.places,
      consultations: [
        {
          specialist: 'невролог',
          heldOn: '2026-05-12',
          complaints: text.ru,
          objective: text.kk,
          diagnosis: 'G35',
          recommendations: text.numbers,
        },
      ],
      laboratory: [{ name: 'кровь', takenOn: '2026-05-13', result: `в норме. ${text.kk}` }],
      functional: [{ name: 'ЭКГ', result: text.ru }],
      xRay: [{ name: 'рентген', result: text.places }],
      treatedCases: [
        {
          setting: 'inpatient',
          from: '2026-04-01',
          until: '2026-04-12',
          diagnosis: text.kk,
          treatment: text.ru,
          dynamics: text.numbers,
        },
      ],
      rehabilitation: { potential: 'low', diagnosis: text.kk, route: text.places },
      activeVisits: [{ visitedOn: '2026-06-03', result: text.ru }],
      technicalMeans: [{ defect: text.kk, means: 'трость' }],
      previousGroup: { group: 'group-2', cause: text.ru, until: '2026-12-01' },
      // Rows that experts never see.
      workplace: who.workplace,
      position: all,
      studyPlace: who.workplace,
      sickList: { number: who.card, from: '2026-01-01' },
      consent: { responder: who.phone, text: all, messageId: who.card },
      sender: { system: all },
      attachments: [{ kind: all, storeId: all }],
      unheardOf: { deep: [all] },
    },
    files.map((file, index) => ({
      ...file,
      storeId: `${who.iin}-${index}`,
      kind: `${who.surname} ${index}`,
    })),
  );
  await prepareCase(world.deps, caseId);
  return caseId;
}

/** An expert who holds the case, and everything the database lets the expert read. */
async function everythingSeen(caseId: string) {
  const at = world.clock.now();
  const person = await world.staff('expert');
  const expertId = world.random.id(at);
  await world.db.insert(experts).values({
    id: expertId,
    personId: person.id,
    code: `E-${world.random.below(1_000_000)}`,
    kind: 'independent',
    regionCode: '75',
    enteredOn: plainDate('2026-01-01'),
    createdAt: at,
  });
  await world.db.insert(assignments).values({
    id: world.random.id(at),
    caseId,
    seat: 1,
    expertId,
    caseCode: `C-${world.random.below(1_000_000_000)}`,
    state: 'open',
    stateAt: at,
    cause: 'dealt',
    arrivedAt: at,
    dueAt: addMinutes(at, 600),
  });
  return asExpert(world.db, expertId, async (tx) => {
    const [dossier] = await tx.select().from(dossiers);
    const pages = await tx.select().from(dossierPages);
    const rest = [
      await tx.select(OWN_ASSIGNMENT).from(assignments),
      await tx.select().from(decisionDrafts),
      await tx.select().from(decisions),
    ];
    return { dossier, pages, rest };
  });
}

/** What can be read on a picture. */
async function readOf(picture: Buffer): Promise<string> {
  const image = await loadImage(picture);
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const read = await readFile(canvas.toBuffer('image/png'), 'image/png');
  if (!read.ok) throw new Error(read.cause);
  read.file.close();
  return read.file.pages.flatMap((page) => page.seen.map((word) => word.text)).join(' ');
}

/** Lines short enough for a page, as a clinic prints them. */
function lines(text: string, width = 70): string[] {
  const result: string[] = [];
  for (const word of text.replace(/\s+/g, ' ').split(' ')) {
    const last = result.at(-1);
    if (last !== undefined && last.length + word.length < width)
      result[result.length - 1] = `${last} ${word}`;
    else result.push(word);
  }
  return result;
}

describe('Nothing that says who it is reaches an expert', () => {
  it('IN-01, PX-04, T16: marks planted in every part and every place of a form and its files are found nowhere on the experts’ side', async () => {
    const who = planted(1);
    const text = sentences(who);
    const mark = `${who.surname} ${who.name} ${who.iin}`;
    const printed = lines(
      `Выписка. Жалобы на слабость, боли. ${text.ru} Гемоглобин 120 г/л. ${text.kk} ${text.places}`,
      80,
    );
    const scanned = lines(
      `Выписка. Пациентка ${who.surname} ${who.name}, ИИН ${who.iin}, село Мунзарук. Жалобы на слабость, боли в руке. Науқас ${who.surname}ның жағдайы орташа. Тел. ${who.phone}. Лечащий врач: ${who.doctor} К.М.`,
      56,
    );
    const caseId = await plantedCase(who, [
      { content: await plantInPdf(textPdf(printed, world.clock.now()), mark), mediaType: 'application/pdf' },
      { content: plantInPicture(scan(scanned, 'image/jpeg'), mark), mediaType: 'image/jpeg' },
      { content: plantInPicture(scan(scanned, 'image/png', { tilt: 0.7 }), mark), mediaType: 'image/png' },
      { content: await scannedPdf([scan(scanned, 'image/png')]), mediaType: 'application/pdf' },
    ]);
    const items = await world.db.select().from(dossierItems).where(eq(dossierItems.caseId, caseId));
    // Were something held, the experts would have nothing, and the search would prove nothing.
    expect(
      items
        .filter((item) => item.state !== 'passed')
        .map((item) => [item.name.slice(0, 4), item.causes, item.text]),
    ).toEqual([]);
    const seen = await everythingSeen(caseId);
    expect(Object.keys(seen.dossier?.sections ?? {})).toHaveLength(17);
    expect(seen.pages.length).toBeGreaterThanOrEqual(4);

    const detector = leakDetector(marksOf(who));
    const found: string[] = [];
    const note = (where: string, marks: readonly Mark[]) =>
      found.push(...marks.map((one) => `${one.what} in ${where}`));
    let places = 0;
    const { pages, ...texts } = seen;
    for (const [name, value] of Object.entries(texts.dossier?.sections ?? {})) {
      note(`section ${name}`, detector.inText(value));
      places += 1;
    }
    note('rows', detector.inText(JSON.stringify(texts)));
    places += 1;
    for (const page of pages) {
      const { content, ...row } = page;
      note('row of a page', detector.inText(JSON.stringify(row)));
      note('bytes of a page', detector.inBytes(content));
      note('ink of a page', detector.inText(await readOf(content)));
      expect(partsOfWebp(content)).toEqual(['VP8 ']);
      places += 3;
    }
    expect(found).toEqual([]);
    console.info(
      `T16: ${marksOf(who).length} marks × ${places} places on the experts’ side, ${detector.checks} checks, ${found.length} found`,
    );
  }, 240_000);

  it('PX-04, T16: the detector finds every leak that is planted by taking away one of the searches', () => {
    const who = planted(3);
    const text = sentences(who);
    const identity: Identity = {
      people: [
        { surname: who.surname, name: who.name, patronymic: who.patronymic, role: 'patient' },
        { surname: who.mother.surname, name: who.mother.name, patronymic: null, role: 'relative' },
      ],
      birthDates: [plainDate('1980-05-17')],
      numbers: [who.phone, who.card, who.form],
      organisations: [],
      places: [],
      addresses: [],
    };
    const places = placeIndex([
      { name: 'Мұнзарұқ ауылы', sure: true },
      { name: 'село Мунзарук', sure: true },
      { name: 'Көкшетау', sure: true },
    ]);
    const initials = `${who.name[0]}.${who.patronymic[0]}.`;
    const LEAKS: Record<FinderName, string[]> = {
      names: [
        `${who.surname} жалуется`,
        `у ${who.surname.toUpperCase()} боли`,
        `${who.surname}ның жағдайы`,
        `${who.name}ға ем`,
        `${who.patronymic}нан`,
        `со слов ${who.mother.name}ой`,
        `${latinOf(who.surname)} ill`,
        `${latinOf(who.name)} ill`,
        ...text.odd.split(';').slice(0, 5),
      ],
      initials: [`подпись ${initials} есть`, `қолы ${initials.replace('.', '. ')}`, `(${initials})`],
      places: [
        'из Мунзарука',
        'Мұнзарұқтан келді',
        'МУНЗАРУК',
        'Munzaruk',
        'мунзарукский',
        'Көкшетауда',
        'кокшетауская',
      ],
      numbers: [
        `форма ${who.form}`,
        `${who.card.slice(3)} карта`,
        [...who.form.slice(2)].join(' '),
        [...who.card.slice(3)].join('-'),
      ],
      longNumbers: [
        `чужой ${who.iin}`,
        `${who.iin.slice(0, 6)} ${who.iin.slice(6)}`,
        `${who.iin.slice(0, 6)}-${who.iin.slice(6)}`,
        [...who.iin].join('.'),
      ],
      phones: ['8 777 123 45 67', '+7 (777) 123-45-67', '8-777-123-4567', 'тел. 12-34-56'],
      contacts: [
        who.contact,
        `почта ${who.contact.toUpperCase()}`,
        `http://vk.com/${who.contact.split('@')[0]}`,
        `@${who.contact.split('@')[0]}`,
      ],
      birthDates: [
        '17.05.1980',
        '17 мая 1980',
        '1980-05-17',
        '1980 жылғы 17 мамыр',
        '17/05/1980',
        '17 05 1980',
        '1980 г.р.',
      ],
      addresses: [
        `ул. ${who.street}, д. 15`,
        `${who.street} көшесі 15`,
        `мкр. ${who.street} 15`,
        `пр-т ${who.street} 3`,
        `${who.street} даңғылы 3`,
      ],
      organisations: [
        `ТОО «${who.workplace}»`,
        `«${who.workplace}» ЖШС`,
        `КГП на ПХВ «${who.workplace}»`,
        `АО "${who.workplace}"`,
      ],
      documents: [
        'паспорт N 8844117',
        'куәлік № 8844117',
        'ИИН 884411',
        'медкарта № 8844117',
        'авто 884 KWZ 03',
      ],
    };
    const EXTRA: Mark[] = [
      { what: 'initials', kind: 'exact', value: initials },
      { what: 'initials', kind: 'exact', value: initials.replace('.', '. ') },
      { what: 'phone of a stranger', kind: 'digits', value: '7771234567' },
      { what: 'phone at home', kind: 'exact', value: '12-34-56' },
      { what: 'document of a stranger', kind: 'digits', value: '884411' },
      { what: 'year of birth', kind: 'exact', value: '1980' },
      { what: 'month of birth', kind: 'exact', value: '05.1980' },
      { what: 'contact', kind: 'word', value: 'kzharkyn' },
      { what: 'car', kind: 'exact', value: '884' },
    ];
    const detector = leakDetector([...marksOf(who), ...EXTRA]);
    const remaking = (finders: readonly FinderName[]): Remaking => ({
      known: knownIdentity({ ...identity, people: [...identity.people, ...learnNames([text.ru])] }),
      places,
      words: NEUTRAL_WORDS,
      finders,
    });
    let planted_ = 0;
    let seenByStranger = 0;
    const missed: string[] = [];
    const leftBehind: string[] = [];
    for (const name of FINDER_NAMES)
      for (const leak of LEAKS[name]) {
        planted_ += 1;
        const without = remakeText(leak, remaking(FINDER_NAMES.filter((finder) => finder !== name)));
        // Birth dates lose their day even then; the month that is left is the leak.
        if (detector.inText(without.text).length === 0) missed.push(`${name}: ${leak}`);
        // The product itself would have held it.
        if (without.causes.length === 0 && name !== 'birthDates') missed.push(`${name} not held: ${leak}`);
        if (findSuspicions(without.text).length > 0) seenByStranger += 1;
        const whole = remakeText(leak, remaking(FINDER_NAMES));
        if (detector.inText(whole.text).length > 0) leftBehind.push(`${name}: ${whole.text}`);
      }
    expect(missed).toEqual([]);
    expect(leftBehind).toEqual([]);
    expect(planted_).toBeGreaterThanOrEqual(60);
    console.info(
      `T16: ${planted_} of ${planted_} planted leaks found; ${seenByStranger} of them by the shapes alone`,
    );
  });

  it('PX-04, T16: the detector finds every leak that is planted by passing files on as they are', async () => {
    const who = planted(5);
    const mark = `${who.surname} ${who.name} ${who.iin}`;
    const marks = marksOf(who).filter(({ what }) => ['surname', 'name', 'ИИН'].includes(what));
    const whole: Mark[] = [
      { what: 'surname', kind: 'exact', value: who.surname },
      { what: 'ИИН', kind: 'digits', value: who.iin },
    ];
    const detector = leakDetector(whole);
    const page = scan(
      ['Выписка из карты', `Пациентка ${who.surname} ${who.name}`, `ИИН ${who.iin}`],
      'image/jpeg',
    );
    const places: [string, Buffer][] = [
      ['JPEG', plantInPicture(scan(['Выписка'], 'image/jpeg'), mark)],
      ['PNG', plantInPicture(scan(['Выписка'], 'image/png'), mark)],
      ['PDF', await plantInPdf(textPdf(['Выписка'], world.clock.now()), mark)],
      ['tail', Buffer.concat([scan(['Выписка'], 'image/png'), Buffer.from(mark)])],
      ['wide letters', Buffer.concat([scan(['Выписка'], 'image/png'), Buffer.from(mark, 'utf16le')])],
    ];
    for (const [name, bytes] of places) expect(detector.inBytes(bytes).length, name).toBeGreaterThan(0);
    // Ink without black boxes is read and found, in a picture and in a page of a PDF.
    expect(
      leakDetector(marks)
        .inText(await readOf(page))
        .map((one) => one.what),
    ).toEqual(['surname', 'name', 'ИИН']);
  }, 60_000);
});
