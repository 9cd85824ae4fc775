import {
  assignments,
  cases,
  conclusions,
  decisions,
  experts,
  formContents,
  forms,
  persons,
} from '@mse/db/schema';
import type {
  CaseTrack,
  ConclusionContent,
  DecisionContent,
  DisabilityOutcome,
} from '@mse/domain/examination';
import { ageOn, nosologyOf } from '@mse/domain/intake';
import { lastValidDay } from '@mse/domain/queue';
import { addDays, addMonths, type PlainDate, plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import { and, asc, eq, inArray, ne, notInArray, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { prepareCase } from '../dossiers/prepare-case.ts';
import {
  changeCase,
  closeInvitations,
  moveOpenCases,
  openCase,
  settleDecisions,
  sweepExamination,
} from '../examination/index.ts';
import { getPerson } from '../identity/people.ts';
import { recordConclusion } from '../results/record-conclusion.ts';
import {
  type DemoPapers,
  HELD_PAPERS,
  ORDINARY_PAPERS,
  SPECIAL_PAPERS,
  WAITING_PAPERS,
} from './demo-papers.ts';

/** What a decision of the demonstration carries instead of a signature: it was never signed. */
const UNSIGNED = Buffer.from('demo data: not signed');

/** Cases on the desks of experts besides those that show something of their own; enough that every head of department has one. */
const ON_DESKS = 44;

/** Cases that were over in the month before. */
const LONG_OVER = 10;

/** Working days before today from which the first of them is. */
const LONGEST = 23 + LONG_OVER;

type Word = DisabilityOutcome | 'nonconformity';
/** How a case of the demonstration goes; days are working days before today. */
interface Script {
  /** Key of the one of the cast whose case it is; otherwise anybody's. */
  cast?: string;
  papers: DemoPapers;
  track?: CaseTrack;
  /** When its form was accepted. */
  day: number;
  time: string;
  /** Decisions seat by seat, on a day. */
  decided?: { day: number; words: Word[] };
  /** What happens at last, on a day. */
  then?: { day: number; step: 'refused' | 'in-person' | 'consultation' | 'recusal' };
}

const ordinary = (index: number): DemoPapers =>
  ORDINARY_PAPERS[index % ORDINARY_PAPERS.length] ?? (ORDINARY_PAPERS[0] as DemoPapers);

const MISMATCH: Word[] = ['group-1', 'group-2', 'group-3'];

/** A case in every state; the reasons of each stand beside it. */
const SCRIPTS: readonly Script[] = [
  // Concluded: all three agree; two of three; not established; by the special mechanism.
  {
    cast: 'citizen-remote-done',
    papers: ordinary(0),
    day: 9,
    time: '10:05',
    decided: { day: 8, words: ['group-2', 'group-2', 'group-2'] },
  },
  {
    papers: ordinary(1),
    day: 8,
    time: '11:40',
    decided: { day: 7, words: ['group-2', 'group-3', 'group-2'] },
  },
  {
    papers: ordinary(2),
    day: 7,
    time: '15:10',
    decided: { day: 6, words: ['not-established', 'not-established', 'group-3'] },
  },
  {
    papers: SPECIAL_PAPERS,
    track: 'special',
    day: 5,
    time: '09:20',
    decided: { day: 5, words: ['group-1'] },
  },
  // In person: invited yesterday; called again; did not come; refused; concluded by the head; with the methodologists.
  {
    cast: 'citizen-remote-invited',
    papers: ordinary(3),
    day: 2,
    time: '09:50',
    decided: { day: 1, words: MISMATCH },
  },
  {
    papers: ordinary(0),
    day: 5,
    time: '10:30',
    decided: { day: 3, words: ['nonconformity', 'nonconformity', 'group-2'] },
  },
  { papers: ordinary(1), day: 10, time: '10:30', decided: { day: 9, words: MISMATCH } },
  {
    papers: ordinary(2),
    day: 7,
    time: '10:45',
    decided: { day: 6, words: MISMATCH },
    then: { day: 5, step: 'refused' },
  },
  {
    papers: ordinary(3),
    day: 7,
    time: '12:10',
    decided: { day: 5, words: MISMATCH },
    then: { day: 4, step: 'in-person' },
  },
  {
    papers: ordinary(0),
    day: 6,
    time: '12:30',
    decided: { day: 4, words: MISMATCH },
    then: { day: 3, step: 'consultation' },
  },
  // On the desks: nobody has decided in time; two of three have; one was given back and moved.
  { papers: ordinary(1), day: 6, time: '09:10' },
  {
    cast: 'citizen-remote-going',
    papers: ordinary(2),
    day: 2,
    time: '11:15',
    decided: { day: 1, words: ['group-2', 'group-2'] },
  },
  { papers: ordinary(3), day: 2, time: '14:20', then: { day: 1, step: 'recusal' } },
  // Nobody is entered for this form; and papers that only a person may pass.
  { papers: WAITING_PAPERS, day: 2, time: '10:00' },
  { papers: HELD_PAPERS, day: 1, time: '10:00' },
  ...Array.from({ length: ON_DESKS }, (_, index): Script => ({
    papers: index % 9 === 0 ? SPECIAL_PAPERS : ordinary(index),
    track: index % 9 === 0 ? 'special' : 'ordinary',
    day: index % 3 === 0 ? 0 : 1,
    time: index % 3 === 0 ? '09:05' : `16:${String(10 + (index % 45)).padStart(2, '0')}`,
  })),
  // Some weeks ago: what experts are assessed and paid for.
  ...Array.from({ length: LONG_OVER }, (_, index): Script => ({
    papers: ordinary(index),
    day: 24 + index,
    time: '10:20',
    decided: {
      day: index % 4 === 0 ? 19 : 23 + index,
      words: ['group-2', 'group-2', index % 3 === 0 ? 'group-3' : 'group-2'],
    },
  })),
];

/**
 * Demo mode: tells the last two weeks of the remote examination by the service's own functions in virtual time, so that there is a case
 * in every state. Does nothing where there are cases already. Answers how many were made.
 *
 * @param cast ИИН of the cast by key; who is not there is replaced by anybody
 */
export async function makeDemoCases(
  real: Deps,
  cast: ReadonlyMap<string, string> = new Map(),
): Promise<number> {
  // The demo data themselves open a few cases of forms that came with files; nothing has happened to those yet.
  if ((await real.db.$count(cases, ne(cases.state, 'accepted'))) > 0) return 0;
  const present = real.clock.now();
  let now = present;
  const deps: Deps = { ...real, clock: { now: () => now } };
  const calendar = deps.reference.calendar();
  const today = toBusinessDate(present);
  /** So many working days before today; today itself, or the working day before it, is day zero. */
  const dayBefore = (count: number): PlainDate => {
    let day = today;
    while (!calendar.isWorkingDay(day)) day = addDays(day, -1);
    for (let left = count; left > 0;) {
      day = addDays(day, -1);
      if (calendar.isWorkingDay(day)) left -= 1;
    }
    return day;
  };
  const known = await peopleByIin(deps, [...cast.values()]);
  const people = await applicants(deps, SCRIPTS.length, [...known.values()]);
  const steps: { at: Date; run(): Promise<void> }[] = [];
  const when = (day: number, time: string, run: () => Promise<void>) => {
    const at = toInstant(dayBefore(day), plainTime(time));
    // What would happen later today has happened just now.
    steps.push({ at: at < present ? at : present, run });
  };
  for (const [index, script] of SCRIPTS.entries()) {
    const personId = known.get(cast.get(script.cast ?? '') ?? '') ?? people[index];
    if (personId === undefined) break;
    let caseId = '';
    when(script.day, script.time, async () => {
      caseId = await openDemoCase(deps, personId, script, index, now);
      await prepareCase(deps, caseId);
      await sweepExamination(deps, now);
    });
    const { decided, then } = script;
    if (decided)
      for (const [seat, word] of decided.words.entries())
        when(decided.day, `1${2 + seat}:${String(10 + (index % 45)).padStart(2, '0')}`, () =>
          decide(deps, caseId, seat + 1, word, now),
        );
    if (then) when(then.day, '16:05', () => goOn(deps, caseId, then.step, now));
  }
  // The timers of every day, as they would have run.
  for (let day = LONGEST; day >= 0; day -= 1)
    for (const time of ['00:01', '08:30', '16:01', '18:01'])
      when(day, time, async () => {
        await sweepExamination(deps, now);
      });
  steps.sort((left, right) => left.at.getTime() - right.at.getTime());
  for (const { at, run } of steps) {
    now = at;
    await run();
  }
  now = present;
  await sweepExamination(deps, now);
  await recordAudit(real.db, {
    at: present,
    actor: 'system:demo-data',
    actorRole: 'system',
    action: 'demo.cases',
    outcome: 'done',
    personId: null,
    subject: null,
    requestId: null,
    detail: { source: 'demo data', cases: Math.min(SCRIPTS.length, people.length) },
  });
  return Math.min(SCRIPTS.length, people.length);
}

/** Ids of people by their ИИН; whoever has none of the service's rows is not in it. */
async function peopleByIin(deps: Deps, iins: readonly string[]): Promise<Map<string, string>> {
  const rows = await deps.db
    .select({ id: persons.id, iin: persons.iin })
    .from(persons)
    .where(inArray(persons.iin, [...iins]));
  return new Map(rows.map(({ id, iin }) => [iin, id]));
}

/** Adults of the region with a phone who have no form and no work here. */
async function applicants(deps: Deps, count: number, left: readonly string[]): Promise<string[]> {
  const rows = await deps.db
    .select({ id: persons.id })
    .from(persons)
    .where(
      and(
        eq(persons.status, 'alive'),
        notInArray(persons.id, [...left]),
        eq(persons.legalCapacity, 'capable'),
        sql`${persons.phone} is not null and ${persons.unitCode} like '11%' and ${persons.birthDate} < current_date - interval '19 years'
          and exists (select from unit_department u where u.unit_code = ${persons.unitCode})
          and not exists (select from form_031 f where f.person_id = ${persons.id} or f.representative_id = ${persons.id})
          and not exists (select from staff_role r where r.person_id = ${persons.id})
          and not exists (select from expert e where e.person_id = ${persons.id})
          and not exists (select from guardianship g where g.guardian_id = ${persons.id} or g.ward_id = ${persons.id})`,
      ),
    )
    .orderBy(asc(persons.iin))
    .limit(count);
  return rows.map(({ id }) => id);
}

async function openDemoCase(
  deps: Deps,
  personId: string,
  script: Script,
  index: number,
  at: Date,
): Promise<string> {
  const person = await getPerson(deps.db, personId);
  const { papers } = script;
  const day = toBusinessDate(at);
  const { codes } = deps.reference.nosology();
  const nosologyGroup = nosologyOf(codes, papers.icd10, ageOn(person.birthDate, day), day);
  const unitCode = person.unitCode ?? '';
  if (nosologyGroup === null) throw new Error(`${papers.icd10} is not in the list of forms`);
  const formId = deps.random.id(at);
  const purpose = index % 3 === 1 ? ('disability-repeated' as const) : ('disability-first' as const);
  const clinic = { bin: '990140000011', name: 'Көкшетау қалалық емханасы' };
  return deps.db.transaction(async (tx) => {
    await tx.insert(forms).values({
      id: formId,
      personId,
      representativeId: null,
      number: `031-R-${String(index + 1).padStart(4, '0')}`,
      formedOn: day,
      signedAt: at,
      validUntil: lastValidDay(at),
      track: 'remote-proactive',
      purpose,
      organizationBin: clinic.bin,
      organizationName: clinic.name,
      state: 'accepted',
      acceptedAt: at,
    });
    await tx.insert(formContents).values({
      formId,
      document: {
        number: `031-R-${String(index + 1).padStart(4, '0')}`,
        formedOn: day,
        track: 'remote-proactive',
        purpose,
        patient: {
          iin: person.iin,
          surname: person.surname,
          name: person.name,
          patronymic: person.patronymic,
          phone: person.phone,
        },
        organizationBin: clinic.bin,
        organizationName: clinic.name,
        ...papers,
        previousGroup: purpose === 'disability-repeated' ? { group: 'group-3', until: day } : undefined,
        rehabilitation: { potential: 'moderate' },
        socialInsurance: true,
      },
    });
    await recordAudit(tx, {
      at,
      actor: 'system:demo-data',
      actorRole: 'system',
      action: 'intake.accept',
      outcome: 'done',
      personId,
      subject: `form:${formId}`,
      requestId: null,
      detail: { source: 'demo data' },
    });
    return openCase(
      deps,
      tx,
      {
        formId,
        personId,
        representativeId: null,
        regionCode: unitCode.slice(0, 2),
        departmentId: deps.reference.departmentOfUnit(unitCode, day),
        track: script.track ?? 'ordinary',
        nosologyGroup,
        purpose,
      },
      at,
    );
  });
}

function conclusionOf(outcome: DisabilityOutcome, day: PlainDate): ConclusionContent {
  const established = outcome !== 'not-established';
  const until = { kind: 'until' as const, until: addMonths(day, 12) };
  return {
    disability: {
      outcome,
      cause: established ? 'general-disease' : null,
      term: established ? until : null,
    },
    generalLoss: null,
    professionalLoss: null,
    programme: established
      ? {
          social: ['Санаториялық-курорттық емделу', 'Техникалық көмекші құралдар'],
          vocational: ['Жеңілдетілген еңбек жағдайлары'],
          term: until,
        }
      : null,
    injuredWorkerNeeds: null,
    diagnosis: 'Құжаттар бойынша',
    reasons: established
      ? 'Организм функцияларының тұрақты бұзылуы тіршілік әрекетін шектейді'
      : 'Организм функцияларының бұзылуы болмашы, тіршілік әрекеті шектелмеген',
  };
}

function contentOf(word: Word, day: PlainDate): DecisionContent {
  return word === 'nonconformity'
    ? { kind: 'nonconformity', kinds: ['evidence'], reasons: 'Функциялық зерттеулер жеткіліксіз' }
    : { kind: 'conclusion', conclusion: conclusionOf(word, day) };
}

/** Stores the decision of a seat the way the desk does, but unsigned, and settles the case. */
async function decide(deps: Deps, caseId: string, seat: number, word: Word, at: Date): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const [part] = await tx
      .update(assignments)
      .set({ state: 'signed', stateAt: at, openedAt: at })
      .where(and(eq(assignments.caseId, caseId), eq(assignments.seat, seat), eq(assignments.state, 'open')))
      .returning();
    if (!part) return;
    await tx.insert(decisions).values({
      id: deps.random.id(at),
      assignmentId: part.id,
      caseId,
      expertId: part.expertId,
      content: contentOf(word, toBusinessDate(at)),
      text: 'demo data',
      signature: UNSIGNED,
      signerSerial: 'demo data',
      signedAt: at,
      inTime: at <= part.dueAt,
    });
    await settleDecisions(deps, tx, caseId, at);
  });
}

