import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { ExaminationPurpose } from '@mse/domain/intake';
import { fullName } from '@mse/domain/shared';
import { addDays } from './population/index.ts';
import { createRandom, type Random } from './population/random.ts';
import type { Clinic, DateText, Person, Population } from './population/types.ts';
import { peopleOf } from './applicants.ts';
import type { FormDocument } from './documents.ts';

/** A file of a remote form, as the electronic document store holds it. */
export interface RemoteFile {
  fileId: string;
  kind: string;
  mediaType: 'application/pdf' | 'image/png';
  content: Buffer;
}

/** A remote form of the demonstration with everything the registries must know for it. */
export interface RemotePaper {
  person: Person;
  clinic: Clinic;
  document: FormDocument;
  files: RemoteFile[];
  consent: { messageId: string; responder: string };
  /** Defects a questionnaire is filled for. */
  defects: string[];
}

interface Story {
  icd10: string;
  purpose: ExaminationPurpose;
  diagnosis: string;
  complaints: string;
  anamnesis: string;
  objectiveStatus: string;
  treatment: string;
  recommendations: string;
  specialist: string;
  result: { name: string; result: string };
  surgicalAmputation?: boolean;
  means?: { defect: string; means: string };
  papers: readonly { kind: string; title: string; picture?: true }[];
}

/** Invented, about nobody; in the language of the clinic's record. */
const STORIES: readonly Story[] = [
  {
    icd10: 'C34.1',
    purpose: 'disability-first',
    diagnosis: 'Рак верхней доли правого лёгкого, IIIА стадия, после лобэктомии',
    complaints: 'Одышка при подъёме на второй этаж, слабость',
    anamnesis: 'Болеет год, операция и четыре курса химиотерапии',
    objectiveStatus: 'Состояние средней тяжести, дыхание справа ослаблено, сатурация 93 %',
    treatment: 'Адъювантная химиотерапия',
    recommendations: 'Наблюдение онколога, дыхательная гимнастика',
    specialist: 'Онколог',
    result: { name: 'Спирография', result: 'Снижение жизненной ёмкости лёгких до 58 %' },
    papers: [
      { kind: 'other', title: 'Выписка из медицинской карты' },
      { kind: 'other', title: 'Заключение онколога' },
    ],
  },
  {
    icd10: 'F20.0',
    purpose: 'disability-repeated',
    diagnosis: 'Параноидты шизофрения, үздіксіз ағымы',
    complaints: 'Ұйқысының бұзылуы, ойының шашыраңқылығы',
    anamnesis: 'Он бір жылдан бері бақылауда, жылына екі рет стационарда емделеді',
    objectiveStatus: 'Ойлауы бұзылған, сыни көзқарасы төмен, өзіне күтім жасауы ішінара сақталған',
    treatment: 'Антипсихотикалық ем',
    recommendations: 'Психиатрдың тұрақты бақылауы, әлеуметтік оңалту',
    specialist: 'Психиатр',
    result: { name: 'Эксперименттік-психологиялық зерттеу', result: 'Ойлаудың айқын бұзылысы' },
    papers: [
      { kind: 'other', title: 'Психиатр қорытындысы' },
      { kind: 'other', title: 'Стационардан үзінді' },
    ],
  },
  {
    icd10: 'S88.1',
    purpose: 'disability-first',
    diagnosis: 'Сол жақ балтырдың жоғарғы үштен бірі деңгейіндегі ампутациялық тұқыл',
    complaints: 'Жүре алмауы, тұқылының ауыруы',
    anamnesis: 'Жол-көлік оқиғасынан кейін төрт ай бұрын ампутация жасалған',
    objectiveStatus: 'Тұқылы қалыптасқан, тыртығы таза, протездеуге жарамды',
    treatment: 'Ампутация, таңу, емдік дене шынықтыру',
    recommendations: 'Балтыр протезі, балдақтар',
    specialist: 'Травматолог-ортопед',
    result: { name: 'Рентгенография', result: 'Ампутация деңгейі – балтырдың жоғарғы үштен бірі' },
    surgicalAmputation: true,
    means: { defect: 'S88-left', means: 'Балтыр протезі' },
    papers: [
      { kind: 'inpatient-extract', title: 'Стационарлық науқастың тарихынан үзінді' },
      { kind: 'orthopaedist-conclusion', title: 'Травматолог-ортопед қорытындысы' },
      { kind: 'limb-x-ray', title: 'Рентгенография', picture: true },
      { kind: 'inpatient-card-insert-10', title: 'Стационарлық картаға 10-қосымша парақ' },
    ],
  },
  {
    icd10: 'G82.4',
    purpose: 'rehabilitation-programme',
    diagnosis: 'Спастическая тетраплегия, последствия травмы шейного отдела позвоночника',
    complaints: 'Отсутствие движений в руках и ногах',
    anamnesis: 'Травма два года назад, четыре курса реабилитации',
    objectiveStatus: 'Сила в руках 2 балла, в ногах 0 баллов, нуждается в постоянном уходе',
    treatment: 'Лечение спастичности, лечебная физкультура',
    recommendations: 'Кресло-коляска с электроприводом, подъёмник',
    specialist: 'Невролог',
    result: { name: 'Магнитно-резонансная томография', result: 'Миелопатия на уровне C5–C6' },
    papers: [
      { kind: 'other', title: 'Заключение невролога' },
      { kind: 'other', title: 'Выписка из медицинской карты' },
    ],
  },
  {
    icd10: 'A15.0',
    purpose: 'disability-first',
    diagnosis: 'Өкпенің фиброзды-кавернозды туберкулезі',
    complaints: 'Жөтел, ентігу, тершеңдік',
    anamnesis: 'Бір жылдан бері ем қабылдайды',
    objectiveStatus: 'Тыныс алуы әлсіреген, ентігуі аз күш түсіргенде',
    treatment: 'Туберкулезге қарсы ем, екінші қатар препараттары',
    recommendations: 'Емді жалғастыру, фтизиатрдың бақылауы',
    specialist: 'Фтизиатр',
    result: { name: 'Рентгенография', result: 'Оң жақ өкпеде ыдырау қуысы' },
    papers: [
      { kind: 'other', title: 'Фтизиатр қорытындысы' },
      { kind: 'other', title: 'Кеуде қуысының рентгенографиясы', picture: true },
    ],
  },
];

