import {
  assignments,
  assessments,
  calendarDays,
  cases,
  decisions,
  expertApplications,
  expertExclusions,
  experts,
  formContents,
  messages,
  nosologyGroups,
  workActs,
} from '@mse/db/schema';
import {
  type ConclusionContent,
  datedConclusion,
  type DecisionContent,
  type DisabilityOutcome,
} from '@mse/domain/examination';
import type { ExpertKind } from '@mse/domain/policies';
import {
  addDays,
  addMonths,
  type PlainDate,
  plainDate,
  toBusinessDate,
  toBusinessTime,
} from '@mse/domain/shared';
import { startSimulators, type Simulators } from '@mse/simulators';
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { unzipSync } from 'fflate';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GOOD_CANDIDATE } from '../../../test/candidate-fakes.ts';
import { DEPARTMENT_1, local, seededRandom, startWorld, type World } from '../../../test/harness.ts';
import { addExpert, conclusion, decide, ORDINARY_GROUP } from '../../../test/panel.ts';
import { present } from '../../../test/present.ts';
import { signedBy, signedByVerifier } from '../../../test/signed-by.ts';
import {
  amountOf,
  HOLIDAYS,
  isWorkday,
  meanOf,
  partDue,
  percentOf,
  read,
  type SeenCase,
  type SeenDecision,
  workdayAfter,
  written,
} from '../../../test/year-ledger.ts';
import { changeCase, openCase, sweepExamination } from '../examination/index.ts';
import { assessWhenDue } from '../expert-pay/start-pay-timers.ts';
import { startNotifications } from '../notifications/start-notifications.ts';
import { recordConclusion } from '../results/record-conclusion.ts';
import { readFeeds } from './read-feeds.ts';
import { settleIndicators, settleOverdue } from './settle-overdue.ts';
import { inviteOnPlatform } from './start-register-jobs.ts';

type Person = Awaited<ReturnType<World['person']>>;
type Client = Awaited<ReturnType<World['signIn']>>['client'];
type Facts = Partial<typeof GOOD_CANDIDATE>;

/** What happens to a candidate, and how many there are of each; 200 in all. */
const PLANS = {
  straight: 78,
  'retake-passed': 12,
  'technical-failure': 6,
  'failure-then-retake': 3,
  'silent-then-asked': 4,
  uploaded: 6,
  'turned-down': 4,
  'review-to-check': 3,
  'review-to-test': 2,
  'review-to-passed': 2,
  reserve: 8,
  expired: 8,
  psychiatry: 3,
  narcology: 3,
  convicted: 3,
  'no-proof': 6,
  several: 4,
  upheld: 3,
  'test-negative': 10,
  'proctoring-negative': 5,
  'both-negative': 4,
  'test-missed': 6,
  'retake-missed': 4,
  'contract-missed': 5,
  'draft-withdrawn': 3,
  withdrawn: 5,
} as const;
type Plan = keyof typeof PLANS;

interface Candidate {
  plan: Plan;
  person: Person;
  id: string;
  /** Templates of the messages this candidate must have got, in order. */
  told: string[];
}

/** Somebody of the register, by entry. */
interface Member {
  candidate: Candidate;
  expertId: string;
  code: string;
  enteredOn: PlainDate;
  excludedOn: PlainDate | null;
}

const text = (kk: string, ru: string, en: string) => ({ kk, ru, en });
const CONTENT = {
  procedure: text(
    'Құжаттар порталда қабылданады.',
    'Документы принимаются на портале.',
    'Papers are taken on the portal.',
  ),
  body: text('Комитет, Астана, Мәңгілік Ел, 8', 'Комитет, Астана, Мәңгілік Ел, 8', 'The Committee, Astana'),
  work: text('Сараптамалық шешімдер', 'Экспертные решения', 'Expert decisions'),
  requirements: text('Маман сертификаты', 'Сертификат специалиста', 'A certificate'),
  documents: text('Диплом, еңбек өтілі', 'Диплом, стаж', 'Diploma, work experience'),
};
const LANGUAGES = ['kk', 'ru', 'en'] as const;
const REGIONS = [
  '10',
  '15',
  '19',
  '23',
  '27',
  '31',
  '33',
  '35',
  '39',
  '43',
  '47',
  '55',
  '59',
  '61',
  '62',
  '63',
  '71',
  '75',
  '79',
];
const PLACES = 120;
const INDICATOR = 1;
const CASES_A_DAY = 46;
const MONTHS = ['03', '04', '05', '06', '07', '08', '09', '10', '11'].map((month) =>
  plainDate(`2027-${month}-01`),
);
const OLD_PAPER = [
  {
    number: 'KZ-1',
    specialty: 'терапия',
    issuedOn: plainDate('2019-01-01'),
    validUntil: plainDate('2024-01-01'),
  },
];
const FACTS: Partial<Record<Plan, Facts>> = {
  uploaded: { diploma: [] },
  expired: { certificate: OLD_PAPER },
  psychiatry: { psychiatry: { registered: true } },
  narcology: { narcology: { registered: true } },
  convicted: { 'criminal-record': { convicted: true } },
  'no-proof': { experience: [] },
  upheld: { diploma: [] },
  'review-to-check': { diploma: [] },
  several: { certificate: OLD_PAPER, narcology: { registered: true } },
};
/** RG-10: what the law says to each of these. */
const PAPER_REASONS: Partial<Record<Plan, string[]>> = {
  expired: ['incomplete-or-expired'],
  psychiatry: ['disqualifying'],
  narcology: ['disqualifying'],
  convicted: ['disqualifying'],
  'no-proof': ['no-proof'],
  upheld: ['no-proof'],
  'review-to-check': ['no-proof'],
  several: ['incomplete-or-expired', 'disqualifying'],
};
/** RG-10, RG-16: how each of those who are not entered ends. */
const ENDS: Partial<Record<Plan, { state: string; reasons: string[] }>> = {
  ...Object.fromEntries(
    (['expired', 'psychiatry', 'narcology', 'convicted', 'no-proof', 'upheld', 'several'] as const).map(
      (plan) => [plan, { state: 'refused', reasons: PAPER_REASONS[plan] ?? [] }],
    ),
  ),
  'test-negative': { state: 'refused', reasons: ['test-negative'] },
  'proctoring-negative': { state: 'refused', reasons: ['proctoring-negative'] },
  'both-negative': { state: 'refused', reasons: ['test-negative', 'proctoring-negative'] },
  'test-missed': { state: 'refused', reasons: ['test-not-taken'] },
  'retake-missed': { state: 'refused', reasons: ['test-negative', 'test-not-taken'] },
  'contract-missed': { state: 'refused', reasons: ['contract-not-signed'] },
  'draft-withdrawn': { state: 'withdrawn', reasons: [] },
  withdrawn: { state: 'withdrawn', reasons: [] },
};
const PDF = '%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer\n%%EOF\n';

let simulators: Simulators;
let world: World;
let sending: { stop(): Promise<void> };
let officials: [Person, Person, Person];
const candidates: Candidate[] = [];
const members: Member[] = [];
const chance = seededRandom(2027);
const oneIn = (count: number) => chance.below(count) === 0;

/** What the test saw: cases, decisions of independent experts, and what must have been paid. */
const seenCases = new Map<string, SeenCase>();
const seenDecisions: SeenDecision[] = [];
/** What each case is meant to become. */
interface CasePlan {
  outcome: DisabilityOutcome;
  loss: number | null;
  programme: boolean;
  scenario:
    | 'agree'
    | 'independent-differs'
    | 'chief-differs'
    | 'three-ways'
    | 'independent-nonconforming'
    | 'two-nonconforming';
  /** The independent expert takes that many days too long. */
  late: boolean;
  dealtOn: PlainDate;
  /** The person comes to the department when the panel has not agreed. */
  comes: boolean;
  /** What each seat will say. */
  says: Record<ExpertKind, DecisionContent>;
}
const casePlans = new Map<string, CasePlan>();
/** Experts who sign nothing in these months. */
const idle = new Map<string, (month: PlainDate) => boolean>();

beforeAll(async () => {
  simulators = await startSimulators();
  await simulators.smsc.configure({ responseDelayMs: 0, receiptDelayMs: 5 });
  world = await startWorld({
    now: '2027-01-05T09:00',
    horizonDays: 1,
    seed: 2027,
    signatures: signedByVerifier,
    settings: { SMPP_URL: simulators.smppUrl, SMPP_PER_SECOND: 1000, SMPP_WINDOW: 100 },
  });
  await world.db.insert(calendarDays).values(
    HOLIDAYS.map((date) => ({
      date,
      kind: 'holiday' as const,
      name: text('мереке', 'праздник', 'holiday'),
      basis: 'test',
    })),
  );
  await world.reference.reload();
  sending = await startNotifications(world.deps, { relayEveryMs: 20, sweepEveryMs: 500 });
  await world.deps.jobs.work(
    'register.invite-test',
    ({ applicationId }) => inviteOnPlatform(world.deps, applicationId),
    {
      parallel: 4,
    },
  );
  officials = [
    await world.staff('registry-administrator'),
    await world.staff('registry-administrator'),
    await world.staff('registry-administrator'),
  ];
  for (const region of REGIONS.slice(0, 10)) {
    await addExpert(world, 'department-head', region, { dailyCap: 100 });
    await addExpert(world, 'chief-specialist', region, { dailyCap: 100 });
  }
}, 120_000);
afterAll(async () => {
  await sending.stop();
  await world.close();
  await simulators.close();
});

