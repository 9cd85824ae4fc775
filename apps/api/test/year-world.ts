import { insertMany } from '@mse/db';
import { assignments, calendarDays, cases, departments, experts, forms, persons } from '@mse/db/schema';
import type { DecisionContent, DisabilityOutcome } from '@mse/domain/examination';
import type { ExpertKind } from '@mse/domain/policies';
import { lastValidDay } from '@mse/domain/queue';
import { plainDate, toBusinessDate } from '@mse/domain/shared';
import { and, eq, inArray } from 'drizzle-orm';
import {
  changeCases,
  closeInvitations,
  moveParts,
  openCases,
  type PartsToMove,
} from '../src/capabilities/examination/index.ts';
import { storeDecisions } from '../src/capabilities/expert-desk/store-decisions.ts';
import { recordConclusions } from '../src/capabilities/results/record-conclusion.ts';
import type { Deps } from '../src/deps.ts';
import type { Random } from '../src/platform/random.ts';
import { seededRandom, type World } from './harness.ts';
import { addExpert, conclusion } from './panel.ts';

/** What the simulated year consists of besides the service: regions with a department each, nosological forms, experts, people. */
export const REGIONS = ['11', '15', '35', '39', '55', '71', '75', '79'] as const;
export const GROUPS = ['oncology', 'tuberculosis', 'paralysis', 'down-syndrome'];
const SPECIAL = 'down-syndrome';
const ACTOR = 'system:test';

const departmentId = (region: string) => `018f0000-0000-7000-8000-0000000010${region}`;
const WORDS: DisabilityOutcome[] = ['group-1', 'group-2', 'group-3', 'not-established'];

/** A choice of a seeded chance. */
export function chances(random: Random) {
  return {
    below: (limit: number) => random.below(limit),
    oneIn: (count: number) => random.below(count) === 0,
    percent: (share: number) => random.below(100) < share,
    one: <Value>(values: readonly Value[]) => values[random.below(values.length)] as Value,
  };
}
export type Chances = ReturnType<typeof chances>;

/** The stream of chance of one thing of the year, so that what one draws does not shift what another draws. */
export function chanceOf(seed: number, what: string): Chances {
  let mixed = seed;
  for (const letter of what) mixed = (Math.imul(mixed, 31) + letter.charCodeAt(0)) >>> 0;
  return chances(seededRandom(mixed));
}

/** A transaction that was lost at its end. */
export class Crash extends Error {}

/** Whether something failed because the database went away under it. */
export function isLostConnection(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    const code: unknown = Reflect.get(each, 'code');
    if (typeof code === 'string' && /^(57P0[1-3]|CONNECTION_|ECONN|EPIPE)/.test(code)) return true;
  }
  return false;
}

/** Deps whose transactions are lost at their very end now and then, as when a process or the database dies. */
export function crashing(deps: Deps, dies: () => boolean): Deps {
  const db = new Proxy(deps.db, {
    get(target, key, receiver) {
      if (key !== 'transaction') return Reflect.get(target, key, receiver) as unknown;
      return (run: Parameters<typeof target.transaction>[0]) =>
        target.transaction(async (tx) => {
          const result = await run(tx);
          if (dies()) throw new Crash('the process died before its commit');
          return result;
        });
    },
  });
  return { ...deps, db };
}

/** Days off of the year, some of them moved, and a Saturday that is worked for a Monday. */
const DAYS_OFF = [
  '2027-03-08',
  '2027-03-22',
  '2027-03-23',
  '2027-03-24',
  '2027-05-03',
  '2027-05-07',
  '2027-05-10',
  '2027-07-05',
  '2027-07-06',
  '2027-08-30',
  '2027-10-25',
  '2027-12-16',
];
const WORKED = ['2027-07-03'];

/** The calendar of the year, and a department in every region; the service knows both from then on. */
export async function layOutYear(world: World): Promise<void> {
  const tri = (text: string) => ({ kk: text, ru: text, en: text });
  await world.db.insert(calendarDays).values([
    ...DAYS_OFF.map((date) => ({
      date: plainDate(date),
      kind: 'holiday' as const,
      name: tri('мереке'),
      basis: 'test',
    })),
    ...WORKED.map((date) => ({
      date: plainDate(date),
      kind: 'working' as const,
      name: tri('жұмыс күні'),
      basis: 'test',
    })),
  ]);
  await world.db.insert(departments).values(
    REGIONS.map((region) => ({
      id: departmentId(region),
      number: 100 + Number(region),
      regionCode: region,
      name: tri(`№ ${100 + Number(region)} МӘС бөлімі`),
      address: tri('Абай көшесі, 1'),
      landmark: tri('Емхананың жанында'),
      access: tri('Пандус, лифт'),
      phone: '+77162000001',
      rooms: ['1'],
    })),
  );
  await world.reference.reload();
}