/** Forms that are returned take the first story and are spoiled by `returned-remote-forms.ts`. */
export const RETURNED_REMOTE = 4;

/**
 * Who the remote forms of the demonstration are about: some for whom the form was accepted, then some whose form was returned. Always
 * the same people for one population, so that files written later belong to rows written before.
 */
export function remotePeople(population: Population): Person[] {
  const { applicant } = peopleOf(population);
  const busy = new Set([
    ...population.namedDemoPeople.flatMap(({ iin, wardIin }) => [iin, wardIin ?? iin]),
    ...population.staff.map(({ iin }) => iin),
    ...population.clinics.map(({ chairIin }) => chairIin),
    ...population.experts.map(({ iin }) => iin),
  ]);
  const served = new Set(population.departments.flatMap(({ unitCodes }) => unitCodes));
  const able = population.people.filter(
    (person) =>
      !busy.has(person.iin) &&
      person.clinicBin !== null &&
      person.phone !== null &&
      served.has(person.permanentRegistration?.unitCode ?? '') &&
      applicant(person)?.representative === null,
  );
  const random = createRandom(population.seed ^ 0x31);
  const chosen = new Set<Person>();
  while (chosen.size < STORIES.length + RETURNED_REMOTE) chosen.add(random.pick(able));
  return [...chosen];
}

/** The accepted remote forms of the demonstration with their files, made from the seed alone. */
export function remotePapers(population: Population): RemotePaper[] {
  const { clinicOf } = peopleOf(population);
  const random = createRandom(population.seed ^ 0x310);
  return remotePeople(population)
    .slice(0, STORIES.length)
    .map((person, index) => {
      const story = STORIES[index] as Story;
      const formedOn = addDays(population.today, -1 - (index % 3));
      return paperOf(random, { person, clinic: clinicOf(person), story, formedOn, number: index + 1 });
    });
}

/** A right remote form about somebody, without files in any store: what the returned ones are made from. */
export function remotePaper(population: Population, person: Person, number: number): RemotePaper {
  const { clinicOf } = peopleOf(population);
  const story = STORIES[0] as Story;
  const formedOn = addDays(population.today, -2 - (number % 4));
  const random = createRandom(population.seed ^ (0x3100 + number));
  return paperOf(random, { person, clinic: clinicOf(person), story, formedOn, number: 50 + number });
}