/** Sessions end after half an hour without use: whoever acts on another day signs in anew. */
const known = new Map<string, { client: Client; token: string; at: number }>();
async function signedIn(person: Person, audience: 'citizen' | 'staff') {
  const key = `${person.id}:${audience}`;
  const at = world.clock.now().getTime();
  const before = known.get(key);
  if (before && Math.abs(at - before.at) < 10 * 60_000) return before;
  const { client, token } = await world.signIn(person.id, { audience, trust: 'signature' });
  const now = { client, token, at };
  known.set(key, now);
  return now;
}
const citizen = async (who: { person: Person }) => (await signedIn(who.person, 'citizen')).client;
const staff = async (person: Person) => (await signedIn(person, 'staff')).client;
const office = (index: 0 | 1 | 2) => staff(officials[index]);

/** A result that must be a success. */
function done<Answer extends { ok: boolean; refusal?: string }>(
  answer: Answer,
): Extract<Answer, { ok: true }> {
  if (!answer.ok) throw new Error(`Refused: ${answer.refusal ?? ''}`);
  return answer as Extract<Answer, { ok: true }>;
}

/** Runs for everybody, some at a time. */
async function each<Item>(items: readonly Item[], run: (item: Item) => Promise<void>, atOnce = 6) {
  const left = [...items];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await run(item);
    }),
  );
}

/** Everything a worker does by itself at this moment. */
async function tick() {
  const at = world.clock.now();
  await settleOverdue(world.deps, at);
  await settleIndicators(world.deps, at);
  await readFeeds(world.deps, at);
  await sweepExamination(world.deps, at);
  await assessWhenDue(world.deps, at);
  await sent();
}

/** Waits until the SMS centre has all that is due. */
async function sent() {
  const end = performance.now() + 60_000;
  for (;;) {
    const [row] = await world.db.execute<{ waiting: number }>(sql`
      select count(*)::int as waiting from message
       where state in ('queued', 'sending', 'unknown') and due_at <= ${world.clock.now().toISOString()}::timestamptz`);
    if (row?.waiting === 0) return;
    if (performance.now() > end) throw new Error('Messages wait in vain for the SMS centre');
    await pause(20);
  }
}

/** What is to happen on a day, by time; days without anything have only the ticks of the worker. */
const agenda = new Map<string, { time: string; run: () => Promise<void> }[]>();
function on(day: string, time: string, run: () => Promise<void>) {
  agenda.set(day, [...(agenda.get(day) ?? []), { time, run }]);
}

async function liveUntil(from: PlainDate, until: PlainDate) {
  for (let day = from; day <= until; day = addDays(day, 1)) {
    world.clock.set(`${day}T00:05`);
    await tick();
    // Things to do may bring more of the same day.
    let time = '00:05';
    for (;;) {
      const next = (agenda.get(day) ?? [])
        .filter((each) => each.time > time)
        .sort((left, right) => (left.time < right.time ? -1 : 1))[0];
      if (!next) break;
      time = next.time;
      for (const { run } of (agenda.get(day) ?? []).filter((each) => each.time === time)) {
        world.clock.set(`${day}T${time}`);
        await run();
      }
      await tick();
    }
    world.clock.set(`${day}T18:05`);
    await tick();
  }
}

// --- Candidates ---------------------------------------------------------------------------------------------------------------------------

async function apply(candidate: Candidate, announcementId: string) {
  const { person, plan } = candidate;
  const { client, token } = await signedIn(person, 'citizen');
  const { id } = done(await client.expertApplication.start({ announcementId }));
  candidate.id = id;
  expect(await client.expertApplication.askSystems({ id })).toMatchObject({ ok: true });
  if (plan === 'uploaded') {
    const response = await world.http.request(
      `/files/expert-application/${id}/diploma?name=${encodeURIComponent('диплом.pdf')}`,
      { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: PDF },
    );
    expect(await response.json()).toMatchObject({ ok: true });
  }
  const fields = {
    groups: [ORDINARY_GROUP, 'tuberculosis'],
    address: 'Көкшетау, Абай 1',
    email: 'candidate@example.kz',
    phone: person.phone ?? '',
    warned: true,
    computer: true,
    modem: true,
    tariffs: true,
    informed: true,
  };
  expect(await client.expertApplication.save({ id, ...fields, consent: false })).toMatchObject({
    missing: ['consent'],
  });
  expect(await client.expertApplication.openSubmit({ id })).toEqual({ ok: false, refusal: 'fields-missing' });
  expect(await client.expertApplication.save({ id, ...fields, consent: true })).toEqual({
    ok: true,
    missing: [],
  });
  if (plan === 'draft-withdrawn') {
    expect(await client.expertApplication.withdraw({ id })).toEqual({ ok: true });
    return;
  }
  const open = done(await client.expertApplication.openSubmit({ id }));
  done(
    await client.expertApplication.submit({
      id,
      signingId: open.signingId,
      cms: signedBy(person, open.text),
    }),
  );
}

async function invite(candidate: Candidate, by: Client) {
  expect(await by.expertRegister.invite({ id: candidate.id })).toEqual({ ok: true });
  candidate.told.push('register-test');
}

let events = 0;
/** The platform tells a result by its signed callback; now and then it tells it twice, and a forged one changes nothing. */
async function result(
  candidate: Candidate,
  percent: string,
  proctoring: 'positive' | 'negative',
  outcome: string,
) {
  const [row] = await world.db
    .select({ testCode: expertApplications.testCode, attempt: expertApplications.attempt })
    .from(expertApplications)
    .where(eq(expertApplications.id, candidate.id));
  events += 1;
  const body = JSON.stringify({
    eventId: `year-${String(events).padStart(6, '0')}`,
    code: row?.testCode,
    attempt: row?.attempt,
    percent,
    proctoring,
    finishedAt: world.clock.now().toISOString(),
  });
  const post = async (headers: Record<string, string>) =>
    world.http.request('/integration/v1/skills/results', { method: 'POST', headers, body });
  if (events % 9 === 0)
    expect(
      (await post({ ...world.candidates.signed(body), 'x-skills-signature': `v1=${'0'.repeat(64)}` })).status,
    ).toBe(401);
  expect(await (await post(world.candidates.signed(body))).json()).toEqual({ outcome, repeated: false });
  if (events % 7 === 0)
    expect(await (await post(world.candidates.signed(body))).json()).toEqual({ outcome, repeated: true });
  if (outcome === 'failed') candidate.told.push('register-retake');
  if (outcome === 'failed-again') candidate.told.push('register-refused');
}

async function sendContract(candidate: Candidate, by: Person) {
  const client = await staff(by);
  const { id } = candidate;
  const open = await client.expertRegister.openContract({ id, indicator: INDICATOR });
  if (!open.ok) return open.refusal;
  expect(
    await client.expertRegister.sendContract({
      id,
      indicator: INDICATOR,
      signingId: open.signingId,
      cms: signedBy(by, open.text),
    }),
  ).toEqual({ ok: true });
  candidate.told.push('register-contract');
  return 'sent';
}

async function signContract(candidate: Candidate) {
  const client = await citizen(candidate);
  const { id } = candidate;
  const open = done(await client.expertApplication.openContract({ id }));
  expect(
    await client.expertApplication.signContract({
      id,
      signingId: open.signingId,
      cms: signedBy(officials[0], open.text),
    }),
  ).toEqual({
    ok: false,
    refusal: 'other-person',
  });
  expect(
    await client.expertApplication.signContract({
      id,
      signingId: open.signingId,
      cms: signedBy(candidate.person, open.text),
    }),
  ).toEqual({ ok: true });
}

async function enter(candidate: Candidate, by: Client) {
  const entered = done(
    await by.expertRegister.enter({
      id: candidate.id,
      regionCode: present(REGIONS[members.length % REGIONS.length]),
    }),
  );
  candidate.told.push('register-entered');
  const member: Member = {
    candidate,
    expertId: entered.expertId,
    code: entered.code,
    enteredOn: toBusinessDate(world.clock.now()),
    excludedOn: null,
  };
  members.push(member);
  return member;
}

/** RG-23, RG-24: trained, with a modem, and with an account to be paid to. */
async function setUp(member: Member, by: Client) {
  const today = toBusinessDate(world.clock.now());
  expect(await by.expertRegister.recordTraining({ id: member.expertId, trainedOn: today })).toEqual({
    ok: true,
  });
  expect(
    await by.expertRegister.issueModem({
      id: member.expertId,
      number: `M-${member.code}`,
      issuedOn: today,
      act: `АП-${member.code}`,
    }),
  ).toEqual({ ok: true });
}

