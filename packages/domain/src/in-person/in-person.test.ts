import { describe, expect, test } from 'vitest';
import type { ConclusionContent } from '../examination/index.ts';
import { plainDate, plainTime } from '../shared/index.ts';
import {
  APPLICATION_EVENTS,
  APPLICATION_STATES,
  APPLICATION_TRANSITIONS,
  type ApplicationFacts,
  beforeIntakeEnds,
  checkApplication,
  decideApplication,
  inVisitWindow,
  REFUSAL_GROUNDS,
  serviceClock,
} from './application.ts';
import {
  type DocumentNeeds,
  expiredDocuments,
  type HandedDocument,
  IN_PERSON_DOCUMENTS,
  type InPersonDocument,
  isOfWorkingAge,
  missingDocuments,
  requiredDocuments,
} from './documents.ts';
import { signedConclusionText } from './signed-text.ts';

const today = plainDate('2026-11-26');
const always: InPersonDocument[][] = [['identity'], ['registration'], ['referral'], ['outpatient-card']];
const needs: DocumentNeeds = {
  purpose: 'disability-repeated',
  workingAge: false,
  working: false,
  first: false,
  injury: 'none',
  representative: false,
};
const handed = (...documents: InPersonDocument[]): HandedDocument[] =>
  documents.map((document) => ({ document, source: 'system', sheets: 1, validUntil: null }));
const complete = handed('identity', 'registration', 'referral', 'outpatient-card');
const facts: ApplicationFacts = {
  needs,
  documents: complete,
  formValidUntil: plainDate('2026-12-20'),
  registeredHere: true,
  consented: true,
  place: {
    place: 'department',
    conclusion: null,
    consented: false,
    institution: '',
    address: '',
    ground: null,
  },
};

describe('documents', () => {
  test('FF-11: the list has the fifteen rows of the form', () => {
    expect(new Set(IN_PERSON_DOCUMENTS).size).toBe(15);
  });

  test.each<[string, Partial<DocumentNeeds>, InPersonDocument[][]]>([
    ['a pensioner at a re-examination', {}, []],
    ['a working person brings the sick list', { working: true }, [['sick-leave']]],
    [
      'a working person at the first examination brings the work record too',
      { working: true, first: true, workingAge: true },
      [['sick-leave'], ['work-record']],
    ],
    ['a child has no work record', { first: true, workingAge: false }, []],
    [
      'somebody of working age hurt in service',
      { first: true, workingAge: true, injury: 'service' },
      [['work-record'], ['causal-link']],
    ],
    ['the same past working age', { first: true, workingAge: false, injury: 'service' }, [['causal-link']]],
    [
      'insurance at the first degree of general loss',
      { first: true, purpose: 'general-capacity-loss' },
      [['social-insurance']],
    ],
    ['no insurance at a later one', { purpose: 'general-capacity-loss' }, []],
    [
      'an accident act, or the decision of a court',
      { injury: 'work-injury', purpose: 'professional-capacity-loss' },
      [['accident-act', 'court-decision']],
    ],
    ['an occupational disease', { injury: 'occupational-disease' }, [['occupational-disease']]],
    ['a programme', { purpose: 'rehabilitation-programme' }, [['programme-medical-part']]],
    ['its correction', { purpose: 'rehabilitation-programme-correction' }, [['programme-medical-part']]],
    ['a representative', { representative: true }, [['guardianship']]],
  ])('FF-05: %s', (_, changes, extra) => {
    const required = requiredDocuments({ ...needs, ...changes });
    expect(new Set(required.map(String))).toEqual(new Set([...always, ...extra].map(String)));
  });

  test('FF-05: one of two alternatives is enough, none names both', () => {
    const injured = { ...needs, injury: 'work-injury' as const };
    expect(missingDocuments(injured, complete)).toEqual([['accident-act', 'court-decision']]);
    expect(missingDocuments(injured, [...complete, ...handed('court-decision')])).toEqual([]);
  });

  test('FF-05: working age ends with the year before the pension age of the sex', () => {
    const ages = { from: 18, untilFemale: 60, untilMale: 62 };
    const of = (sex: 'female' | 'male') =>
      [17, 18, 60, 61, 62, 63].map((age) => isOfWorkingAge(ages, sex, age));
    expect(of('female')).toEqual([false, true, true, false, false, false]);
    expect(of('male')).toEqual([false, true, true, true, true, false]);
  });

  test('FF-10: a document holds on its last day and not on the next', () => {
    const row: HandedDocument = { document: 'sick-leave', source: 'paper', sheets: 2, validUntil: today };
    expect(expiredDocuments([row], today)).toEqual([]);
    expect(expiredDocuments([row], plainDate('2026-11-27'))).toEqual(['sick-leave']);
  });
});