function paperOf(
  random: Random,
  of: { person: Person; clinic: Clinic; story: Story; formedOn: DateText; number: number },
): RemotePaper {
  const { person, clinic, story, formedOn, number } = of;
  const phone = person.phone ?? '';
  const consent = { messageId: `demo-consent-${number}`, responder: phone };
  const files = story.papers.map(({ kind, title, picture }, index): RemoteFile => {
    const fileId = `demo-file-${number}-${index + 1}`;
    return picture
      ? { fileId, kind, mediaType: 'image/png', content: pictureOf(random) }
      : {
          fileId,
          kind,
          mediaType: 'application/pdf',
          content: pageOf({ title, person, clinic, story, formedOn }),
        };
  });
  const repeated = story.purpose === 'disability-repeated';
  const document: FormDocument = {
    number: `${formedOn.slice(0, 4)}-R${String(number).padStart(4, '0')}`,
    formedOn,
    track: 'remote-proactive',
    purpose: story.purpose,
    patient: {
      iin: person.iin,
      surname: person.surname,
      name: person.name,
      patronymic: person.patronymic,
      phone,
    },
    organizationBin: clinic.bin,
    organizationName: clinic.name[person.preferredLanguage === 'kk' ? 'kk' : 'ru'],
    icd10: story.icd10,
    diagnosis: story.diagnosis,
    complaints: story.complaints,
    anamnesis: story.anamnesis,
    objectiveStatus: story.objectiveStatus,
    treatment: story.treatment,
    recommendations: story.recommendations,
    consultations: [
      {
        specialist: story.specialist,
        heldOn: addDays(formedOn, -6),
        complaints: story.complaints,
        objective: story.objectiveStatus,
        dysfunction: 'severe',
        diagnosis: story.diagnosis,
        recommendations: story.recommendations,
      },
    ],
    laboratory: [{ ...story.result, takenOn: addDays(formedOn, -9) }],
    treatedCases: [
      {
        setting: 'inpatient',
        from: addDays(formedOn, -60),
        until: addDays(formedOn, -40),
        diagnosis: story.diagnosis,
        treatment: story.treatment,
      },
    ],
    rehabilitation: { potential: 'medium', diagnosis: story.diagnosis, route: story.recommendations },
    ...(repeated ? { previousGroup: { group: 'group-2', until: addDays(formedOn, 20) } } : {}),
    ...(story.surgicalAmputation ? { surgicalAmputation: true } : {}),
    ...(story.means ? { technicalMeans: [story.means] } : {}),
    attachments: files.map(({ fileId, kind, mediaType, content }) => ({
      storeId: fileId,
      kind,
      mediaType,
      sha256: createHash('sha256').update(content).digest('hex'),
    })),
    consent: { ...consent, text: 'Келісемін. Согласен.', givenAt: `${addDays(formedOn, -1)}T05:00:00Z` },
    sender: { system: 'damu', sentOn: formedOn },
  };
  return { person, clinic, document, files, consent, defects: story.means ? [story.means.defect] : [] };
}

let known: NodeCompiler | undefined;

/** A page of a clinic's paper, with the names such papers bear: the experts' side must lose them. */
function pageOf(of: {
  title: string;
  person: Person;
  clinic: Clinic;
  story: Story;
  formedOn: DateText;
}): Buffer {
  if (!known) {
    const fonts = dirname(
      createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'),
    );
    known = NodeCompiler.create({
      workspace: tmpdir(),
      fontArgs: [{ fontPaths: [join(fonts, '400Regular'), join(fonts, '700Bold')] }],
    });
  }
  const { title, person, clinic, story, formedOn } = of;
  const kk = person.preferredLanguage === 'kk';
  const [year = '', month = '', day = ''] = formedOn.split('-');
  const data = {
    lang: kk ? 'kk' : 'ru',
    title,
    head: clinic.name[kk ? 'kk' : 'ru'],
    rows: [
      ['Пациент', fullName(person)],
      [kk ? 'ЖСН' : 'ИИН', person.iin],
      [kk ? 'Күні' : 'Дата', `${day}.${month}.${year}`],
      [kk ? 'Шағымдары' : 'Жалобы', story.complaints],
      ['Анамнез', story.anamnesis],
      [kk ? 'Жай-күйі' : 'Состояние', story.objectiveStatus],
      ['Диагноз', story.diagnosis],
      [kk ? 'Ем' : 'Лечение', story.treatment],
      [kk ? 'Ұсыныстар' : 'Рекомендации', story.recommendations],
    ],
  };
  // The day stands still, so that one seed gives the same bytes on every machine.
  return known.pdf(
    { mainFileContent: PAGE, inputs: { data: JSON.stringify(data) } },
    { creationTimestamp: Math.trunc(Date.UTC(2026, 0, 1) / 1000) },
  );
}

const PAGE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title)
#set text(lang: data.lang, font: "Noto Sans", size: 11pt)
#set page(paper: "a4", margin: 2cm)
#text(fill: luma(70), data.head)
= #data.title
#for row in data.rows [
  #par[*#row.at(0).* #row.at(1)]
]
`;

/** A grey picture that looks like an exposed plate: light in the middle, grainy; made from the seed. */
function pictureOf(random: Random): Buffer {
  const width = 480;
  const height = 640;
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y += 1) {
    const row = Buffer.alloc(width + 1);
    for (let x = 0; x < width; x += 1) {
      const bone = Math.exp(-(((x - width / 2) / 46) ** 2)) * (y < height * 0.62 ? 1 : 0.06);
      row[x + 1] = Math.min(255, 24 + Math.trunc(190 * bone) + random.integer(0, 22));
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