function planCandidates(announcementId: () => string) {
  const who = (...plans: Plan[]) => candidates.filter(({ plan }) => plans.includes(plan));
  const entering = () =>
    who(
      'straight',
      'retake-passed',
      'technical-failure',
      'failure-then-retake',
      'silent-then-asked',
      'uploaded',
      'turned-down',
    );

  // RG-06, RG-07, RG-09: forty a day.
  for (let day = 0; day < 5; day += 1)
    on(addDays(plainDate('2027-01-25'), day), '10:00', async () => {
      const today = candidates.slice(day * 40, day * 40 + 40);
      await each(
        today.filter(({ plan }) => plan !== 'silent-then-asked'),
        (candidate) => apply(candidate, announcementId()),
      );
      world.candidates.silence('psychiatry');
      await each(
        today.filter(({ plan }) => plan === 'silent-then-asked'),
        (candidate) => apply(candidate, announcementId()),
      );
      world.candidates.answerAgain();
    });
  on('2027-01-30', '12:00', async () => {
    for (const candidate of who('withdrawn'))
      expect(await (await citizen(candidate)).expertApplication.withdraw({ id: candidate.id })).toEqual({
        ok: true,
      });
  });

  // RG-08, RG-10: the check, with four eyes for every refusal.
  on('2027-02-01', '10:00', async () => {
    const [first, second] = [await office(0), await office(1)];
    await each(
      who(
        'expired',
        'psychiatry',
        'narcology',
        'convicted',
        'no-proof',
        'several',
        'upheld',
        'review-to-check',
      ),
      async ({ id, plan }) => {
        const seen = await first.expertRegister.application({ id });
        expect([plan, seen.suggested]).toEqual([plan, PAPER_REASONS[plan]]);
        expect(await first.expertRegister.invite({ id })).toEqual({
          ok: false,
          refusal: 'not-everything-held',
        });
        const reasons = seen.suggested;
        expect(await first.expertRegister.proposeRefusal({ id, reasons, note: 'құжаттар' })).toEqual({
          ok: true,
        });
        expect(await first.expertRegister.confirmRefusal({ id })).toEqual({
          ok: false,
          refusal: 'own-proposal',
        });
      },
    );
    for (const { id } of who('turned-down')) {
      expect(await first.expertRegister.proposeRefusal({ id, reasons: ['no-proof'], note: 'күмән' })).toEqual(
        { ok: true },
      );
      expect(await second.expertRegister.turnDownRefusal({ id, note: 'құжаттар жеткілікті' })).toEqual({
        ok: true,
      });
    }
    for (const { id } of who('silent-then-asked')) {
      expect(await first.expertRegister.invite({ id })).toEqual({
        ok: false,
        refusal: 'not-everything-held',
      });
      expect(await first.expertRegister.askSystems({ id })).toEqual({ ok: true, silent: 0 });
    }
  });
  on('2027-02-02', '10:00', async () => {
    const second = await office(1);
    await each(
      who(
        'expired',
        'psychiatry',
        'narcology',
        'convicted',
        'no-proof',
        'several',
        'upheld',
        'review-to-check',
      ),
      async (candidate) => {
        expect(await second.expertRegister.confirmRefusal({ id: candidate.id })).toEqual({ ok: true });
        candidate.told.push('register-refused-papers');
      },
    );
  });
  // GV-08: a human looks again, somebody who took no part.
  on('2027-02-03', '10:00', async () => {
    for (const candidate of who('upheld', 'review-to-check')) {
      const client = await citizen(candidate);
      expect(await client.expertApplication.askReview({ id: candidate.id, text: 'Дипломым бар' })).toEqual({
        ok: true,
      });
    }
  });
  on('2027-02-04', '10:00', async () => {
    const [first, third] = [await office(0), await office(2)];
    for (const candidate of who('upheld', 'review-to-check')) {
      const { id, plan, person } = candidate;
      const outcome = plan === 'upheld' ? ('uphold' as const) : ('back-to-check' as const);
      const decision = { id, outcome, note: 'қаралды' };
      expect(await first.expertRegister.decideReview(decision)).toEqual({
        ok: false,
        refusal: 'own-proposal',
      });
      expect(await third.expertRegister.decideReview(decision)).toEqual({ ok: true });
      candidate.told.push('register-review');
      if (outcome === 'uphold') {
        expect(await (await citizen(candidate)).expertApplication.askReview({ id, text: 'тағы' })).toEqual({
          ok: false,
          refusal: 'reviewed-before',
        });
        continue;
      }
      // Meanwhile the system has the diploma.
      world.candidates.put(person.iin, GOOD_CANDIDATE);
      expect(await third.expertRegister.askSystems({ id })).toEqual({ ok: true, silent: 0 });
      await invite(candidate, third);
    }
  });

  // RG-11 … RG-16: the test.
  on('2027-02-02', '11:00', async () => {
    const first = await office(0);
    await each(
      [
        ...entering(),
        ...who(
          'reserve',
          'review-to-test',
          'review-to-passed',
          'test-negative',
          'proctoring-negative',
          'both-negative',
          'test-missed',
          'retake-missed',
          'contract-missed',
        ),
      ],
      (candidate) => invite(candidate, first),
    );
  });
  on('2027-02-05', '11:00', async () => {
    const first = await office(0);
    const passing = who(
      'straight',
      'silent-then-asked',
      'uploaded',
      'turned-down',
      'reserve',
      'review-to-passed',
      'contract-missed',
      'review-to-check',
    );
    for (const candidate of passing)
      await result(candidate, oneIn(5) ? '70.00' : `${71 + chance.below(29)}.5`, 'positive', 'passed');
    for (const candidate of who('retake-passed', 'test-negative', 'retake-missed'))
      await result(candidate, '69.99', 'positive', 'failed');
    for (const candidate of who('proctoring-negative')) await result(candidate, '100', 'negative', 'failed');
    for (const candidate of who('both-negative')) await result(candidate, '80', 'negative', 'failed');
    for (const candidate of who('technical-failure', 'failure-then-retake')) {
      expect(
        await first.expertRegister.recordFailure({ id: candidate.id, actNo: '12', actOn: '2027-02-04' }),
      ).toEqual({ ok: true });
      candidate.told.push('register-test');
    }
  });
  on('2027-02-08', '11:00', async () => {
    for (const candidate of who('retake-passed', 'technical-failure'))
      await result(candidate, '88.25', 'positive', 'passed');
    for (const candidate of who('failure-then-retake')) await result(candidate, '12.5', 'positive', 'failed');
    for (const candidate of who('test-negative')) await result(candidate, '69', 'positive', 'failed-again');
    for (const candidate of who('proctoring-negative'))
      await result(candidate, '95', 'negative', 'failed-again');
    for (const candidate of who('both-negative')) await result(candidate, '10', 'negative', 'failed-again');
  });
  on('2027-02-09', '11:00', async () => {
    for (const candidate of who('failure-then-retake')) await result(candidate, '77', 'positive', 'passed');
  });
  // Ten calendar days after 2 February end with the 12th, after the 5th with the 15th.
  on('2027-02-12', '23:00', async () => {
    for (const { id } of who('test-missed', 'review-to-test')) expect((await row(id)).state).toBe('invited');
  });
  on('2027-02-13', '09:00', async () => {
    for (const candidate of who('test-missed', 'review-to-test')) {
      expect(await row(candidate.id)).toMatchObject({ state: 'refused', reasons: ['test-not-taken'] });
      candidate.told.push('register-refused');
    }
    for (const candidate of who('review-to-test'))
      expect(
        await (
          await citizen(candidate)
        ).expertApplication.askReview({ id: candidate.id, text: 'Ауырып қалдым' }),
      ).toEqual({ ok: true });
  });
  on('2027-02-15', '10:00', async () => {
    const third = await office(2);
    for (const candidate of who('review-to-test')) {
      expect(
        await third.expertRegister.decideReview({
          id: candidate.id,
          outcome: 'back-to-test',
          note: 'дәлелді',
        }),
      ).toEqual({ ok: true });
      candidate.told.push('register-retake', 'register-review');
    }
  });
  on('2027-02-16', '09:00', async () => {
    for (const candidate of who('retake-missed')) {
      expect(await row(candidate.id)).toMatchObject({
        state: 'refused',
        reasons: ['test-negative', 'test-not-taken'],
      });
      candidate.told.push('register-refused');
    }
    for (const candidate of who('review-to-test')) await result(candidate, '70.00', 'positive', 'passed');
  });

  // RG-02(5), RG-20: as many contracts as places, not one more.
  const first120 = () => [
    ...who('contract-missed', 'review-to-passed'),
    ...[...entering(), ...who('review-to-check', 'review-to-test')].slice(0, PLACES - 7),
  ];
  const waiting = () => [...entering(), ...who('review-to-check', 'review-to-test')].slice(PLACES - 7);
  on('2027-02-17', '10:00', async () => {
    await each(first120(), async (candidate) => {
      expect(await sendContract(candidate, officials[0])).toBe('sent');
    });
    expect(await sendContract(present(waiting()[0]), officials[0])).toBe('no-places-left');
  });
  on('2027-02-18', '11:00', async () => {
    await each(first120().slice(7), signContract);
  });
  on('2027-02-19', '10:00', async () => {
    const second = await office(1);
    for (const candidate of first120().slice(7)) await enter(candidate, second);
  });
  // Three working days after Wednesday the 17th end with Monday the 22nd.
  on('2027-02-23', '10:00', async () => {
    for (const candidate of who('contract-missed', 'review-to-passed')) {
      expect(await row(candidate.id)).toMatchObject({ state: 'refused', reasons: ['contract-not-signed'] });
      candidate.told.push('register-refused');
    }
    for (const candidate of waiting()) expect(await sendContract(candidate, officials[0])).toBe('sent');
    const third = await office(2);
    for (const candidate of who('review-to-passed')) {
      expect(
        await (
          await citizen(candidate)
        ).expertApplication.askReview({ id: candidate.id, text: 'Жолда едім' }),
      ).toEqual({ ok: true });
      expect(
        await third.expertRegister.decideReview({
          id: candidate.id,
          outcome: 'back-to-passed',
          note: 'дәлелді',
        }),
      ).toEqual({ ok: true });
      candidate.told.push('register-review');
      expect(await sendContract(candidate, officials[2])).toBe('sent');
    }
    expect(await sendContract(present(who('reserve')[0]), officials[0])).toBe('no-places-left');
  });
  on('2027-02-24', '10:00', async () => {
    const second = await office(1);
    for (const candidate of [...waiting(), ...who('review-to-passed')]) {
      await signContract(candidate);
      await enter(candidate, second);
    }
    expect(members).toHaveLength(PLACES);
    await each(members, (member) => setUp(member, second), 3);
  });
  on('2027-02-25', '10:00', async () => {
    for (const member of members)
      expect(await (await staff(member.candidate.person)).expertPay.saveAccount(ACCOUNT)).toEqual({
        ok: true,
      });
  });
}

