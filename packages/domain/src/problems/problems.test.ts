import { describe, expect, it } from 'vitest';
import { workingCalendar } from '../calendar/index.ts';
import { type PlainDate, plainDate } from '../shared/index.ts';
import { clockWords, type ProblemClock, problemClock, problemDueOn } from './clock.ts';
import { type DepartmentFigures, type KnownProblem, PROPOSAL_KINDS, proposeProblems } from './proposals.ts';
import { decideRegistration, decideReopening, decideSending } from './register.ts';

const day = plainDate;
/** Independence Day, and a Saturday that was moved into work. */
const calendar = workingCalendar([
  { date: day('2026-12-16'), kind: 'holiday' },
  { date: day('2026-12-19'), kind: 'working' },
]);

describe('the clock of a problem', () => {
  it.each([
    ['Monday', '2026-11-23', '2026-11-26'],
    ['Thursday, over the weekend', '2026-11-26', '2026-12-01'],
    ['Saturday', '2026-11-28', '2026-12-02'],
    ['Monday before the holiday', '2026-12-14', '2026-12-18'],
    ['Thursday before a working Saturday', '2026-12-17', '2026-12-21'],
  ])('EQ-17: found on a %s, it is due three working days later', (_, detectedOn, dueOn) => {
    expect(problemDueOn(calendar, day(detectedOn))).toBe(dueOn);
  });

  it.each<[string, PlainDate | null, ProblemClock]>([
    ['2026-11-26', null, { kind: 'days-left', days: 3 }],
    ['2026-11-28', null, { kind: 'days-left', days: 2 }],
    ['2026-12-01', null, { kind: 'days-left', days: 0 }],
    ['2026-12-02', null, { kind: 'overdue', days: 1 }],
    ['2026-12-17', null, { kind: 'overdue', days: 11 }],
    ['2026-12-20', day('2026-12-01'), { kind: 'sent-in-time' }],
    ['2026-12-20', day('2026-12-03'), { kind: 'sent-late', days: 2 }],
  ])('EQ-17: on %s with the sending of %s it shows %j', (today, sentOn, clock) => {
    expect(problemClock(calendar, { dueOn: day('2026-12-01'), sentOn }, day(today))).toEqual(clock);
  });

  it.each<[ProblemClock, ReturnType<typeof clockWords>]>([
    [
      { kind: 'days-left', days: 2 },
      { word: 'days-left', count: 2 },
    ],
    [{ kind: 'days-left', days: 0 }, { word: 'today' }],
    [
      { kind: 'overdue', days: 1 },
      { word: 'overdue', count: 1 },
    ],
    [{ kind: 'overdue', days: 0 }, { word: 'overdue-now' }],
    [{ kind: 'sent-in-time' }, { word: 'sent-in-time' }],
    [
      { kind: 'sent-late', days: 4 },
      { word: 'sent-late', count: 4 },
    ],
    [{ kind: 'sent-late', days: 0 }, { word: 'sent-late-now' }],
  ])('EQ-17: %j is told with %j', (clock, words) => {
    expect(clockWords(clock)).toEqual(words);
  });
});

describe('the register of problems', () => {
  it('EQ-17: nothing is detected tomorrow, and nothing more than a year ago', () => {
    expect(decideRegistration(-1)).toEqual({ ok: false, refusal: 'detected-ahead' });
    expect(decideRegistration(0).ok).toBe(true);
    expect(decideRegistration(366).ok).toBe(true);
    expect(decideRegistration(367)).toEqual({ ok: false, refusal: 'detected-long-ago' });
  });

  it('EQ-17: it is sent once, not before it was found and not tomorrow; late is possible', () => {
    const open = { state: 'open', detectedOn: day('2026-11-20') } as const;
    const today = day('2026-11-30');
    expect(decideSending(open, day('2026-11-19'), today)).toEqual({
      ok: false,
      refusal: 'sent-before-detected',
    });
    expect(decideSending(open, day('2026-12-01'), today)).toEqual({ ok: false, refusal: 'sent-ahead' });
    expect(decideSending(open, today, today).ok).toBe(true);
    expect(decideSending({ ...open, state: 'sent' }, today, today)).toEqual({
      ok: false,
      refusal: 'already-sent',
    });
    expect(decideReopening({ state: 'sent' }).ok).toBe(true);
    expect(decideReopening({ state: 'open' })).toEqual({ ok: false, refusal: 'not-sent' });
  });
});

describe('what the figures point at', () => {
  const today = day('2026-11-26');
  const quiet: DepartmentFigures = {
    departmentId: 'quiet',
    bookingOpen: true,
    firstFreeDay: day('2026-12-26'),
    missingScheduleYear: null,
    kept: 95,
    missed: 5,
    settled: 100,
    delivered: 90,
  };
  const kinds = (changes: Partial<DepartmentFigures>, known: KnownProblem[] = []) =>
    proposeProblems([quiet, { ...quiet, departmentId: 'one', ...changes }], known, today).map(
      ({ kind, departmentId }) => `${kind} ${departmentId}`,
    );

  it.each<[string, Partial<DepartmentFigures>, string[]]>([
    ['nothing at its limits', {}, []],
    ['no free place at all', { firstFreeDay: null }, ['no-free-place one']],
    ['a free place a day after the form ends', { firstFreeDay: day('2026-12-27') }, ['no-free-place one']],
    ['no place where nobody books', { firstFreeDay: null, bookingOpen: false }, []],
    ['a missing schedule', { missingScheduleYear: 2027 }, ['schedule-missing one']],
    ['15 % missed against 5 %', { kept: 85, missed: 15 }, ['no-show-high one']],
    ['14 % missed against 5 %', { kept: 86, missed: 14 }, []],
    ['too few people to tell', { kept: 5, missed: 14 }, []],
    ['89 % delivered', { delivered: 89 }, ['delivery-low one']],
    ['too few messages to tell', { settled: 19, delivered: 0 }, []],
  ])('EQ-17: %s', (_, changes, expected) => {
    expect(kinds(changes)).toEqual(expected);
  });

  it('EQ-17: the numbers a proposal rests on stand with it, in whole percent', () => {
    const [proposal] = proposeProblems(
      [quiet, { ...quiet, departmentId: 'one', kept: 60, missed: 40 }],
      [],
      today,
    );
    expect(proposal?.figures).toEqual({ share: 40, average: 5, count: 40 });
  });

  it.each<[string, Partial<KnownProblem>, boolean]>([
    ['open, however old', { state: 'open', detectedOn: day('2026-01-01') }, false],
    ['sent and found 27 days ago', { state: 'sent', detectedOn: day('2026-10-30') }, false],
    ['sent and found 28 days ago', { state: 'sent', detectedOn: day('2026-10-29') }, true],
    ['of another department', { departmentId: 'quiet' }, true],
    ['of another kind', { cause: 'delivery-low' }, true],
  ])('EQ-17: a known problem, %s, decides whether the same is proposed again', (_, changes, proposed) => {
    const known: KnownProblem = {
      cause: 'schedule-missing',
      departmentId: 'one',
      state: 'open',
      detectedOn: today,
      ...changes,
    };
    expect(kinds({ missingScheduleYear: 2027 }, [known])).toEqual(proposed ? ['schedule-missing one'] : []);
  });

  it('EQ-17: every kind of proposal can come up', () => {
    const found = kinds({
      firstFreeDay: null,
      missingScheduleYear: 2027,
      kept: 50,
      missed: 50,
      delivered: 0,
    });
    expect(found).toEqual(PROPOSAL_KINDS.map((kind) => `${kind} one`));
  });
});