describe('application', () => {
  test('FF-04: nothing applies to a complete, valid set of a person registered here who consented', () => {
    expect(checkApplication(facts, today)).toEqual({ grounds: [], missing: [], expired: [], place: [] });
  });

  test('FF-04: all four grounds at once, in the order of the law', () => {
    const check = checkApplication(
      {
        ...facts,
        documents: handed('identity'),
        formValidUntil: plainDate('2026-11-25'),
        registeredHere: false,
        consented: false,
      },
      today,
    );
    expect(check.grounds).toEqual([...REFUSAL_GROUNDS]);
    expect(check.expired).toEqual(['referral']);
    expect(check.missing).toEqual([['registration'], ['referral'], ['outpatient-card']]);
  });

  test('FF-03, FF-04: what the place lacks stands in the way, and other territory is no ground where the law names none', () => {
    const home = { ...facts, registeredHere: false, place: { ...facts.place, place: 'home' as const } };
    expect(checkApplication(home, today)).toMatchObject({
      grounds: [],
      place: ['conclusion-missing', 'consent-missing', 'address-missing'],
    });
    const clinic = {
      ...home,
      place: { ...facts.place, place: 'medical-institution' as const, institution: 'Емхана' },
    };
    expect(checkApplication(clinic, today)).toMatchObject({ grounds: ['other-territory'], place: [] });
  });

  test('FF-04: a silent registry is no ground', () => {
    expect(checkApplication({ ...facts, registeredHere: null }, today).grounds).toEqual([]);
  });

  test('FF-11: every state with every event is in the table or refused', () => {
    for (const state of APPLICATION_STATES)
      for (const event of APPLICATION_EVENTS) {
        const next = APPLICATION_TRANSITIONS[state][event];
        expect(decideApplication(state, event)).toEqual(
          next ? { ok: true, value: next } : { ok: false, refusal: 'not-possible-now' },
        );
      }
  });

  test('FF-04: nobody is refused by one pair of eyes', () => {
    const ways = APPLICATION_STATES.flatMap((state) =>
      Object.entries(APPLICATION_TRANSITIONS[state]).filter(([, next]) => next === 'refused'),
    );
    expect(ways).toEqual([['confirm-refusal', 'refused']]);
  });

  test('PX-35: only an accepted application ends in a conclusion', () => {
    for (const state of APPLICATION_STATES)
      expect(decideApplication(state, 'conclude').ok).toBe(state === 'accepted');
  });
});

describe('hours', () => {
  test.each([
    ['08:10', true],
    ['13:20', true],
    ['15:30', true],
    ['15:31', false],
  ])('FF-02: somebody who came at %s is taken in: %s', (time, expected) => {
    expect(beforeIntakeEnds({ until: '15:30' }, plainTime(time))).toBe(expected);
  });

  test('PX-34, FF-02: the window of an invitation is another one', () => {
    const window = { from: '15:30', until: '18:00' };
    expect(
      ['15:29', '15:30', '18:00', '18:01'].map((time) => inVisitWindow(window, plainTime(time))),
    ).toEqual([false, true, true, false]);
  });

  test('FF-01: an hour of waiting and an hour of service are in time, a minute more is not', () => {
    const at = (time: string) => new Date(`2026-11-26T${time}:00Z`);
    const limits = { waiting: 60, service: 60 };
    const times = { arrivedAt: at('04:00'), openedAt: at('05:00'), endedAt: null };
    expect(serviceClock(limits, times, at('06:00'))).toEqual({ waited: 60, served: 60, late: false });
    expect(serviceClock(limits, times, at('06:01')).late).toBe(true);
    expect(serviceClock(limits, { ...times, openedAt: at('05:01') }, at('05:02')).late).toBe(true);
    expect(
      serviceClock(limits, { arrivedAt: null, openedAt: at('05:00'), endedAt: at('05:30') }, at('09:00')),
    ).toEqual({
      waited: null,
      served: 30,
      late: false,
    });
  });
});

test('PX-35, FF-03: the text a head signs names person, place, form, department and day in both languages, and is the same every time', () => {
  const content: ConclusionContent = {
    disability: {
      outcome: 'group-2',
      cause: 'general-disease',
      term: { kind: 'until', until: plainDate('2027-11-26') },
    },
    generalLoss: null,
    professionalLoss: null,
    programme: null,
    injuredWorkerNeeds: null,
    diagnosis: 'Диагноз',
    reasons: 'Негіздеме',
  };
  const facts = {
    departmentNumber: 3,
    personName: 'Әліпбай Әсел',
    iin: '900101666001',
    formNumber: '031-7',
    purpose: 'disability-first' as const,
    examinedOn: today,
    place: { kind: 'department' as const, words: '', ground: null, conclusion: null },
  };
  const text = signedConclusionText(content, facts);
  expect(text).toBe(signedConclusionText(structuredClone(content), { ...facts }));
  const [kk = '', ru = ''] = text.split('\n\n');
  for (const half of [kk, ru])
    for (const part of ['№ 3', 'Әліпбай Әсел', '900101666001', '031-7', '26.11.2026', 'Диагноз'])
      expect(half).toContain(part);
  expect(kk).toContain('екінші топ');
  expect(ru).toContain('вторая группа');

  const absent = signedConclusionText(content, {
    ...facts,
    place: {
      kind: 'in-absentia',
      words: 'Алматы, № 7 аурухана',
      ground: 'hospital-elsewhere',
      conclusion: { number: '12', day: plainDate('2026-11-20') },
    },
  });
  for (const part of [
    'сырттай',
    'өңірден тыс',
    '№ 12, 20.11.2026',
    '12-жол',
    'заочно',
    'строка 12',
    '№ 7 аурухана',
  ])
    expect(absent).toContain(part);
});