const ACCOUNT = { bank: 'Халық банкі', bic: 'HSBKKZKX', iban: 'KZ86 125K ZT50 0410 0100' };

const row = async (id: string) =>
  present((await world.db.select().from(expertApplications).where(eq(expertApplications.id, id)))[0]);

// --- Cases --------------------------------------------------------------------------------------------------------------------------------

const OUTCOMES: readonly DisabilityOutcome[] = ['group-2', 'group-3', 'group-1', 'not-established'];
const other = (outcome: DisabilityOutcome, step: number) =>
  present(OUTCOMES[(OUTCOMES.indexOf(outcome) + step) % OUTCOMES.length]);

async function openCases(count: number) {
  const { deps, db } = world;
  for (let index = 0; index < count; index += 1) {
    const person = await world.person();
    const purpose = oneIn(3) ? ('disability-repeated' as const) : ('disability-first' as const);
    const insured = oneIn(2);
    const form = await world.form(person.id, { track: 'remote-proactive', purpose });
    await db.insert(formContents).values({ formId: form.id, document: { socialInsurance: insured } });
    const at = world.clock.now();
    const caseId = await db.transaction(async (tx) => {
      const id = await openCase(
        deps,
        tx,
        {
          formId: form.id,
          personId: person.id,
          representativeId: null,
          regionCode: '11',
          departmentId: DEPARTMENT_1,
          track: 'ordinary',
          nosologyGroup: ORDINARY_GROUP,
          purpose,
        },
        at,
      );
      await changeCase(
        deps,
        tx,
        { caseId: id, event: 'prepared', actor: 'system:test', set: { draftActNo: `D-${id.slice(-12)}` } },
        at,
      );
      return id;
    });
    const dice = chance.below(100);
    const outcome = present(OUTCOMES[chance.below(4)]);
    const plan: Omit<CasePlan, 'says'> = {
      outcome,
      loss: purpose === 'disability-repeated' && !oneIn(4) ? 30 + 10 * chance.below(5) : null,
      programme: outcome !== 'not-established' && oneIn(2),
      scenario:
        dice < 66
          ? 'agree'
          : dice < 78
            ? 'independent-differs'
            : dice < 86
              ? 'chief-differs'
              : dice < 92
                ? 'three-ways'
                : dice < 96
                  ? 'independent-nonconforming'
                  : 'two-nonconforming',
      late: oneIn(10),
      dealtOn: toBusinessDate(at),
      comes: oneIn(2),
    };
    casePlans.set(caseId, {
      ...plan,
      says: {
        'department-head': contentOf(plan, 'department-head'),
        'chief-specialist': contentOf(plan, 'chief-specialist'),
        independent: contentOf(plan, 'independent'),
      },
    });
    seenCases.set(caseId, { purpose, insured, nonconformity: false, final: null });
  }
}

function contentOf(plan: Omit<CasePlan, 'says'>, seat: ExpertKind): DecisionContent {
  const { scenario, outcome, loss, programme } = plan;
  const nonconforming =
    (seat === 'independent' && scenario === 'independent-nonconforming') ||
    (seat !== 'department-head' && scenario === 'two-nonconforming');
  if (nonconforming) return { kind: 'nonconformity', kinds: ['evidence'], reasons: 'дәлел жеткіліксіз' };
  const differs =
    (seat === 'independent' && (scenario === 'independent-differs' || scenario === 'three-ways')) ||
    (seat === 'chief-specialist' && (scenario === 'chief-differs' || scenario === 'three-ways'));
  // What is not compared differs now and then, too: it is what parts 2 to 4 of the assessment are about.
  const own = seat === 'independent';
  const ownLoss = own && loss !== null && oneIn(6) ? loss + 5 : loss;
  const ownProgramme = !programme
    ? null
    : own && oneIn(6)
      ? 'vocational'
      : own && oneIn(12)
        ? null
        : 'social';
  return {
    kind: 'conclusion',
    conclusion: conclusion(differs ? other(outcome, seat === 'independent' ? 1 : 2) : outcome, {
      generalLoss: ownLoss === null ? null : { percent: ownLoss, term: { kind: 'indefinite' } },
      programme:
        ownProgramme === null
          ? null
          : {
              social: ownProgramme === 'social' ? ['Кресло-арба'] : [],
              vocational: ownProgramme === 'vocational' ? ['Кәсіптік бағдар'] : [],
              term: { kind: 'indefinite' },
            },
    }),
  };
}

/** The conclusion a panel that agrees comes to, and that of a department later: the head's. */
const finalOf = ({ says: { 'department-head': head } }: CasePlan): ConclusionContent | undefined =>
  head.kind === 'conclusion' ? datedConclusion(head.conclusion, plainDate('1990-01-01')) : undefined;

/** What experts sign on a day: whatever has been with them since the day before, but for those who are idle or take too long. */
async function decideParts() {
  const now = world.clock.now();
  const today = toBusinessDate(now);
  const month = plainDate(`${today.slice(0, 7)}-01`);
  const open = await world.db
    .select({ part: assignments, kind: experts.kind, excludedOn: experts.excludedOn })
    .from(assignments)
    .innerJoin(experts, eq(experts.id, assignments.expertId))
    .where(eq(assignments.state, 'open'))
    .orderBy(assignments.arrivedAt, assignments.id);
  // Cases side by side, the parts of one after the other.
  await each([...Map.groupBy(open, ({ part }) => part.caseId).values()], async (parts) => {
    for (const { part, kind } of parts) {
      const plan = present(casePlans.get(part.caseId));
      if (toBusinessDate(part.arrivedAt) >= today) continue;
      if (kind === 'independent' && idle.get(part.expertId)?.(month)) continue;
      if (kind === 'independent' && plan.late && part.cause === 'dealt' && today < addDays(plan.dealtOn, 9))
        continue;
      const content = plan.says[kind];
      const settled = await decide(world, part.id, content);
      if (kind === 'independent') {
        const { date, time } = toBusinessTime(now);
        seenDecisions.push({
          expertId: part.expertId,
          month,
          caseId: part.caseId,
          inTime: `${date}T${time}` <= partDue(part.arrivedAt, part.cause),
          content,
        });
      }
      if (settled === 'incomplete') continue;
      const expected =
        plan.scenario === 'three-ways'
          ? 'mismatch'
          : plan.scenario === 'two-nonconforming'
            ? 'nonconformity'
            : 'agreed';
      expect([plan.scenario, settled]).toEqual([plan.scenario, expected]);
      const seen = present(seenCases.get(part.caseId));
      if (settled === 'agreed') seen.final = { content: present(finalOf(plan)), at: now };
      else {
        seen.nonconformity = settled === 'nonconformity';
        if (plan.comes) on(workdayAfter(today, 1), '11:30', () => concludeInPerson(part.caseId, plan));
      }
    }
  });
}