/** Experts of a kind in every region; the first ones know every form, so that no form is left without anybody. */
export async function addExperts(world: World, kind: ExpertKind, count: number, chance: Chances) {
  for (let index = 0; index < count; index += 1)
    await addExpert(world, kind, REGIONS[index % REGIONS.length] ?? '11', {
      groups:
        index < REGIONS.length ? GROUPS : GROUPS.filter((group) => group !== SPECIAL || !chance.oneIn(4)),
    });
}

/** A form that comes from a clinic. */
export interface Arrival {
  region: string;
  track: 'ordinary' | 'special';
  group: string;
}

export function arrivalBy(chance: Chances): Arrival {
  const special = chance.oneIn(8);
  return {
    region: chance.one(REGIONS),
    track: special ? 'special' : 'ordinary',
    group: special ? SPECIAL : chance.one(GROUPS.slice(0, 3)),
  };
}

/**
 * Forms of new people, accepted, and their draft acts made, in one transaction: what the intake and the preparation of papers leave
 * behind for the rest of the way. `first`: number of the first of them in the year.
 */
export async function receive(deps: Deps, arrivals: readonly Arrival[], first: number, at: Date) {
  const rows = arrivals.map((arrival, index) => ({
    ...arrival,
    no: String(first + index).padStart(7, '0'),
    personId: deps.random.id(at),
    formId: deps.random.id(at),
  }));
  await deps.db.transaction(async (tx) => {
    await insertMany(
      tx,
      persons,
      rows.map(({ personId, no }) => ({
        id: personId,
        iin: `85010${no}`,
        surname: `Сынақов${no}`,
        name: 'Айдос',
        patronymic: 'Ерланұлы',
        birthDate: plainDate('1985-01-01'),
        sex: 'male' as const,
        status: 'alive' as const,
        legalCapacity: 'capable' as const,
        unitCode: null,
        address: { kk: 'Абай 1', ru: 'Абая 1' },
        phone: `+7702${no}`,
        messageLanguage: 'kk' as const,
        personsAsOf: at,
        phoneAsOf: at,
        wardsAsOf: at,
      })),
    );
    await insertMany(
      tx,
      forms,
      rows.map(({ personId, formId, no }) => ({
        id: formId,
        personId,
        number: `031-${no}`,
        formedOn: toBusinessDate(at),
        signedAt: at,
        validUntil: lastValidDay(at),
        track: 'remote-proactive' as const,
        purpose: 'disability-first' as const,
        organizationBin: '990140000011',
        organizationName: 'Көкшетау қалалық емханасы',
        state: 'accepted' as const,
        acceptedAt: at,
      })),
    );
    const caseIds = await openCases(
      deps,
      tx,
      rows.map(({ formId, personId, region, track, group }) => ({
        formId,
        personId,
        representativeId: null,
        regionCode: region,
        departmentId: departmentId(region),
        track,
        nosologyGroup: group,
        purpose: 'disability-first',
      })),
      at,
    );
    await changeCases(
      deps,
      tx,
      { caseIds, event: 'prepared', actor: ACTOR, set: ({ id }) => ({ draftActNo: `D-${id}` }) },
      at,
    );
  });
}

/** An open part as the simulated experts and the Committee see it. */
export interface OpenPart {
  id: string;
  caseId: string;
  expertId: string;
  personId: string;
  overdueAt: Date | null;
}

export async function openParts(deps: Deps): Promise<OpenPart[]> {
  return deps.db
    .select({
      id: assignments.id,
      caseId: assignments.caseId,
      expertId: assignments.expertId,
      personId: experts.personId,
      overdueAt: assignments.overdueAt,
    })
    .from(assignments)
    .innerJoin(experts, eq(experts.id, assignments.expertId))
    .where(eq(assignments.state, 'open'))
    .orderBy(assignments.caseId, assignments.seat);
}

