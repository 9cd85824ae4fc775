import { describe, expect, test } from 'vitest';
import { workingCalendar } from '../calendar/index.ts';
import { addDays, type PlainDate, plainDate } from '../shared/index.ts';
import {
  type AnnouncementContent,
  ANNOUNCEMENT_PARTS,
  announcementState,
  APPLICATION_EVENTS,
  APPLICATION_STATES,
  APPLICATION_STEPS,
  applicationConsentOn,
  type CandidateFacts,
  checkDocuments,
  contractDueOn,
  decideAbsence,
  decideApply,
  decideConfirmation,
  decideFourEyes,
  decidePolicyChange,
  decideProposal,
  decidePublication,
  decideResult,
  decideSendContract,
  decideSignContract,
  decideTechnicalFailure,
  earliestIntake,
  entryDueOn,
  expertTermOn,
  failsSystematically,
  failuresIn,
  failuresOf,
  fileNameOf,
  FILE_MAX_BYTES,
  isPresentOn,
  judgeFile,
  LIVE_APPLICATION_STATES,
  mayInvite,
  missingFields,
  missingParts,
  monthsOf,
  nextEvents,
  readPercent,
  reasonsFor,
  REGISTER_POLICIES,
  stepTo,
  testDueOn,
  trainingDueOn,
  uploadsOpen,
} from './index.ts';

const day = plainDate;
const calendar = workingCalendar([
  { date: day('2026-12-16'), kind: 'holiday' },
  { date: day('2026-12-19'), kind: 'working' },
]);
const words = { kk: 'мәтін', ru: 'текст', en: 'text' };
const content = Object.fromEntries(ANNOUNCEMENT_PARTS.map((part) => [part, words])) as AnnouncementContent;
const today = day('2026-12-01');
const announcement = {
  content,
  places: 10,
  intakeFrom: day('2026-12-15'),
  intakeUntil: day('2027-01-15'),
  publishedOn: null,
  withdrawn: false,
};

describe('RG-01, RG-02: the announcement', () => {
  test('RG-01: ten working days lie before intake; a holiday and a moved Saturday are counted as they are', () => {
    expect(earliestIntake(calendar, today, 10)).toBe('2026-12-15');
    expect(earliestIntake(calendar, day('2026-12-08'), 10)).toBe('2026-12-22');
  });
  test.each([
    ['the first day that may be', {}, { ok: true, value: { publishedOn: today } }],
    ['a day too early', { intakeFrom: day('2026-12-14') }, { ok: false, refusal: 'intake-too-early' }],
    [
      'intake that ends before it begins',
      { intakeUntil: day('2026-12-14') },
      { ok: false, refusal: 'ends-before-it-begins' },
    ],
    ['no places', { places: 0 }, { ok: false, refusal: 'no-places' }],
    ['half a place', { places: 1.5 }, { ok: false, refusal: 'no-places' }],
    [
      'a part without Kazakh',
      { content: { ...content, work: { ...words, kk: ' ' } } },
      { ok: false, refusal: 'incomplete' },
    ],
    ['one that is out', { publishedOn: today }, { ok: false, refusal: 'published-already' }],
    ['one taken back', { withdrawn: true }, { ok: false, refusal: 'withdrawn-already' }],
  ])('RG-01, RG-02: publishing %s is judged', (_, change, answer) => {
    expect(decidePublication({ ...announcement, ...change }, calendar, today, 10)).toEqual(answer);
  });
  test('RG-02: a part missing in one language is named', () => {
    expect(missingParts({ ...content, documents: { ...words, en: '' } })).toEqual(['documents']);
  });
  test.each([
    ['2026-12-14', 'announced'],
    ['2026-12-15', 'open'],
    ['2027-01-15', 'open'],
    ['2027-01-16', 'closed'],
  ])('RG-01: on %s intake is %s', (date, state) => {
    expect(announcementState({ ...announcement, publishedOn: today }, day(date))).toBe(state);
  });
  test('RG-01: a draft and a withdrawn announcement are open on no day', () => {
    expect(announcementState(announcement, day('2026-12-20'))).toBe('draft');
    expect(
      announcementState({ ...announcement, publishedOn: today, withdrawn: true }, day('2026-12-20')),
    ).toBe('withdrawn');
  });
});

