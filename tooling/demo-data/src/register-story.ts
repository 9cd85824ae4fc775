import { createHash } from 'node:crypto';
import type * as schema from '@mse/db/schema';
import type { ApplicationEvent, ApplicationState, CandidateFacts, RefusalReason } from '@mse/domain/experts';
import { stepTo, testDueOn } from '@mse/domain/experts';
import { addDays, type PlainDate, plainDate, plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import type { Candidate } from '../../simulators/src/candidates/candidate-data.ts';
import type { Ids } from './ids.ts';
import { doctorKey } from './population/candidates.ts';
import type { Person, Population } from './population/types.ts';

/** How many doctors have applied, and one more who may. */
const applicants = 12;

/** The doctor of the cast, who has not applied yet, and chairs of the clinics' commissions, who have. */
export function candidateDoctors(population: Population): Person[] {
  const cast = new Set(
    population.namedDemoPeople.filter(({ role }) => role !== 'citizen').map(({ iin }) => iin),
  );
  const byIin = new Map(population.people.map((person) => [person.iin, person]));
  const doctor = population.namedDemoPeople.filter(({ key }) => key === doctorKey).map(({ iin }) => iin);
  const chairs = population.clinics.map(({ chairIin }) => chairIin).filter((iin) => !cast.has(iin));
  return [...new Set([...doctor, ...chairs])].flatMap((iin) => byIin.get(iin) ?? []).slice(0, applicants + 1);
}

/** What the systems know of each of them. Three have something that the Committee must look at. */
export function candidateRecords(population: Population): Candidate[] {
  const today = plainDate(population.today);
  return candidateDoctors(population).map((person, index): Candidate => {
    const year = Number(person.birthDate.slice(0, 4)) + 24;
    return {
      iin: person.iin,
      consent: 'granted',
      // The third applicant's diploma is from the time before the electronic register: a copy is needed.
      ...(index === 3
        ? {}
        : {
            education: [
              {
                number: `ЖБ-Б ${String(100_000 + index * 37)}`,
                specialty: index % 3 === 0 ? 'general-medicine' : 'curative-medicine',
                institution: 'Астана медицина университеті',
                issuedOn: `${year}-07-01`,
                foreign: false,
                recognised: false,
              },
            ],
          }),
      'labour-contracts': [
        {
          organization: 'Ақмола облысының емханасы',
          position: 'терапевт-дәрігер',
          from: `${year + 1}-09-01`,
          until: null,
          examination: false,
        },
      ],
      'specialist-certificates': [
        {
          number: `KZ-${String(20_000 + index * 11)}`,
          specialty: 'терапия',
          issuedOn: addDays(today, -900),
          validUntil: index === 4 ? addDays(today, -60) : addDays(today, 900),
        },
      ],
      'medical-training': [
        {
          title: 'МӘС негіздері',
          organization: 'ҚР ДСМ оқу орталығы',
          hours: 72,
          completedOn: addDays(today, -400),
          examination: true,
        },
      ],
      psychiatry: { registered: false },
      narcology: { registered: false },
      'criminal-record': { convicted: false },
    };
  });
}

const PARTS = {
  procedure: {
    kk: 'Құжаттар порталдың «МӘС тәуелсіз сарапшылар кабинеті» модулі арқылы электрондық түрде, электрондық цифрлық қолтаңбамен қабылданады.',
    ru: 'Документы принимаются в электронном виде через модуль портала «Кабинет независимых экспертов МСЭ» с электронной цифровой подписью.',
    en: 'Documents are taken electronically in the module “Cabinet of independent experts of MSE” of the portal, with an electronic signature.',
  },
  body: {
    kk: 'Еңбек, әлеуметтік қорғау және көші-қон комитеті, Астана қаласы, Мәңгілік Ел даңғылы, 8. Телефон: +7 (7172) 70-00-00. Электрондық пошта: komitet@example.kz.',
    ru: 'Комитет труда, социальной защиты и миграции, город Астана, проспект Мангилик Ел, 8. Телефон: +7 (7172) 70-00-00. Электронная почта: komitet@example.kz.',
    en: 'Committee of labour, social protection and migration, Astana, 8 Mangilik El avenue. Phone: +7 (7172) 70-00-00. E-mail: komitet@example.kz.',
  },
  work: {
    kk: 'Дәрігерлер нозологиялық нысандар бойынша сырттай сараптамалық шешім шығарады. Еңбекақы бекітілген тариф пен ай сайынғы бағалауға сәйкес атқарылған жұмыстар актісі бойынша төленеді.',
    ru: 'Врачи выносят экспертные решения заочного освидетельствования по нозологическим формам. Оплата по акту выполненных работ по утверждённому тарифу с учётом ежемесячной оценки.',
    en: 'Doctors make expert decisions of remote examination for nosological forms. Pay is by an act of works, by the approved tariff and the monthly assessment.',
  },
  requirements: {
    kk: 'Клиникалық практикаға жіберу туралы маман сертификаты, үздіксіз еңбек өтілі, соңғы 5 жылда МӘС бойынша кемінде 60 сағат даярлық (МӘС бөлімдерінде 5 жылдан артық жұмыс істегендерге қажет емес).',
    ru: 'Сертификат специалиста для допуска к клинической практике, непрерывный стаж, не менее 60 часов подготовки по МСЭ за последние 5 лет (не требуется при стаже в отделах МСЭ более 5 лет).',
    en: 'A specialist certificate for clinical practice, continuous experience, at least 60 hours of training in MSE in the last 5 years (not needed with more than 5 years in MSE departments).',
  },
  documents: {
    kk: '1) жоғары медициналық білім туралы диплом;\n2) еңбек өтілін растау;\n3) маман сертификаты;\n4) МӘС бойынша даярлықты растау;\n5) «Психиатрия» мәліметтері;\n6) «Наркология» мәліметтері;\n7) соттылық туралы мәліметтер. 5)–7) тек жүйелерден алынады.',
    ru: '1) диплом о высшем медицинском образовании;\n2) подтверждение стажа;\n3) сертификат специалиста;\n4) подтверждение подготовки по МСЭ;\n5) сведения «Психиатрия»;\n6) сведения «Наркология»;\n7) сведения о судимости. 5)–7) только из систем.',
    en: '1) diploma of higher medical education;\n2) proof of experience;\n3) specialist certificate;\n4) proof of training in MSE;\n5) data of “Psychiatry”;\n6) data of “Narcology”;\n7) criminal record data. 5) to 7) come from systems alone.',
  },
};

type Steps = readonly (readonly [ApplicationEvent, number, 'candidate' | 'first' | 'second' | 'system'])[];

/** How far each applicant has come: steps with their days before today. */
const STORIES: readonly { steps: Steps; reasons?: RefusalReason[]; text?: string }[] = [
  { steps: [['submit', 2, 'candidate']] },
  { steps: [['submit', 3, 'candidate']] },
  { steps: [['submit', 5, 'candidate']] },
  {
    steps: [
      ['submit', 6, 'candidate'],
      ['propose-refusal', 1, 'second'],
    ],
    reasons: ['incomplete-or-expired'],
  },
  {
    steps: [
      ['submit', 9, 'candidate'],
      ['invite', 4, 'first'],
    ],
  },
  {
    steps: [
      ['submit', 12, 'candidate'],
      ['invite', 9, 'first'],
      ['fail', 3, 'system'],
    ],
    reasons: ['test-negative'],
  },
  {
    steps: [
      ['submit', 12, 'candidate'],
      ['invite', 9, 'first'],
      ['pass', 2, 'system'],
    ],
  },
  {
    steps: [
      ['submit', 14, 'candidate'],
      ['invite', 11, 'first'],
      ['pass', 4, 'system'],
      ['send-contract', 0, 'first'],
    ],
  },
  {
    steps: [
      ['submit', 16, 'candidate'],
      ['invite', 13, 'first'],
      ['pass', 5, 'system'],
      ['send-contract', 1, 'first'],
      ['sign-contract', 0, 'candidate'],
    ],
  },
  {
    steps: [
      ['submit', 19, 'candidate'],
      ['invite', 17, 'first'],
      ['miss-test', 5, 'system'],
    ],
    reasons: ['test-not-taken'],
  },
  {
    steps: [
      ['submit', 19, 'candidate'],
      ['propose-refusal', 15, 'first'],
      ['confirm-refusal', 14, 'second'],
      ['ask-review', 2, 'candidate'],
    ],
    reasons: ['no-proof'],
    text: 'Дипломымның көшірмесін қайта жүктедім, қарап шығуыңызды сұраймын.',
  },
  {
    steps: [
      ['submit', 10, 'candidate'],
      ['withdraw', 8, 'candidate'],
    ],
  },
];

/** Rows of the register of experts before entry: an open announcement and twelve applications in their stages. Nothing of it is signed by anybody. */
export function registerStory(
  population: Population,
  world: { ids: Ids; serviceTime: Date; personId: (iin: string) => string; groups: readonly string[] },
) {
  const { ids, serviceTime, personId, groups } = world;
  const today = toBusinessDate(serviceTime);
  const at = (daysAgo: number, time: string): Date => {
    const instant = toInstant(addDays(today, -daysAgo), plainTime(time));
    return instant < serviceTime ? instant : serviceTime;
  };
  const [first = '', second = ''] = population.staff
    .filter(({ role }) => role === 'registry-admin')
    .map(({ iin }) => personId(iin));
  const published = addDays(today, -40);
  const announcementId = ids.id(serviceTime);
  const rows = {
    announcements: [
      {
        id: announcementId,
        number: `${today.slice(0, 4)}-1`,
        content: PARTS,
        places: 40,
        intakeFrom: addDays(today, -21),
        intakeUntil: addDays(today, 40),
        createdBy: first,
        createdAt: toInstant(published, plainTime('09:00')),
        publishedOn: published,
        publishedBy: first,
      },
    ] satisfies (typeof schema.announcements.$inferInsert)[],
    applications: [] as (typeof schema.expertApplications.$inferInsert)[],
    events: [] as (typeof schema.expertApplicationEvents.$inferInsert)[],
    tests: [] as (typeof schema.testResults.$inferInsert)[],
    contracts: [] as (typeof schema.expertContracts.$inferInsert)[],
  };
  const unsigned = Buffer.from('demonstration: nobody has signed this');
  const records = candidateRecords(population);
  for (const [index, story] of STORIES.entries()) {
    const doctor = candidateDoctors(population)[index + 1];
    const record = records[index + 1];
    if (!doctor || !record) throw new RangeError('The demonstration needs more doctors');
    const id = ids.id(serviceTime);
    const actors = { candidate: personId(doctor.iin), first, second, system: 'system:skills' };
    let state: ApplicationState = 'draft';
    let stateAt = serviceTime;
    for (const [event, daysAgo, by] of story.steps) {
      const to = stepTo(state, event);
      if (!to) throw new RangeError('The story of an application leaves the table of steps');
      stateAt = at(daysAgo, '11:00');
      rows.events.push({
        applicationId: id,
        event,
        from: state,
        to,
        at: stateAt,
        actor: event === 'miss-test' ? 'system:register' : actors[by],
        detail: {},
      });
      state = to;
    }
    const events = story.steps.map(([event]) => event);
    const invitedAgo = story.steps.find(([event]) => event === 'invite')?.[1];
    const failedAgo = story.steps.find(([event]) => event === 'fail')?.[1];
    const sentAgo = story.steps.find(([event]) => event === 'send-contract')?.[1];
    const submittedAt = at(story.steps[0]?.[1] ?? 0, '11:00');
    const attempt = invitedAgo === undefined ? 0 : failedAgo === undefined ? 1 : 2;
    const dueOn: PlainDate | null =
      state === 'checking' || state === 'refusal-proposed' || state === 'review'
        ? addDays(toBusinessDate(state === 'review' ? stateAt : submittedAt), 10)
        : state === 'invited' || state === 'retake'
          ? testDueOn(toBusinessDate(stateAt), {
              passPercent: 70,
              days: 10,
              retakes: 1,
              failureUsesRetake: false,
            })
          : state === 'contract-sent' || state === 'contract-signed'
            ? addDays(today, 4)
            : null;
    const asOf = submittedAt.toISOString();
    rows.applications.push({
      id,
      number: `A-${String(index + 1).padStart(6, '0')}`,
      announcementId,
      personId: personId(doctor.iin),
      state,
      stateAt,
      createdAt: submittedAt,
      fields: {
        groups: groups.filter((_, at) => (at + index) % 5 === 0),
        address: doctor.permanentRegistration?.kk ?? 'Көкшетау қ.',
        email: `doctor${index + 1}@example.kz`,
        phone: doctor.phone ?? '+77010000000',
        consent: true,
        warned: true,
        computer: true,
        modem: true,
        tariffs: true,
        informed: true,
      },
      savedAt: submittedAt,
      language: doctor.preferredLanguage,
      facts: factsOf(record, asOf, index === 1),
      factsAt: submittedAt,
      submittedAt,
      consentVersion: 'order-393',
      text: 'Демонстрация',
      signature: unsigned,
      signerSerial: null,
      dueOn,
      reasons: story.reasons ?? [],
      note: story.reasons ? 'Демонстрация' : null,
      proposedBy: events.includes('propose-refusal') ? (state === 'refusal-proposed' ? second : first) : null,
      refusedFrom: events.includes('miss-test')
        ? 'invited'
        : events.includes('confirm-refusal')
          ? 'checking'
          : null,
      testCode: invitedAgo === undefined ? null : ids.ticketCode(),
      attempt,
      usedRetakes: failedAgo === undefined ? 0 : 1,
      reviewText: story.text ?? null,
      reviews: story.text ? 1 : 0,
      expertId: null,
    });
    for (const [event, daysAgo] of story.steps) {
      if (event !== 'fail' && event !== 'pass') continue;
      const eventId = `demo-${String(index + 1).padStart(4, '0')}`;
      rows.tests.push({
        id: ids.id(serviceTime),
        eventId,
        contentHash: createHash('sha256').update(eventId).digest('hex'),
        applicationId: id,
        attempt: 1,
        hundredths: event === 'pass' ? 8250 + index * 10 : 6400,
        proctoring: 'positive',
        finishedAt: at(daysAgo, '10:30'),
        receivedAt: at(daysAgo, '11:00'),
        outcome: event === 'pass' ? 'passed' : 'failed',
      });
    }
    if (sentAgo !== undefined) {
      const signed = events.includes('sign-contract');
      const number = `${today.slice(0, 4)}-${String(rows.contracts.length + 1).padStart(5, '0')}`;
      rows.contracts.push({
        id: ids.id(serviceTime),
        applicationId: id,
        number,
        indicator: 40,
        text: `МӘС тәуелсіз сарапшысымен шарт № ${number}\nЖоспарлы көрсеткіш: айына 40 сараптамалық шешім.\n\nДоговор с независимым экспертом МСЭ № ${number}\nПлановый показатель: 40 экспертных решений в месяц.`,
        committeeSignature: unsigned,
        committeeSerial: 'demo',
        committeeBy: first,
        sentAt: at(sentAgo, '11:00'),
        dueOn: addDays(today, 4),
        signature: signed ? unsigned : null,
        signerSerial: signed ? 'demo' : null,
        signedAt: signed ? at(0, '11:00') : null,
        endedAt: null,
      });
    }
  }
  return rows;
}

/** What the systems had said when the application was sent; one of them was silent about one doctor. */
function factsOf(record: Candidate, asOf: string, silent: boolean): CandidateFacts {
  const said = (value: unknown) =>
    value === undefined ? { kind: 'not-found', asOf } : { kind: 'found', value, asOf };
  return {
    diploma: said(record.education),
    experience: said(record['labour-contracts']),
    certificate: said(record['specialist-certificates']),
    training: said(record['medical-training']),
    psychiatry: silent ? { kind: 'silent' } : said(record.psychiatry),
    narcology: said(record.narcology),
    'criminal-record': said(record['criminal-record']),
  } as CandidateFacts;
}