async function concludeInPerson(caseId: string, plan: CasePlan) {
  const at = world.clock.now();
  const content = present(finalOf(plan));
  await world.db.transaction(async (tx) => {
    done(
      await changeCase(world.deps, tx, { caseId, event: 'concluded-in-person', actor: 'system:test' }, at),
    );
    const [of] = await tx.select().from(cases).where(eq(cases.id, caseId));
    const found = present(of);
    await recordConclusion(
      world.deps,
      tx,
      {
        formId: found.formId,
        caseId,
        personId: found.personId,
        departmentId: found.departmentId,
        basis: 'in-person',
        examinedOn: toBusinessDate(at),
        content,
        text: 'text',
        signature: Buffer.from('signature'),
        signedBy: found.personId,
      },
      at,
    );
  });
  present(seenCases.get(caseId)).final = { content, at };
}

function planCases() {
  for (const month of MONTHS)
    for (const day of [2, 9, 16, 23]) {
      const near = addDays(month, day - 1);
      const opening = isWorkday(near) ? near : workdayAfter(near, 1);
      on(opening, '10:00', () => openCases(CASES_A_DAY));
    }
  for (let day = plainDate('2027-03-01'); day <= '2027-12-31'; day = addDays(day, 1)) {
    if (!isWorkday(day)) continue;
    on(day, '15:00', decideParts);
    // PX-25, R07: what is overdue with somebody who is idle goes to others.
    if (new Date(`${day}T00:00:00Z`).getUTCDay() === 5)
      on(day, '16:30', async () => {
        const overdue = await world.db
          .select({ id: assignments.id, expertId: assignments.expertId })
          .from(assignments)
          .where(
            and(
              eq(assignments.state, 'open'),
              isNotNull(assignments.overdueAt),
              inArray(assignments.expertId, [...idle.keys()]),
            ),
          );
        if (overdue.length > 0)
          await (await office(0)).redistribution.moveOverdue({ assignmentIds: overdue.map(({ id }) => id) });
      });
  }
}

// --- Absences and exclusions --------------------------------------------------------------------------------------------------------------

/** Members by their number of entry, who are still in the register. */
const member = (index: number) => present(members[index]);
const openPartsOf = (expertId: string) =>
  world.db.$count(assignments, and(eq(assignments.expertId, expertId), eq(assignments.state, 'open')));

/** Days on which an expert must not be dealt anything, from the moment the register knew. */
const away: { expertId: string; from: PlainDate; until: PlainDate | null; since: Date }[] = [];

function planAbsences() {
  // X07, PX-17: reported ahead, begun today, of other kinds, taken back, ended early, entered by the Committee, from sick lists.
  for (const [month, number] of MONTHS.map((month, index) => [month, index] as const)) {
    const first = 10 + number * 7;
    on(`${month.slice(0, 8)}03`, '10:30', async () => {
      const { candidate, expertId } = member(first);
      const client = await staff(candidate.person);
      const leave = { kind: 'leave' as const, from: addDays(month, 7), until: addDays(month, 18) };
      expect(await client.expertPresence.preview(leave)).toMatchObject({ ok: true, effect: { parts: 0 } });
      done(await client.expertPresence.report({ ...leave, shownParts: 0 }));
      expect(await client.expertPresence.report({ ...leave, shownParts: 0 })).toEqual({
        ok: false,
        refusal: 'overlaps',
      });
      away.push({ expertId, from: leave.from, until: leave.until, since: world.clock.now() });
      const cancelled = member(first + 1);
      const other = await staff(cancelled.candidate.person);
      done(
        await other.expertPresence.report({
          kind: 'other',
          from: addDays(month, 20),
          until: addDays(month, 21),
          shownParts: 0,
        }),
      );
      const [absence] = (await other.expertPresence.mine()).absences;
      done(await other.expertPresence.cancel({ id: present(absence).id }));
    });
    on(`${month.slice(0, 8)}10`, '11:00', async () => {
      // With whatever is open, moved at once.
      const { candidate, expertId } = member(first + 2);
      const client = await staff(candidate.person);
      const from = addDays(month, 9);
      const wanted = { kind: 'other' as const, from, until: addDays(from, 5) };
      const preview = done(await client.expertPresence.preview(wanted));
      expect(preview.effect.parts).toBe(await openPartsOf(expertId));
      expect(await client.expertPresence.report({ ...wanted, shownParts: preview.effect.parts + 1 })).toEqual(
        {
          ok: false,
          refusal: 'affected-changed',
        },
      );
      const moved = done(await client.expertPresence.report({ ...wanted, shownParts: preview.effect.parts }));
      expect(moved.moved + moved.left).toBe(preview.effect.parts);
      expect(await openPartsOf(expertId)).toBe(0);
      away.push({ expertId, from, until: wanted.until, since: world.clock.now() });
    });
    on(`${month.slice(0, 8)}12`, '08:30', () => {
      const { candidate, expertId } = member(first + 3);
      const from = addDays(month, 11);
      const list = { iin: candidate.person.iin, number: `Л-${month}`, from };
      world.candidates.sick.push({ id: `sick-${month}-1`, ...list, until: null });
      away.push({ expertId, from, until: addDays(from, 9), since: world.clock.now() });
      on(addDays(from, 9), '08:30', () => {
        world.candidates.sick.push({ id: `sick-${month}-2`, ...list, until: addDays(from, 9) });
        return Promise.resolve();
      });
      return Promise.resolve();
    });
    on(`${month.slice(0, 8)}17`, '11:00', async () => {
      const { code, expertId } = member(first + 4);
      const today = toBusinessDate(world.clock.now());
      const committee = await office(0);
      const shown = done(await committee.redistribution.simulateAbsence({ expertCode: code }));
      done(
        await committee.redistribution.startAbsence({
          expertCode: code,
          kind: 'leave',
          until: addDays(today, 3),
          shownParts: shown.parts.length,
        }),
      );
      away.push({ expertId, from: today, until: addDays(today, 3), since: world.clock.now() });
    });
  }
}

async function excluded(member: Member) {
  const today = toBusinessDate(world.clock.now());
  member.excludedOn = today;
  away.push({ expertId: member.expertId, from: today, until: null, since: world.clock.now() });
  expect(await openPartsOf(member.expertId)).toBe(0);
}

/** R07, RG-32: the effect is looked at, and somebody else confirms. */
async function confirmExclusion(leaver: Member, by: 0 | 1 | 2) {
  const client = await office(by);
  const { proposed } = await client.expertRegister.exclusions();
  const { id } = present(proposed.find(({ expertId }) => expertId === leaver.expertId));
  const effect = await client.expertRegister.exclusionEffect({ expertId: leaver.expertId });
  expect(effect.parts).toBe(await openPartsOf(leaver.expertId));
  expect(await client.expertRegister.confirmExclusion({ id, shownParts: effect.parts + 1 })).toEqual({
    ok: false,
    refusal: 'effect-changed',
  });
  const moved = done(await client.expertRegister.confirmExclusion({ id, shownParts: effect.parts }));
  expect(moved.moved + moved.left).toBe(effect.parts);
  leaver.candidate.told.push('register-excluded');
  await excluded(leaver);
}

/** A passed candidate of the reserve takes the place that has become free. */
function replace(day: PlainDate, reserve: () => Candidate) {
  const [second, third] = [workdayAfter(day, 1), workdayAfter(day, 2)];
  on(second, '10:10', async () => {
    expect(await sendContract(reserve(), officials[0])).toBe('sent');
  });
  on(third, '10:10', async () => {
    await signContract(reserve());
    const by = await office(1);
    const entered = await enter(reserve(), by);
    await setUp(entered, by);
    expect(await (await staff(entered.candidate.person)).expertPay.saveAccount(ACCOUNT)).toEqual({
      ok: true,
    });
  });
}

/** Who leaves, by their number of entry. */
const LEAVERS = { own: 100, death: 101, gone: 102, incapable: 103, ownLater: 104 } as const;
/** Who fails the planned indicator from the first month on; and one who fails three times, which is borne. */
const IDLE = [0, 1, 2] as const;
const BORNE = 3;