describe('The table of steps of an application', () => {
  test('every state is reached, every event happens, and a step leads to one state', () => {
    for (const state of APPLICATION_STATES)
      if (state !== 'draft')
        expect(
          APPLICATION_STEPS.some(([, , to]) => to === state),
          state,
        ).toBe(true);
    for (const event of APPLICATION_EVENTS)
      expect(
        APPLICATION_STEPS.some(([, by]) => by === event),
        event,
      ).toBe(true);
    const keys = APPLICATION_STEPS.map(([from, by]) => `${from} ${by}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
  test('live states are exactly those that something can still happen to by itself or by the Committee', () => {
    for (const state of APPLICATION_STATES) {
      const live = (LIVE_APPLICATION_STATES as readonly string[]).includes(state);
      expect(live, state).toBe(!['entered', 'refused', 'withdrawn'].includes(state));
    }
  });
  test('GV-08: every refused application can be looked at by a human, and leads on from there', () => {
    expect(nextEvents('refused')).toEqual(['ask-review']);
    expect(nextEvents('review')).toEqual(['uphold', 'back-to-check', 'back-to-test', 'back-to-passed']);
  });
  test.each([
    ['draft', 'invite'],
    ['checking', 'confirm-refusal'],
    ['retake', 'fail'],
    ['passed', 'enter'],
    ['contract-sent', 'enter'],
    ['entered', 'withdraw'],
    ['withdrawn', 'submit'],
  ] as const)('what is not in the table does not happen: %s by %s', (from, event) => {
    expect(stepTo(from, event)).toBeUndefined();
  });
  test('RG-10: a refusal of the checks needs two people', () => {
    expect(decideFourEyes({ proposedBy: 'a', open: true }, 'a')).toEqual({
      ok: false,
      refusal: 'own-proposal',
    });
    expect(decideFourEyes({ proposedBy: 'a', open: true }, 'b').ok).toBe(true);
    expect(decideFourEyes({ proposedBy: 'a', open: false }, 'b')).toEqual({
      ok: false,
      refusal: 'changed-meanwhile',
    });
  });
});

describe('RG-09, RG-33: who may apply', () => {
  const applicant = {
    barred: false,
    inRegister: false,
    underWay: false,
    appliedBefore: false,
    alive: true,
    capable: true,
  };
  test.each([
    ['open', {}, null],
    ['open', { barred: true, inRegister: true }, 'barred'],
    ['open', { capable: false }, 'person-not-eligible'],
    ['open', { alive: false }, 'person-not-eligible'],
    ['open', { inRegister: true }, 'expert-already'],
    ['open', { underWay: true }, 'application-under-way'],
    ['open', { appliedBefore: true }, 'applied-before'],
    ['announced', {}, 'intake-not-open'],
    ['draft', {}, 'intake-not-open'],
    ['closed', {}, 'intake-closed'],
    ['withdrawn', {}, 'intake-closed'],
    ['closed', { barred: true }, 'barred'],
  ] as const)('RG-01, RG-33: under an announcement that is %s, %o gives %s', (state, change, refusal) => {
    expect(decideApply({ state }, { ...applicant, ...change })).toEqual(
      refusal === null ? { ok: true, value: null } : { ok: false, refusal },
    );
  });
  test('RG-09: every field and confirmation is needed before it can be sent', () => {
    expect(missingFields({})).toHaveLength(10);
    expect(
      missingFields({
        groups: ['oncology'],
        address: 'a',
        email: 'a@b.kz',
        phone: '+77010000000',
        consent: true,
        warned: true,
        computer: true,
        modem: true,
        tariffs: false,
        informed: true,
      }),
    ).toEqual(['tariffs']);
  });
  test('C7: the consent has the wording of the pilot until 11 July 2026 and that of order 393 from the 12th', () => {
    expect(applicationConsentOn(day('2026-07-11'))).toBe('pilot');
    expect(applicationConsentOn(day('2026-07-12'))).toBe('order-393');
  });
  test('C6, GV-01: the pilot knew expert doctors; since 1 January 2025 there are independent experts', () => {
    expect(expertTermOn(day('2024-12-31'))).toBe('expert-doctor');
    expect(expertTermOn(day('2025-01-01'))).toBe('independent-expert');
  });
});

const asOf = '2026-12-01T00:00:00Z';
const found = <Value>(value: Value) => ({ kind: 'found' as const, value, asOf });
const facts: CandidateFacts = {
  diploma: found([
    {
      number: 'ЖБ 1',
      specialty: 'curative-medicine',
      institution: 'ҚазҰМУ',
      issuedOn: day('2008-07-01'),
      foreign: false,
      recognised: false,
    },
  ]),
  experience: found([
    { organization: 'a', position: 'doctor', from: day('2010-01-01'), until: null, examination: false },
  ]),
  certificate: found([
    { number: '1', specialty: 'therapy', issuedOn: day('2022-12-01'), validUntil: day('2026-12-01') },
  ]),
  training: found([
    { title: 'MSE', organization: 'a', hours: 60, completedOn: day('2021-12-01'), examination: true },
  ]),
  psychiatry: { kind: 'not-found', asOf },
  narcology: found({ registered: false }),
  'criminal-record': found({ convicted: false }),
};
const policy = {
  training: { hours: 60, years: 5, experienceYears: 5 },
  experienceYears: null,
  disqualifying: { psychiatry: true, narcology: true, criminalRecord: true },
};

describe('RG-03, RG-04, RG-05, RG-07, RG-08, RG-10: the checks of the documents', () => {
  const check = (change: Partial<CandidateFacts>, copies: Parameters<typeof checkDocuments>[1] = []) =>
    checkDocuments({ ...facts, ...change }, copies, policy, today);

  test('RG-04: a candidate with everything can be invited and no reason speaks against', () => {
    const findings = check({});
    expect(mayInvite(findings)).toBe(true);
    expect(reasonsFor(findings)).toEqual([]);
  });
  test.each([
    ['RG-04(1)', { diploma: found([]) }, 'diploma', 'missing', ['no-proof']],
    [
      'RG-04(1)',
      {
        diploma: found([
          {
            number: '1',
            specialty: 'dentistry',
            institution: 'x',
            issuedOn: day('2008-07-01'),
            foreign: false,
            recognised: false,
          },
        ]),
      },
      'diploma',
      'not-fitting',
      ['no-proof'],
    ],
    [
      'RG-03',
      {
        certificate: found([
          { number: '1', specialty: 't', issuedOn: day('2020-01-01'), validUntil: day('2026-11-30') },
        ]),
      },
      'certificate',
      'expired',
      ['incomplete-or-expired'],
    ],
    [
      'RG-04(4)',
      {
        training: found([
          { title: 'x', organization: 'a', hours: 60, completedOn: day('2021-11-30'), examination: true },
        ]),
      },
      'training',
      'expired',
      ['incomplete-or-expired'],
    ],
    [
      'RG-04(4)',
      {
        training: found([
          { title: 'x', organization: 'a', hours: 59, completedOn: day('2025-11-30'), examination: true },
        ]),
      },
      'training',
      'missing',
      ['no-proof'],
    ],
    ['RG-04(2)', { experience: { kind: 'not-found', asOf } as const }, 'experience', 'missing', ['no-proof']],
    ['RG-05', { psychiatry: found({ registered: true }) }, 'psychiatry', 'disqualifying', ['disqualifying']],
    [
      'RG-05',
      { 'criminal-record': found({ convicted: true }) },
      'criminal-record',
      'disqualifying',
      ['disqualifying'],
    ],
    [
      'RG-06',
      { narcology: { kind: 'refused' } as const },
      'narcology',
      'refused-access',
      ['incomplete-or-expired'],
    ],
  ] as const)(
    '%s, RG-10: what the systems say leads to its finding and reason (case %#)',
    (_, change, item, finding, reasons) => {
      const findings = check(change as Partial<CandidateFacts>);
      expect(findings[item]).toBe(finding);
      expect(reasonsFor(findings)).toEqual(reasons);
      expect(mayInvite(findings)).toBe(false);
    },
  );
  test('RG-08: a silent system is never a no: no reason, and no invitation either', () => {
    const findings = check({ psychiatry: { kind: 'silent' }, diploma: { kind: 'silent' } });
    expect(reasonsFor(findings)).toEqual([]);
    expect(mayInvite(findings)).toBe(false);
  });
  test('RG-04(4): training is not needed after more than five years in departments of the examination', () => {
    const work = (from: string) =>
      found([
        { organization: 'a', position: 'b', from: day(from), until: day('2026-12-01'), examination: true },
      ]);
    expect(check({ training: found([]), experience: work('2021-12-01') }).training).toBe('missing');
    expect(check({ training: found([]), experience: work('2021-11-01') }).training).toBe('not-needed');
  });
  test('RG-04(1): a foreign diploma needs its recognition', () => {
    const foreign = (recognised: boolean) =>
      check({
        diploma: found([
          {
            number: '1',
            specialty: 'paediatrics',
            institution: 'x',
            issuedOn: day('2010-01-01'),
            foreign: true,
            recognised,
          },
        ]),
      }).diploma;
    expect(foreign(false)).toBe('not-recognised');
    expect(foreign(true)).toBe('held');
  });
  test('RG-07: copies are open only for items 1) to 4) that the systems lack, and never for 5) to 7)', () => {
    expect(uploadsOpen(facts, policy, today)).toEqual([]);
    expect(
      uploadsOpen({ ...facts, diploma: { kind: 'silent' }, psychiatry: { kind: 'silent' } }, policy, today),
    ).toEqual(['diploma']);
    expect(check({ diploma: { kind: 'not-found', asOf } }, ['diploma']).diploma).toBe('copy');
    expect(check({}, ['diploma']).diploma).toBe('held');
  });
  test('RG-05: what the Committee does not hold disqualifying, disqualifies nobody', () => {
    const findings = checkDocuments(
      { ...facts, psychiatry: found({ registered: true }) },
      [],
      { ...policy, disqualifying: { ...policy.disqualifying, psychiatry: false } },
      today,
    );
    expect(findings.psychiatry).toBe('held');
  });
  test('RG-10: several reasons stand together, in the order of the law', () => {
    const findings = check({
      diploma: found([]),
      certificate: found([
        { number: '1', specialty: 't', issuedOn: day('2020-01-01'), validUntil: day('2025-01-01') },
      ]),
      narcology: found({ registered: true }),
    });
    expect(reasonsFor(findings)).toEqual(['incomplete-or-expired', 'disqualifying', 'no-proof']);
  });
  test('RG-04(2): months of work are counted once where two periods overlap', () => {
    const period = (from: string, until: string | null) => ({
      organization: 'a',
      position: 'b',
      from: day(from),
      until: until as PlainDate | null,
      examination: true,
    });
    expect(monthsOf([period('2020-01-01', '2021-01-01'), period('2020-07-01', '2021-07-01')], today)).toBe(
      18,
    );
    expect(monthsOf([period('2026-10-01', null)], today)).toBe(2);
    expect(monthsOf([period('2026-12-31', null)], today)).toBe(0);
  });
});

describe('RG-11, RG-13, RG-14, RG-16: the test', () => {
  const testPolicy = { passPercent: 70, days: 10, retakes: 1, failureUsesRetake: false };
  const invited = { state: 'invited', attempt: 1, usedRetakes: 0, dueOn: day('2026-12-11') } as const;
  const result = {
    attempt: 1,
    hundredths: 7000,
    proctoring: 'positive',
    takenOn: day('2026-12-11'),
  } as const;

  test.each([
    ['70', 7000],
    ['70.00', 7000],
    ['69.99', 6999],
    ['100', 10000],
    ['0', 0],
    ['7.5', 750],
    ['69.999', undefined],
    ['100.01', undefined],
    ['-1', undefined],
    ['70%', undefined],
    ['', undefined],
    ['1e2', undefined],
  ])('RG-13: a share written as %s reads as %s hundredths', (text, hundredths) => {
    expect(readPercent(text)).toBe(hundredths);
  });
  test.each([
    [7000, 'positive', []],
    [6999, 'positive', ['test-negative']],
    [10000, 'negative', ['proctoring-negative']],
    [6999, 'negative', ['test-negative', 'proctoring-negative']],
  ] as const)(
    'RG-13, RG-16: %i hundredths with %s proctoring fail for %o',
    (hundredths, proctoring, reasons) => {
      expect(failuresOf({ hundredths, proctoring }, testPolicy)).toEqual(reasons);
    },
  );
  test('RG-14: the first failure opens one retake, the second refuses', () => {
    expect(decideResult(invited, { ...result, hundredths: 6999 }, testPolicy)).toEqual({
      ok: true,
      value: { event: 'fail', reasons: ['test-negative'] },
    });
    expect(
      decideResult(
        { ...invited, state: 'retake', attempt: 2, usedRetakes: 1 },
        { ...result, attempt: 2, proctoring: 'negative' },
        testPolicy,
      ),
    ).toEqual({ ok: true, value: { event: 'fail-again', reasons: ['proctoring-negative'] } });
    expect(decideResult(invited, { ...result, hundredths: 0 }, { ...testPolicy, retakes: 0 })).toMatchObject({
      value: { event: 'fail-again' },
    });
  });
  test('RG-14: a technical failure by act leaves the retake, or uses it up when the policy says so', () => {
    expect(decideTechnicalFailure(invited, testPolicy)).toEqual({ ok: true, value: { usedRetakes: 0 } });
    const strict = { ...testPolicy, failureUsesRetake: true };
    expect(decideTechnicalFailure(invited, strict)).toEqual({ ok: true, value: { usedRetakes: 1 } });
    expect(decideTechnicalFailure({ state: 'retake', usedRetakes: 1 }, strict)).toEqual({
      ok: false,
      refusal: 'no-retake-left',
    });
    expect(decideTechnicalFailure({ state: 'passed', usedRetakes: 0 }, testPolicy)).toEqual({
      ok: false,
      refusal: 'not-waiting',
    });
  });
  test.each([
    ['the last day', {}, {}, true],
    ['the day after', {}, { takenOn: day('2026-12-12') }, 'too-late'],
    ['an attempt that was replaced', { attempt: 2 }, {}, 'wrong-attempt'],
    ['an application that waits for nothing', { state: 'passed' as const }, {}, 'not-waiting'],
  ])('RG-11, RG-16: a result on %s is judged', (_, change, more, answer) => {
    const judged = decideResult({ ...invited, ...change }, { ...result, ...more }, testPolicy);
    expect(judged.ok || judged.refusal).toBe(answer);
  });
  test('RG-11: ten calendar days after the day of the notification', () => {
    expect(testDueOn(today, testPolicy)).toBe('2026-12-11');
  });
});

describe('RG-20, RG-21, RG-23: the contract and the entry', () => {
  const contractPolicy = { signDays: 3, entryDays: 3, trainingMonths: 1 };
  test('RG-20, RG-21, RG-23: the clocks', () => {
    expect(contractDueOn(calendar, day('2026-12-11'), contractPolicy)).toBe('2026-12-17');
    expect(entryDueOn(calendar, day('2026-12-17'), contractPolicy)).toBe('2026-12-21');
    expect(trainingDueOn(day('2026-12-31'), contractPolicy)).toBe('2027-01-31');
    expect(trainingDueOn(day('2027-01-31'), contractPolicy)).toBe('2027-02-28');
  });
  test.each([
    ['passed', 9, 40, true],
    ['passed', 10, 40, 'no-places-left'],
    ['passed', 0, null, 'no-indicator'],
    ['passed', 0, 0, 'no-indicator'],
    ['retake', 0, 40, 'not-passed'],
    ['contract-sent', 0, 40, 'not-passed'],
  ] as const)(
    'RG-02(5), RG-20: a contract for %s with %i of 10 places taken and indicator %s',
    (state, taken, indicator, answer) => {
      const decision = decideSendContract({ state }, { total: 10, taken }, indicator);
      expect(decision.ok || decision.refusal).toBe(answer);
    },
  );
  test('RG-20: it can be signed on its last day whole, and not on the next', () => {
    const sent = { state: 'contract-sent', dueOn: day('2026-12-17') } as const;
    expect(decideSignContract(sent, day('2026-12-17')).ok).toBe(true);
    expect(decideSignContract(sent, day('2026-12-18'))).toEqual({ ok: false, refusal: 'too-late' });
    expect(decideSignContract({ ...sent, state: 'contract-signed' }, today)).toEqual({
      ok: false,
      refusal: 'not-sent',
    });
  });
});

describe('RG-30, RG-31, RG-32, RG-33: exclusion', () => {
  const expert = { excluded: false, proposalOpen: false, failures: 4 };
  test.each([
    ['indicator', {}, true],
    ['indicator', { failures: 3 }, 'not-failed-enough'],
    ['own-application', { failures: 0 }, true],
    ['death', {}, 'comes-by-itself'],
    ['incapable', {}, 'comes-by-itself'],
    ['left-country', {}, 'comes-by-itself'],
    ['own-application', { excluded: true }, 'excluded-already'],
    ['own-application', { proposalOpen: true }, 'proposed-already'],
  ] as const)('RG-30, RG-31, RG-32: proposing %s with %o', (ground, change, answer) => {
    const decision = decideProposal({ ...expert, ...change }, ground, 3);
    expect(decision.ok || decision.refusal).toBe(answer);
  });
  test.each([
    ['b', 5, true, true],
    ['a', 5, true, 'own-proposal'],
    ['b', 4, true, 'effect-changed'],
    ['b', 5, false, 'not-proposed'],
  ] as const)(
    'RG-32: four eyes, for the effect that was shown: %s with %i shown',
    (other, shown, open, answer) => {
      const decision = decideConfirmation({ open, proposedBy: 'a', openParts: 5 }, other, shown);
      expect(decision.ok || decision.refusal).toBe(answer);
    },
  );
  test('RG-30(5), RG-33: the fourth failure of a year is more than three; the year before is not counted', () => {
    const month = (text: string, done: number) => ({ month: day(text), target: 40, done });
    const months = [
      month('2025-12-01', 0),
      month('2026-01-01', 39),
      month('2026-02-01', 40),
      month('2026-03-01', 0),
      month('2026-04-01', 12),
    ];
    expect(failuresIn(months, '2026')).toBe(3);
    expect(failsSystematically(3, 3)).toBe(false);
    expect(failsSystematically(failuresIn([...months, month('2026-05-01', 1)], '2026'), 3)).toBe(true);
  });
});

describe('X07, PX-17: absence', () => {
  const leave = { kind: 'leave', from: day('2026-12-07'), until: day('2026-12-11') } as const;
  test.each([
    ['a week ahead', leave, true],
    ['today', { ...leave, from: today }, true],
    ['yesterday', { ...leave, from: day('2026-11-30') }, 'in-the-past'],
    ['sick leave', { ...leave, kind: 'sick-leave' as const }, 'from-registry'],
    ['without an end', { ...leave, until: null }, 'ends-before-it-begins'],
    ['an end before its beginning', { ...leave, until: day('2026-12-06') }, 'ends-before-it-begins'],
    ['more than a year', { ...leave, until: day('2027-12-08') }, 'too-long'],
    ['a day of another one', { ...leave, until: day('2026-12-20') }, 'overlaps'],
  ])('X07: %s is judged', (_, wanted, answer) => {
    const decision = decideAbsence(wanted, [{ from: day('2026-12-20'), until: null }], today, addDays);
    expect(decision.ok || decision.refusal).toBe(answer);
  });
  test('PX-17: somebody is away on both ends of an absence, and without an end for good', () => {
    expect(isPresentOn([leave], day('2026-12-06'))).toBe(true);
    expect(isPresentOn([leave], day('2026-12-07'))).toBe(false);
    expect(isPresentOn([leave], day('2026-12-11'))).toBe(false);
    expect(isPresentOn([leave], day('2026-12-12'))).toBe(true);
    expect(isPresentOn([{ from: today, until: null }], day('2030-01-01'))).toBe(false);
  });
});

describe('RG-07: files by their content', () => {
  const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
  const pdf = (body: string) => bytes(`%PDF-1.7\n${body}\ntrailer\n%%EOF\n`);
  const chunk = (name: string, data: string) =>
    String.fromCharCode(0, 0, data.length >> 8, data.length & 255) + name + data + '\0\0\0\0';
  const png = (extra = '') =>
    bytes(
      `\u0089PNG\r\n\u001a\n${chunk('IHDR', 'x'.repeat(13))}${extra}${chunk('IDAT', '<script')}${chunk('IEND', '')}`,
    );
  const jpeg = (comment = 'camera') =>
    bytes(
      `\u00ff\u00d8\u00ff\u00fe\0${String.fromCharCode(comment.length + 2)}${comment}\u00ff\u00da\0\u0008scan<script\u00ff\u00d9`,
    );

  test.each([
    ['a PDF', pdf('1 0 obj <</Type/Catalog>> endobj'), 'pdf'],
    ['a PNG', png(), 'png'],
    ['a JPEG', jpeg(), 'jpeg'],
    ['an empty file', bytes(''), 'empty'],
    ['a program', bytes('MZ\u0090\0'), 'kind'],
    ['a web page', bytes('<html><script>alert(1)</script>'), 'kind'],
    ['a PDF behind other bytes', bytes('GIF89a%PDF-1.7 %%EOF'), 'kind'],
    ['half a PDF', bytes('%PDF-1.7\n1 0 obj'), 'damaged'],
    ['half a JPEG', jpeg().subarray(0, 12), 'damaged'],
    ['half a PNG', png().subarray(0, 40), 'damaged'],
    ['a PDF with a script', pdf('<</S/JavaScript/JS(app.alert(1))>>'), 'hostile'],
    ['a PDF with a script in codes', pdf('<</S/J#61vaScript>>'), 'hostile'],
    ['a PDF that starts a program', pdf('<</S/Launch/F(cmd.exe)>>'), 'hostile'],
    ['a PDF that acts on opening', pdf('<</OpenAction 3 0 R>>'), 'hostile'],
    ['a PDF with a file inside', pdf('<</Type/EmbeddedFile>>'), 'hostile'],
    ['a locked PDF', pdf('<</Encrypt 5 0 R>>'), 'locked'],
    ['a PDF that is a web page too', pdf('<script>alert(1)</script>'), 'hostile'],
    ['a PNG with a script in its words', png(chunk('tEXt', 'a\0<script>')), 'hostile'],
    ['a JPEG with a script in its words', jpeg('<script>x'), 'hostile'],
    ['a picture of ten megabytes', new Uint8Array(FILE_MAX_BYTES + 1), 'too-large'],
  ])('RG-07: %s', (_, content, answer) => {
    const judged = judgeFile(content);
    expect(judged.ok ? judged.value : judged.refusal).toBe(answer);
  });
  test('RG-07: a script in a packed part of a PDF is found', () => {
    expect(judgeFile(pdf('stream'), ['<</S/JavaScript>>'])).toEqual({ ok: false, refusal: 'hostile' });
  });
  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\a\\диплом.pdf', 'диплом.pdf'],
    ['<b>\u0000"x".pdf', 'bx.pdf'],
    ['..', 'file'],
  ])('RG-07: the name %s is kept as %s', (given, kept) => {
    expect(fileNameOf(given)).toBe(kept);
  });
});

describe('The settings of the register', () => {
  const known = { now: { years: null }, days: [day('2027-01-01')], proposalOpen: false, settled: false };
  test.each([
    [{ years: 3 }, '2027-02-01', {}, true],
    [{ years: '3' }, '2027-02-01', {}, 'value-unreadable'],
    [{ years: 3, more: 1 }, '2027-02-01', {}, 'value-unreadable'],
    [null, '2027-02-01', {}, 'value-unreadable'],
    [{ years: 3 }, '2026-12-01', {}, 'day-passed'],
    [{ years: 3 }, '2027-01-01', {}, 'day-taken'],
    [{ years: null }, '2027-02-01', {}, 'same-as-now'],
    [{ years: 3 }, '2027-02-01', { proposalOpen: true }, 'proposed-already'],
  ])('a new number of the law is a new dated row: %o from %s', (value, from, change, answer) => {
    const decision = decidePolicyChange(
      'register.experience',
      value,
      day(from),
      { ...known, ...change },
      today,
    );
    expect(decision.ok || decision.refusal).toBe(answer);
  });
  test.each([
    ['1850.75', '2027-02-01', false, true],
    ['1850.75', '2026-03-01', false, true],
    ['1850.75', '2026-03-01', true, 'month-settled'],
    ['1850.75', '2027-02-02', false, 'not-first-of-month'],
    ['0', '2027-02-01', false, 'value-unreadable'],
    ['0.00', '2027-02-01', false, 'value-unreadable'],
    ['1850,75', '2027-02-01', false, 'value-unreadable'],
    ['1850.755', '2027-02-01', false, 'value-unreadable'],
    [1850.75, '2027-02-01', false, 'value-unreadable'],
    ['-1', '2027-02-01', false, 'value-unreadable'],
  ])('PY-03: a tariff of %s from %s, with acts formed from then on: %s', (tenge, from, settled, answer) => {
    const decision = decidePolicyChange(
      'payment.tariff',
      { tenge },
      day(from),
      { ...known, now: { tenge: null }, settled },
      today,
    );
    expect(decision.ok || decision.refusal).toBe(answer);
  });
  test('every policy of the register has a shape that its default fits and rubbish does not', () => {
    for (const key of REGISTER_POLICIES)
      for (const rubbish of [undefined, 'x', [], { x: 1 }, -1, 1.5])
        expect(decidePolicyChange(key, rubbish, day('2027-02-01'), known, today)).toEqual({
          ok: false,
          refusal: 'value-unreadable',
        });
  });
});