/** What an expert says of a case: mostly what the papers say, now and then something else, or that they do not suffice. */
export function opinionOf({ caseId }: OpenPart, chance: Chances): DecisionContent {
  if (chance.oneIn(16)) return { kind: 'nonconformity', kinds: ['evidence'], reasons: 'why' };
  const papers = WORDS[Number.parseInt(caseId.slice(-2), 16) % WORDS.length] ?? 'group-2';
  return { kind: 'conclusion', conclusion: conclusion(chance.percent(80) ? papers : chance.one(WORDS)) };
}

/** Decisions of many parts in one transaction, by the door the desk uses; signatures are taken as given. Parts that are not open any more are left. */
export async function sign(
  deps: Deps,
  wanted: readonly { part: OpenPart; content: DecisionContent }[],
  at: Date,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const still = await tx
      .select({ id: assignments.id, caseId: assignments.caseId, dueAt: assignments.dueAt })
      .from(assignments)
      .where(
        and(
          inArray(
            assignments.id,
            wanted.map(({ part }) => part.id),
          ),
          eq(assignments.state, 'open'),
        ),
      )
      .orderBy(assignments.id)
      .for('update');
    const open = new Map(still.map((part) => [part.id, part]));
    await tx
      .select({ id: cases.id })
      .from(cases)
      .where(
        inArray(
          cases.id,
          still.map(({ caseId }) => caseId),
        ),
      )
      .orderBy(cases.id)
      .for('update');
    await storeDecisions(
      deps,
      tx,
      wanted.flatMap(({ part: { id, expertId, personId }, content }) => {
        const part = open.get(id);
        return part
          ? [
              {
                part,
                expertId,
                signer: { personId, role: 'expert' },
                signingId: id,
                content,
                text: 'text',
                signature: Buffer.from('signature'),
                signerSerial: '01',
                signedAt: at,
                requestId: null,
              },
            ]
          : [];
      }),
      at,
    );
  });
}

/** Takes parts from their experts, all of a cause at once. */
export async function takeAway(
  deps: Deps,
  parts: readonly OpenPart[],
  cause: PartsToMove['cause'],
  at: Date,
): Promise<void> {
  const requests = [...Map.groupBy(parts, ({ expertId }) => expertId)].map(([expertId, own]) => ({
    expertId,
    cause,
    assignmentIds: own.map(({ id }) => id),
  }));
  await deps.db.transaction((tx) => moveParts(deps, tx, requests, at));
}

/** A case whose person is asked to come, or whose papers are with the methodology department. */
export type Visit = Pick<typeof cases.$inferSelect, 'id' | 'formId' | 'personId' | 'departmentId' | 'state'>;

export async function visitsToMake(deps: Deps): Promise<Visit[]> {
  return deps.db
    .select({
      id: cases.id,
      formId: cases.formId,
      personId: cases.personId,
      departmentId: cases.departmentId,
      state: cases.state,
    })
    .from(cases)
    .where(inArray(cases.state, ['invited', 'invited-again', 'consultation']))
    .orderBy(cases.id);
}

/** What becomes of those who come, in one transaction: refused, handed to the methodology department, or concluded by the head. */
export async function visit(
  deps: Deps,
  visits: { refused: Visit[]; consulted: Visit[]; concluded: Visit[] },
  at: Date,
): Promise<void> {
  const idsOf = (list: readonly Visit[]) => list.map(({ id }) => id);
  await deps.db.transaction(async (tx) => {
    await closeInvitations(deps, tx, idsOf(visits.refused), 'refused', ACTOR, at);
    await changeCases(
      deps,
      tx,
      { caseIds: idsOf(visits.consulted), event: 'consultation-asked', actor: ACTOR },
      at,
    );
    const { changed } = await changeCases(
      deps,
      tx,
      { caseIds: idsOf(visits.concluded), event: 'concluded-in-person', actor: ACTOR },
      at,
    );
    await recordConclusions(
      deps,
      tx,
      changed.map(({ row }) => ({
        formId: row.formId,
        caseId: row.id,
        personId: row.personId,
        departmentId: row.departmentId,
        basis: 'in-person',
        examinedOn: toBusinessDate(at),
        content: conclusion('group-2'),
        text: 'text',
        signature: Buffer.from('signature'),
        signedBy: row.personId,
      })),
      at,
    );
  });
}