function planExclusions(secondAnnouncement: () => string) {
  const reserve = candidates.filter(({ plan }) => plan === 'reserve');
  let replaced = 0;
  const replaceAfter = (day: PlainDate) => {
    const index = replaced;
    replaced += 1;
    replace(day, () => present(reserve[index]));
  };
  on('2027-02-26', '10:00', () => {
    for (const index of IDLE) idle.set(member(index).expertId, () => true);
    idle.set(member(BORNE).expertId, (month) => month <= '2027-05-01');
    return Promise.resolve();
  });

  // RG-30(1): own application.
  for (const [day, index] of [
    ['2027-05-18', LEAVERS.own],
    ['2027-09-14', LEAVERS.ownLater],
  ] as const) {
    on(day, '09:30', async () => {
      const { candidate } = member(index);
      expect(
        await (await citizen(candidate)).expertApplication.askExclusion({ reason: 'Басқа жұмысқа ауысамын' }),
      ).toEqual({ ok: true });
    });
    on(day, '10:20', () => confirmExclusion(member(index), 0));
    replaceAfter(plainDate(day));
  }
  // RG-31: what registries tell excludes by itself.
  for (const [day, index, kind] of [
    ['2027-06-10', LEAVERS.death, 'death'],
    ['2027-07-15', LEAVERS.gone, 'left-country'],
    ['2027-08-11', LEAVERS.incapable, 'incapable'],
  ] as const) {
    on(day, '08:20', () => {
      const { candidate } = member(index);
      world.candidates.life.push({ id: `life-${kind}`, iin: candidate.person.iin, kind, on: plainDate(day) });
      return Promise.resolve();
    });
    on(day, '08:40', async () => {
      if (kind !== 'death') member(index).candidate.told.push('register-excluded');
      await excluded(member(index));
    });
    replaceAfter(plainDate(day));
  }
  // RG-30(5): the fourth failed month is June; who failed three times is not proposed.
  on('2027-06-01', '09:00', async () => {
    expect(await world.db.$count(expertExclusions, eq(expertExclusions.ground, 'indicator'))).toBe(0);
  });
  on('2027-07-01', '09:00', async () => {
    const proposals = await world.db
      .select()
      .from(expertExclusions)
      .where(eq(expertExclusions.ground, 'indicator'));
    expect(proposals.map(({ expertId }) => expertId).sort()).toEqual(
      IDLE.map((index) => member(index).expertId).sort(),
    );
  });
  on('2027-07-02', '09:40', () => confirmExclusion(member(IDLE[0]), 1));
  on('2027-07-02', '09:50', () => confirmExclusion(member(IDLE[1]), 1));
  replaceAfter(plainDate('2027-07-02'));
  replaceAfter(plainDate('2027-07-02'));
  // One is given a last chance and fails again.
  on('2027-07-02', '09:55', async () => {
    const client = await office(2);
    const { proposed } = await client.expertRegister.exclusions();
    const { id } = present(proposed.find(({ expertId }) => expertId === member(IDLE[2]).expertId));
    expect(await client.expertRegister.turnDownExclusion({ id })).toEqual({ ok: true });
  });
  on('2027-08-02', '09:40', () => confirmExclusion(member(IDLE[2]), 0));
  replaceAfter(plainDate('2027-08-02'));

  // RG-33: the bar lasts; another ground bars nobody.
  on('2027-08-20', '10:00', async () => {
    const announcementId = secondAnnouncement();
    for (const index of IDLE)
      expect(
        await (await citizen(member(index).candidate)).expertApplication.start({ announcementId }),
      ).toEqual({
        ok: false,
        refusal: 'barred',
      });
    expect(await (await citizen(member(50).candidate)).expertApplication.start({ announcementId })).toEqual({
      ok: false,
      refusal: 'expert-already',
    });
    const { candidate } = member(LEAVERS.own);
    const again: Candidate = { plan: 'straight', person: candidate.person, id: '', told: candidate.told };
    returning.push(again);
    await apply(again, announcementId);
    await invite(again, await office(0));
  });
  on('2027-08-23', '10:00', async () => {
    await result(present(returning[0]), '91', 'positive', 'passed');
    expect(await sendContract(present(returning[0]), officials[0])).toBe('sent');
  });
  on('2027-08-24', '10:00', async () => {
    await signContract(present(returning[0]));
    const by = await office(1);
    const entered = await enter(present(returning[0]), by);
    await setUp(entered, by);
    await (await staff(entered.candidate.person)).expertPay.saveAccount(ACCOUNT);
  });
}
/** Who left by their own wish and came back. */
const returning: Candidate[] = [];

// --- Pay ----------------------------------------------------------------------------------------------------------------------------------

/** Months in which something was signed: the last parts of November end in December. */
const PAID_MONTHS = [...MONTHS, plainDate('2027-12-01')];
/** PY-03: the tariffs the Committee sets, by the month they begin with. */
const TARIFFS = [
  ['2027-03-01', '1700.00'],
  ['2027-04-01', '1850.75'],
  ['2027-08-01', '2033.35'],
] as const;
const tariffOf = (month: string) => present(TARIFFS.findLast(([from]) => from <= month))[1];

/** What each expert must have in each month, by the test's own count at the moment of the assessment. */
interface Due {
  member: Member;
  month: PlainDate;
  percent: string;
  services: number;
  counts: [number, number][];
}
const due = new Map<string, Due[]>();
/** Acts that were accepted, by the test's own sums. */
const accepted = new Map<string, bigint>();
const remarked = new Set<string>();
/** Who can still sign on a day, of those a month has: not the dead, nor whom a court has found incapable; whoever left for another reason can. */
function whoSigns(month: PlainDate, day: string): Due[] {
  const gone = [members[LEAVERS.death], members[LEAVERS.incapable]];
  return present(due.get(month)).filter(
    ({ member: of }) => !gone.includes(of) || of.excludedOn === null || of.excludedOn > day,
  );
}
const signers = (month: PlainDate) => whoSigns(month, `${addMonths(month, 1).slice(0, 8)}06`);
/** March waits for its tariff until June. */
const payees = (month: PlainDate) =>
  whoSigns(month, month === '2027-03-01' ? '2027-06-15' : `${addMonths(month, 1).slice(0, 8)}08`);

async function checkAssessments(month: PlainDate) {
  const countedAt = local(`${addMonths(month, 1).slice(0, 8)}05T00:05`);
  const expected: Due[] = [];
  for (const [expertId, own] of Map.groupBy(
    seenDecisions.filter((each) => each.month === month),
    (each) => each.expertId,
  )) {
    const { percent, counts } = percentOf(own, seenCases, countedAt);
    const of = present(members.find((each) => each.expertId === expertId));
    if (percent !== null) expected.push({ member: of, month, percent, services: own.length, counts });
  }
  const rows = await world.db
    .select()
    .from(assessments)
    .where(and(eq(assessments.period, 'month'), eq(assessments.from, month)));
  const shown = (list: { expertId: string; percent: string; services: number; counts: unknown }[]) =>
    list.sort((left, right) => (left.expertId < right.expertId ? -1 : 1));
  expect(
    shown(
      rows.map(({ expertId, percent, services, lines }) => ({
        expertId,
        percent,
        services,
        counts: lines.map((line) => ('part' in line ? [line.met, line.counted] : [])),
      })),
    ),
  ).toEqual(
    shown(
      expected.map(({ member: of, percent, services, counts }) => ({
        expertId: of.expertId,
        percent,
        services,
        counts,
      })),
    ),
  );
  due.set(month, expected);
}

/** AS-06: everybody reads and signs, some with a remark. */
async function signAssessments(month: PlainDate) {
  await each(signers(month), async (one) => {
    const { person } = one.member.candidate;
    const client = await staff(person);
    const { months } = await client.expertPay.myMonths();
    const shown = present(months.find(({ from, period }) => from === month && period === 'month'));
    expect(shown).toMatchObject({
      percent: one.percent,
      services: one.services,
      payRefusal: 'no-signed-assessment',
    });
    const { assessmentId } = shown;
    expect(await client.expertPay.formAct({ assessmentId })).toEqual({
      ok: false,
      refusal: 'no-signed-assessment',
    });
    const remark = oneIn(9) ? 'Жетінші іс бойынша келіспеймін' : '';
    if (remark) remarked.add(assessmentId);
    const { signingId } = done(await client.expertPay.startAssessment({ assessmentId, remark }));
    const { text: shownText } = await client.signing.get({ signingId });
    expect(shownText).toContain(`${one.percent} %`);
    expect(
      await client.expertPay.signAssessment({
        assessmentId,
        signingId,
        cms: signedBy(officials[0], shownText),
      }),
    ).toEqual({
      ok: false,
      refusal: 'other-person',
    });
    expect(
      await client.expertPay.signAssessment({ assessmentId, signingId, cms: signedBy(person, shownText) }),
    ).toEqual({ ok: true });
  });
}

/** PY-03: with no tariff set nobody can form an act, and everybody is told why. */
async function actsBlocked(month: PlainDate) {
  await each(signers(month), async ({ member: { candidate } }) => {
    const client = await staff(candidate.person);
    const { months } = await client.expertPay.myMonths();
    const shown = present(months.find(({ from, period }) => from === month && period === 'month'));
    expect(shown).toMatchObject({ pay: null, payRefusal: 'no-tariff' });
    expect(await client.expertPay.formAct({ assessmentId: shown.assessmentId })).toEqual({
      ok: false,
      refusal: 'no-tariff',
    });
  });
}