async function goOn(
  deps: Deps,
  caseId: string,
  step: NonNullable<Script['then']>['step'],
  at: Date,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const [row] = await tx.select().from(cases).where(eq(cases.id, caseId));
    if (!row) throw new Error('A case of the demonstration is not there');
    if (step === 'refused') {
      await closeInvitations(deps, tx, [caseId], 'refused', row.personId, at);
    } else if (step === 'consultation') {
      const asked = await changeCase(
        deps,
        tx,
        { caseId, event: 'consultation-asked', actor: 'system:demo-data' },
        at,
      );
      if (!asked.ok) throw new Error(asked.refusal);
    } else if (step === 'recusal') {
      const [part] = await tx
        .select({ id: assignments.id, expertId: experts.id })
        .from(assignments)
        .innerJoin(experts, eq(experts.id, assignments.expertId))
        .where(
          and(eq(assignments.caseId, caseId), eq(assignments.state, 'open'), eq(experts.kind, 'independent')),
        );
      if (part)
        await moveOpenCases(
          deps,
          tx,
          { expertId: part.expertId, cause: 'recusal', assignmentIds: [part.id] },
          at,
        );
    } else {
      const concluded = await changeCase(
        deps,
        tx,
        { caseId, event: 'concluded-in-person', actor: 'system:demo-data' },
        at,
      );
      if (!concluded.ok) throw new Error(concluded.refusal);
      const [head] = await tx.execute<{ id: string }>(sql`
        select person_id as id from staff_role where role = 'department-head' and department_id = ${row.departmentId} limit 1`);
      await recordConclusion(
        deps,
        tx,
        {
          formId: row.formId,
          caseId,
          personId: row.personId,
          departmentId: row.departmentId,
          basis: 'in-person',
          examinedOn: toBusinessDate(at),
          content: conclusionOf('group-2', toBusinessDate(at)),
          text: 'demo data',
          signature: UNSIGNED,
          signedBy: head?.id ?? row.personId,
        },
        at,
      );
    }
  });
}

/** How many cases of the demonstration are in which state, and how many conclusions there are. */
export async function countDemoCases(deps: Deps): Promise<Record<string, number>> {
  const rows = await deps.db
    .select({ state: cases.state, count: sql<number>`count(*)::int` })
    .from(cases)
    .groupBy(cases.state);
  return {
    ...Object.fromEntries(rows.map(({ state, count }) => [state, count])),
    conclusions: await deps.db.$count(conclusions),
  };
}