/** PY-01, PY-02: acts are formed, signed, some returned with remarks and formed anew, and accepted by the Committee's signature. */
async function settleActs(month: PlainDate) {
  let number = 0;
  await each(payees(month), async (one) => {
    number += 1;
    const returns = number % 12 === 0;
    const { person } = one.member.candidate;
    const client = await staff(person);
    const { months } = await client.expertPay.myMonths();
    const { assessmentId } = present(months.find(({ from, period }) => from === month && period === 'month'));
    const wanted = amountOf(tariffOf(month), one.percent, one.services);
    let actId = await signedAct(client, person, assessmentId);
    if (returns) {
      const by = await office(1);
      expect(await by.expertPay.returnAct({ actId, remarks: 'Шот нөмірін тексеріңіз' })).toEqual({
        ok: true,
      });
      await client.expertPay.saveAccount({ ...ACCOUNT, iban: 'KZ86125KZT5004100100' });
      const before = actId;
      actId = await signedAct(client, person, assessmentId);
      expect(actId).not.toBe(before);
    }
    const act = await client.expertPay.act({ actId });
    expect(act).toMatchObject({
      state: 'signed',
      version: returns ? 2 : 1,
      line: { tariff: tariffOf(month), assessmentPercent: one.percent, services: one.services, ...wanted },
    });
    const committee = await office(2);
    const start = done(await committee.expertPay.startAcceptance({ actId }));
    const { text: shownText } = await committee.signing.get({ signingId: start.signingId });
    expect(
      await committee.expertPay.acceptAct({
        actId,
        signingId: start.signingId,
        cms: signedBy(officials[2], shownText),
      }),
    ).toEqual({ ok: true });
    expect(await committee.expertPay.returnAct({ actId, remarks: 'кеш' })).toEqual({
      ok: false,
      refusal: 'not-possible-now',
    });
    accepted.set(month, (accepted.get(month) ?? 0n) + read(wanted.amount));
  });
}

async function signedAct(client: Client, person: Person, assessmentId: string): Promise<string> {
  const { actId } = done(await client.expertPay.formAct({ assessmentId }));
  const { signingId } = done(await client.expertPay.startAct({ actId }));
  const { text: shownText } = await client.signing.get({ signingId });
  expect(await client.expertPay.signAct({ actId, signingId, cms: signedBy(person, shownText) })).toEqual({
    ok: true,
  });
  return actId;
}

/** R08: the page of the month and both registers for the accounts say what the test has added up. */
async function checkRegisters(month: PlainDate) {
  const client = await office(0);
  const total = written(accepted.get(month) ?? 0n);
  expect([month, (await client.expertPay.month({ month })).acceptedSum]).toEqual([month, total]);
  const wanted = payees(month)
    .map(({ member: of, percent, services }) => [
      of.candidate.person.iin,
      amountOf(tariffOf(month), percent, services).amount,
    ])
    .sort();
  const csv = Buffer.from(
    (await client.expertPay.exportMonth({ month, format: 'csv' })).file,
    'base64',
  ).toString('utf8');
  const lines = csv
    .split('\r\n')
    .slice(1)
    .filter(Boolean)
    .map((line) => line.split(';'));
  expect(lines.map((cells) => [cells[2], written(read(cells[10] ?? ''))]).sort()).toEqual(wanted);
  const book = unzipSync(
    new Uint8Array(
      Buffer.from((await client.expertPay.exportMonth({ month, format: 'xlsx' })).file, 'base64'),
    ),
  );
  const sheet = Buffer.from(present(book['xl/worksheets/sheet1.xml'])).toString('utf8');
  const amounts = [...sheet.matchAll(/<c r="K(\d+)"[^>]*><v>([\d.]+)<\/v>/g)]
    .filter(([, at]) => Number(at) > 1)
    .map(([, , value]) => read(value ?? ''));
  expect(written(amounts.reduce((sum, amount) => sum + amount, 0n))).toBe(total);
  expect(amounts).toHaveLength(wanted.length);
}

/** RG-25, R01: the monthly monitoring counts what the test has seen signed, and its report is a file. */
async function checkMonitoring(month: PlainDate) {
  const client = await office(1);
  const { experts: shown } = await client.expertMonitoring.month({ month });
  const seen = Map.groupBy(
    seenDecisions.filter((each) => each.month === month),
    (each) => each.expertId,
  );
  const wrong = shown.filter(
    ({ kind, expertId, services }) =>
      kind === 'independent' && services !== (seen.get(expertId)?.length ?? 0),
  );
  expect(wrong).toEqual([]);
  expect([...seen.keys()].filter((id) => !shown.some(({ expertId }) => expertId === id))).toEqual([]);
  const report = await client.expertMonitoring.monthPdf({ month });
  expect(Buffer.from(report.file, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
}

async function setTariff(validFrom: string, tenge: string) {
  const [first, second] = [await office(0), await office(1)];
  expect(
    await first.expertRegister.proposePolicy({
      key: 'payment.tariff',
      value: { tenge },
      validFrom,
      basis: 'Комитет бұйрығы',
      assumed: false,
    }),
  ).toEqual({ ok: true });
  const { policies } = await first.expertRegister.settings();
  const { id } = present(present(policies.find(({ key }) => key === 'payment.tariff')).proposal);
  expect(await first.expertRegister.approvePolicy({ id })).toEqual({ ok: false, refusal: 'own-proposal' });
  expect(await second.expertRegister.approvePolicy({ id })).toEqual({ ok: true });
}

function planPay() {
  for (const month of PAID_MONTHS) {
    const next = addMonths(month, 1).slice(0, 8);
    on(`${next}04`, '23:30', async () => {
      expect(
        await world.db.$count(assessments, and(eq(assessments.period, 'month'), eq(assessments.from, month))),
      ).toBe(0);
    });
    on(`${next}05`, '08:00', () => checkAssessments(month));
    on(`${next}05`, '08:10', () => checkMonitoring(month));
    on(`${next}06`, '10:05', () => signAssessments(month));
    if (month === '2027-03-01') on(`${next}07`, '10:05', () => actsBlocked(month));
    else {
      on(`${next}08`, '10:05', () => settleActs(month));
      on(`${next}10`, '17:00', () => checkRegisters(month));
    }
  }
  // The tariff of the year is late: from April on, then for March behind it, and a new one from August on.
  on('2027-04-12', '10:00', () => setTariff('2027-04-01', '1850.75'));
  on('2027-06-14', '10:00', async () => {
    const first = await office(0);
    const late = {
      key: 'payment.tariff',
      value: { tenge: '9' },
      basis: 'Комитет бұйрығы',
      assumed: false,
    } as const;
    // May has its acts: what they were made of stays.
    expect(await first.expertRegister.proposePolicy({ ...late, validFrom: '2027-05-01' })).toEqual({
      ok: false,
      refusal: 'month-settled',
    });
    expect(await first.expertRegister.proposePolicy({ ...late, validFrom: '2027-07-02' })).toEqual({
      ok: false,
      refusal: 'not-first-of-month',
    });
    await setTariff('2027-03-01', '1700.00');
  });
  on('2027-06-15', '10:00', () => settleActs(plainDate('2027-03-01')));
  on('2027-06-15', '17:00', () => checkRegisters(plainDate('2027-03-01')));
  on('2027-07-20', '10:00', () => setTariff('2027-08-01', '2033.35'));
}

// --- The year -----------------------------------------------------------------------------------------------------------------------------

async function announce(places: number, publishOn: PlainDate, intakeUntil: string): Promise<string> {
  const first = await office(0);
  const earliest = workdayAfter(publishOn, 10);
  const draft = { content: CONTENT, places, intakeFrom: addDays(earliest, -1), intakeUntil };
  const { id } = done(
    await first.expertRegister.saveAnnouncement({
      ...draft,
      content: { ...CONTENT, work: text('', 'x', 'x') },
    }),
  );
  expect(await first.expertRegister.publishAnnouncement({ id })).toEqual({
    ok: false,
    refusal: 'incomplete',
  });
  done(await first.expertRegister.saveAnnouncement({ ...draft, id }));
  expect(await first.expertRegister.publishAnnouncement({ id })).toEqual({
    ok: false,
    refusal: 'intake-too-early',
  });
  await expect(world.client(null).expertApplication.announcement({ id })).rejects.toThrow('not-found');
  done(await first.expertRegister.saveAnnouncement({ ...draft, id, intakeFrom: earliest }));
  expect(await first.expertRegister.publishAnnouncement({ id })).toEqual({ ok: true });
  expect((await world.client(null).expertApplication.announcement({ id })).announcement).toMatchObject({
    state: 'announced',
    content: CONTENT,
    places,
    intakeFrom: earliest,
  });
  return id;
}

it(
  'RG-01 to RG-34, AS-01 to AS-07, PY-01 to PY-05: a year of the register in virtual time, from the announcement to the yearly assessment, adds up to the tiyn',
  async () => {
    const began = performance.now();
    for (const plan of Object.keys(PLANS) as Plan[])
      for (let index = 0; index < PLANS[plan]; index += 1) {
        const person = await world.person({ messageLanguage: present(LANGUAGES[candidates.length % 3]) });
        world.candidates.put(person.iin, { ...GOOD_CANDIDATE, ...FACTS[plan] });
        candidates.push({ plan, person, id: '', told: [] });
      }
    expect(candidates).toHaveLength(200);
    expect(
      await world.db.$count(nosologyGroups, inArray(nosologyGroups.code, [ORDINARY_GROUP, 'tuberculosis'])),
    ).toBe(2);

    let announcement = '';
    let secondAnnouncement = '';
    on('2027-01-11', '10:00', async () => {
      announcement = await announce(PLACES, plainDate('2027-01-11'), '2027-02-12');
    });
    on('2027-01-22', '10:00', async () => {
      expect(
        await (
          await citizen(present(candidates[0]))
        ).expertApplication.start({ announcementId: announcement }),
      ).toEqual({
        ok: false,
        refusal: 'intake-not-open',
      });
    });
    on('2027-08-02', '10:00', async () => {
      secondAnnouncement = await announce(5, plainDate('2027-08-02'), '2027-09-10');
    });
    planCandidates(() => announcement);
    planCases();
    planAbsences();
    planExclusions(() => secondAnnouncement);
    planPay();
    // AS-07: after the months of December had time to be signed, the year.
    on('2028-02-05', '10:00', checkYears);
    await liveUntil(plainDate('2027-01-05'), plainDate('2028-02-06'));

    await checkCandidates();
    await checkDealing();
    await checkMoney();
    const seconds = (performance.now() - began) / 1000;
    const total = [...accepted.values()].reduce((sum, amount) => sum + amount, 0n);
    process.stdout.write(
      `A year of the register in ${seconds.toFixed(0)} s: ${members.length} entries, ${seenCases.size} cases, ${seenDecisions.length} services, ` +
        `${await world.db.$count(messages)} messages, ${written(total)} tenge in ${await world.db.$count(workActs, eq(workActs.state, 'accepted'))} acts\n`,
    );
  },
  15 * 60_000,
);

async function checkYears() {
  const rows = await world.db.select().from(assessments).where(eq(assessments.period, 'year'));
  const byMember = Map.groupBy(PAID_MONTHS.flatMap(signers), ({ member: of }) => of.expertId);
  const wanted = [...byMember].map(([expertId, own]) => ({
    expertId,
    percent: meanOf(own.map(({ percent }) => percent)),
    services: own.reduce((sum, { services }) => sum + services, 0),
  }));
  const order = (list: { expertId: string; percent: string; services: number }[]) =>
    list
      .map(({ expertId, percent, services }) => ({ expertId, percent, services }))
      .sort((left, right) => (left.expertId < right.expertId ? -1 : 1));
  expect(order(rows)).toEqual(order(wanted));
  const { years } = await (await office(0)).expertPay.month({ month: plainDate('2027-12-01') });
  expect(years.map(({ percent }) => percent).sort()).toEqual(wanted.map(({ percent }) => percent).sort());
  // AS-06: the year is signed like a month.
  const { candidate, expertId } = member(20);
  const client = await staff(candidate.person);
  const year = present((await client.expertPay.myMonths()).months.find(({ period }) => period === 'year'));
  const { assessmentId } = year;
  const { signingId } = done(await client.expertPay.startAssessment({ assessmentId, remark: '' }));
  const { text: shown } = await client.signing.get({ signingId });
  expect(shown).toContain(`${present(wanted.find((each) => each.expertId === expertId)).percent} %`);
  expect(
    await client.expertPay.signAssessment({
      assessmentId,
      signingId,
      cms: signedBy(candidate.person, shown),
    }),
  ).toEqual({ ok: true });
}

const ask = async (what: string, query: ReturnType<typeof sql>) => {
  const rows = await world.db.execute(query);
  expect({ what, found: rows.slice(0, 3) }).toEqual({ what, found: [] });
};

/** Every candidate has an end with its reasons, was told of each step once, and every step stands in the audit. */
async function checkCandidates() {
  for (const { plan, id } of candidates) {
    const found = await row(id);
    const end = ENDS[plan] ?? { state: 'entered', reasons: [] };
    expect({ plan, state: found.state, reasons: found.reasons }).toEqual({ plan, ...end });
  }
  expect(members).toHaveLength(PLACES + 9);
  for (const { plan, person, told } of candidates) {
    const rows = await world.db.select().from(messages).where(eq(messages.personId, person.id));
    const ofRegister = rows.map(({ template }) => template).filter((name) => name.startsWith('register-'));
    expect([plan, ofRegister.sort()]).toEqual([plan, [...told].sort()]);
    // What went out is what the table holds, each text once.
    const out = simulators.smsc.messages(present(person.phone)).map((message) => message.text);
    expect([plan, [...out].sort()]).toEqual([plan, rows.map((message) => message.text).sort()]);
    expect(rows.every(({ state }) => state === 'delivered' || state === 'accepted')).toBe(true);
  }
  await ask(
    'a step of an application without its audit row',
    sql`select v.id, v.event from expert_application_event v join expert_application a on a.id = v.application_id
         where not exists (select from audit_event u where u.at = v.at and u.outcome = 'done' and u.person_id = a.person_id)`,
  );
  await ask(
    'a change of the register without its audit row',
    sql`select c.id, c.change from expert_change c join expert e on e.id = c.expert_id
         where not exists (select from audit_event u where u.at = c.at and u.outcome = 'done' and u.person_id = e.person_id)`,
  );
  await ask(
    'an exclusion without its audit row',
    sql`select x.id from expert_exclusion x join expert e on e.id = x.expert_id
         where not exists (select from audit_event u where u.outcome = 'done' and u.person_id = e.person_id and u.at = x.decided_at)`,
  );
  await ask(
    'a step that does not follow the one before',
    sql`select id from (select v.id, v.from_state, lag(v.to_state) over (partition by application_id order by id) as before from expert_application_event v) e
         where before is not null and from_state <> before`,
  );
}

/** PX-11, PX-14, PX-17: nobody away or out was dealt a case, none of the own region, and no part or case is left behind. */
async function checkDealing() {
  for (const { expertId, from, until, since } of away) {
    const dealt = await world.db
      .select({ id: assignments.id, arrivedAt: assignments.arrivedAt })
      .from(assignments)
      .where(eq(assignments.expertId, expertId));
    const wrong = dealt.filter(({ arrivedAt }) => {
      const day = toBusinessDate(arrivedAt);
      return arrivedAt > since && day >= from && (until === null || day <= until);
    });
    expect({ expertId, wrong }).toEqual({ expertId, wrong: [] });
  }
  for (const { expertId, enteredOn } of members) {
    const early = await world.db.$count(
      assignments,
      and(
        eq(assignments.expertId, expertId),
        sql`${assignments.arrivedAt} < ${local(`${enteredOn}T00:00`).toISOString()}::timestamptz`,
      ),
    );
    expect(early).toBe(0);
  }
  await ask(
    'a case of the own region',
    sql`select a.id from assignment a join expert e on e.id = a.expert_id join examination_case c on c.id = a.case_id where e.region_code = c.region_code`,
  );
  await ask('an open part', sql`select id from assignment where state = 'open'`);
  await ask('a case without an end', sql`select id, state from examination_case where ended_at is null`);
  // The test's count of decisions is that of the table.
  const rows = await world.db
    .select({ caseId: decisions.caseId, expertId: decisions.expertId, inTime: decisions.inTime })
    .from(decisions)
    .innerJoin(experts, and(eq(experts.id, decisions.expertId), eq(experts.kind, 'independent')));
  const order = (list: { caseId: string; expertId: string; inTime: boolean }[]) =>
    list.map(({ caseId, expertId, inTime }) => `${caseId} ${expertId} ${String(inTime)}`).sort();
  expect(order(rows)).toEqual(order(seenDecisions));
}

/** PY-03 to PY-05: all the acts of the year, and each figure a decimal with two places. */
async function checkMoney() {
  const acts = await world.db.select().from(workActs);
  for (const month of PAID_MONTHS) {
    const own = acts.filter((act) => act.month === month && act.state === 'accepted');
    expect([month, own.length]).toEqual([month, payees(month).length]);
    expect(written(own.reduce((sum, { line }) => sum + read(line.amount), 0n))).toBe(
      written(accepted.get(month) ?? 0n),
    );
  }
  for (const { line, state } of acts) {
    expect(['accepted', 'returned']).toContain(state);
    for (const figure of [line.tariff, line.assessmentPercent, line.unitPrice, line.amount])
      expect(figure).toMatch(/^\d+\.\d\d$/);
    expect(amountOf(line.tariff, line.assessmentPercent, line.services)).toEqual({
      unitPrice: line.unitPrice,
      amount: line.amount,
    });
  }
  const rows = await world.db.select().from(assessments).where(eq(assessments.period, 'month'));
  expect(
    rows
      .filter(({ remark }) => remark !== '')
      .map(({ id }) => id)
      .sort(),
  ).toEqual([...remarked].sort());
  await ask(
    'an act or assessment whose signature has no audit row',
    sql`select w.id from work_act w join expert e on e.id = w.expert_id where w.signed_at is not null
          and not exists (select from audit_event u where u.subject = 'work-act:' || w.id and u.at = w.signed_at and u.action = 'expertPay.signAct')
        union all
        select s.id from assessment s where s.signed_at is not null
          and not exists (select from audit_event u where u.subject = 'assessment:' || s.id and u.at = s.signed_at and u.action = 'expertPay.signAssessment')`,
  );
}
