import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate, plainTime, toBusinessDate, toInstant } from '../shared/index.ts';
import { checkForm, type IntakeFacts, type RegistryAnswer, type RegistryPerson } from './checks.ts';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';
import type { SubmittedForm } from './form-031.ts';
import type { FileFinding } from './remote-checks.ts';
import { decideFailureAct, FAILURE_OFFICES, failureAt, termStart } from './technical-failure.ts';

/**
 * An independent, slow checker: one plain question per code, asked of raw texts, with a calendar of its own. It shares no function with
 * the checks it is held against, and knows the small list below by heart.
 */
const LIST = [
  { begins: 'C', group: 'oncology', upTo: 200 },
  { begins: 'E10', group: 'type-1-diabetes-children', upTo: 17 },
  { begins: 'S88', group: 'limb-defects', upTo: 200 },
];
const ALWAYS_FOR_LIMBS = ['inpatient-extract', 'limb-x-ray'];
const BARRED = ['disability-cause'];

/** Days since 1 March of year 0, counted by hand. */
function dayNumber(text: string): number {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const y = month <= 2 ? year - 1 : year;
  const m = month <= 2 ? month + 9 : month - 3;
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    day
  );
}

/** The same day of the next month, or its last day when it has none. */
function monthLater(text: string): number {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const nextYear = month === 12 ? year + 1 : year;
  const nextMonth = month === 12 ? 1 : month + 1;
  const leap = nextYear % 4 === 0 && (nextYear % 100 !== 0 || nextYear % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const last = Math.min(day, lengths[nextMonth - 1] ?? 0);
  return dayNumber(`${nextYear}-${String(nextMonth).padStart(2, '0')}-${String(last).padStart(2, '0')}`);
}

/** Wall date in Almaty: six hours ahead of UTC until the end of February 2024, five since. */
const ONE_TIME_SINCE = Date.UTC(2024, 1, 29, 18);
const wallDate = (at: Date) =>
  new Date(at.getTime() + (at.getTime() < ONE_TIME_SINCE ? 6 : 5) * 3_600_000).toISOString().slice(0, 10);

const said = (text: string | undefined | null) => (text ?? '').trim().length > 0;
const digits = (phone: string | undefined) => (phone ?? '').replace(/[^0-9]/g, '').slice(-10);

function slowYears(born: string, today: string): number {
  let years = 0;
  while (`${Number(born.slice(0, 4)) + years + 1}${born.slice(4)}` <= today) years += 1;
  return years;
}

interface Slow {
  codes: Set<ErrorCode>;
  waits: boolean;
}

function slowCheck(form: SubmittedForm | null, facts: IntakeFacts, at: Date): Slow {
  const codes = new Set<ErrorCode>();
  const today = wallDate(at);
  if (facts.messageIdPassed) codes.add('F016');
  if (form === null) return { codes: codes.add('F002'), waits: false };
  const remote = facts.remote;
  if (!remote) throw new Error('The slow checker knows the remote track alone');
  const realDay = (text: string | undefined) =>
    /^\d{4}-\d\d-\d\d$/.test(text ?? '') &&
    !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
    new Date(`${text}T00:00:00Z`).toISOString().startsWith(text ?? '!');

  const me = facts.patient.kind === 'found' ? facts.patient.value : null;
  const years = me ? slowYears(me.birthDate, today) : null;
  const mine = LIST.filter((line) => (form.icd10 ?? '').trim().startsWith(line.begins));
  const fits = mine.filter((line) => years === null || years <= line.upTo);

  // F001
  const theirs = [digits(form.patient.phone), digits(form.representative?.phone)].filter(
    (number) => number.length === 10,
  );
  const stated = digits(form.consent?.responder);
  if (!said(form.consent?.messageId) || remote.consent === null) codes.add('F001');
  else if (!theirs.includes(stated)) codes.add('F001');
  else if (remote.consent.kind === 'not-found') codes.add('F001');
  else if (remote.consent.kind === 'found') {
    if (remote.consent.value.patientIin !== form.patient.iin) codes.add('F001');
    if (!theirs.includes(digits(remote.consent.value.responder))) codes.add('F001');
  }
  if (!said(form.number) || !realDay(form.formedOn)) codes.add('F003');
  if (!remote.law.expirySuspended) {
    const starts = [
      realDay(form.formedOn) ? (form.formedOn ?? '') : null,
      facts.signedAt ? wallDate(facts.signedAt) : null,
    ];
    for (const start of starts)
      if (start !== null && (monthLater(start) < dayNumber(today) || dayNumber(start) > dayNumber(today)))
        codes.add('F004');
  }
  const given: [string | undefined, RegistryAnswer<string | null> | null][] = [
    [form.patient.phone, facts.patientPhone],
    [form.representative?.phone, facts.representativePhone],
  ];
  const typed = given.filter(([phone]) => said(phone));
  if (typed.length === 0) codes.add('F005');
  else if (
    !typed.some(
      ([phone, answer]) =>
        answer?.kind === 'silent' ||
        (answer?.kind === 'found' && answer.value !== null && digits(answer.value) === digits(phone)),
    )
  )
    codes.add('F006');
  if (!facts.signatureHolds) codes.add('F007');

  // F008: every place of the form that must say something.
  const places: (string | undefined)[] = [
    ...[
      form.purpose,
      form.patient.iin,
      form.patient.surname,
      form.patient.name,
      form.organizationBin,
      form.icd10,
    ],
    ...[form.diagnosis, form.complaints, form.anamnesis, form.objectiveStatus, form.recommendations],
    ...[form.rehabilitation?.potential, form.rehabilitation?.diagnosis, form.rehabilitation?.route],
    ...[form.sender?.system, form.sender?.sentOn],
    ...(form.consultations ?? []).flatMap((each) => [
      ...[
        each.specialist,
        each.complaints,
        each.objective,
        each.dysfunction,
        each.diagnosis,
        each.recommendations,
      ],
    ]),
    ...(form.attachments ?? []).flatMap((each) => [each.storeId, each.kind, each.mediaType, each.sha256]),
    ...(form.technicalMeans ?? []).map((each) => each.defect),
  ];
  if (places.some((place) => !said(place))) codes.add('F008');
  if (!form.consultations?.length || !form.attachments?.length) codes.add('F008');
  const results = [form.laboratory, form.functional, form.xRay].flatMap((each) => each ?? []);
  if (!results.some((each) => said(each.name) && said(each.result))) codes.add('F008');
  if (!form.treatedCases?.some((each) => said(each.setting) && said(each.treatment))) codes.add('F008');
  if (form.purpose === 'disability-repeated' && !said(form.previousGroup?.group)) codes.add('F008');
  if (remote.files.some((file) => file.kind === 'unusable')) codes.add('F008');
  if (years !== null && fits[0]?.group === 'limb-defects') {
    const kinds = form.attachments?.map((each) => each.kind) ?? [];
    const needed = [...ALWAYS_FOR_LIMBS, ...(form.surgicalAmputation ? ['inpatient-card-insert-10'] : [])];
    if (needed.some((each) => !kinds.includes(each))) codes.add('F008');
  }
  if (said(form.organizationBin) && !remote.dispensary) {
    if (remote.attachment.kind === 'not-found') codes.add('F009');
    if (
      remote.attachment.kind === 'found' &&
      remote.attachment.value.organizationBin !== form.organizationBin?.trim()
    )
      codes.add('F009');
  }
  if (form.track === 'in-person') codes.add('F010');
  if (BARRED.includes(form.purpose ?? '')) codes.add('F011');
  for (const means of form.technicalMeans ?? []) {
    if (!said(means.defect) || remote.questionnaires?.kind === 'silent') continue;
    const filled = remote.questionnaires?.kind === 'found' ? remote.questionnaires.value : [];
    if (!filled.some((each) => each.trim().toLowerCase() === means.defect?.trim().toLowerCase()))
      codes.add('F012');
  }
  if (said(form.icd10) && fits.length === 0) codes.add('F013');
  (form.attachments ?? []).forEach((attachment, index) => {
    if (!said(attachment.storeId)) return;
    if (remote.files[index]?.kind === 'differs') codes.add('F014');
    if (remote.files[index]?.kind === 'missing') codes.add('F015');
  });
  if (facts.formUnderReview) codes.add('F017');

  if (facts.patient.kind === 'not-found' && said(form.patient.iin)) codes.add('REC002');
  if (me) {
    if (me.status === 'dead') codes.add('REC001');
    if (said(form.patient.surname) && said(form.patient.name) && form.patient.surname !== me.surname)
      codes.add('REC002');
    if (me.status === 'alive' && !me.hasPermanentRegistration) codes.add('REC003');
    if (me.status === 'emigrated') codes.add('REC004');
    if ((me.legalCapacity === 'incapable' || (years ?? 99) < 18) && !said(form.representative?.iin))
      codes.add('REC005');
  }
  if (said(form.representative?.iin)) {
    const other = facts.representative;
    if (other === null || other.kind === 'not-found') codes.add('LEG003');
    if (other?.kind === 'found') {
      if (other.value.status === 'dead') codes.add('LEG001');
      if (other.value.status === 'emigrated') codes.add('LEG002');
      if (other.value.surname !== form.representative?.surname) codes.add('LEG003');
    }
  }

  const asks: (RegistryAnswer<unknown> | null)[] = [
    ...[facts.patient, facts.representative, facts.patientPhone, facts.representativePhone, remote.consent],
    remote.dispensary ? null : remote.attachment,
    (form.technicalMeans ?? []).some(({ defect }) => said(defect)) ? remote.questionnaires : null,
  ];
  const silent =
    asks.some((each) => each?.kind === 'silent') || remote.files.some(({ kind }) => kind === 'silent');
  return { codes, waits: codes.size === 0 && silent };
}

const IIN = '700101300001';
const PHONE = '+77010012345';
const BIN = '990140000011';

const person: RegistryPerson = {
  surname: 'Әбенов',
  name: 'Самат',
  patronymic: null,
  birthDate: plainDate('1971-01-01'),
  status: 'alive',
  legalCapacity: 'capable',
  hasPermanentRegistration: true,
};

const rightForm: SubmittedForm = {
  number: '031-1',
  formedOn: '2026-11-20',
  track: 'remote-proactive',
  purpose: 'disability-first',
  patient: { iin: IIN, surname: 'Әбенов', name: 'Самат', patronymic: null, phone: PHONE },
  organizationBin: BIN,
  icd10: 'C50.9',
  diagnosis: 'Диагноз',
  complaints: 'Шағымдар',
  anamnesis: 'Анамнез',
  objectiveStatus: 'Объективті',
  recommendations: 'Ұсыныстар',
  consultations: [
    {
      specialist: 'Онколог',
      complaints: 'а',
      objective: 'б',
      dysfunction: 'severe',
      diagnosis: 'в',
      recommendations: 'г',
    },
  ],
  laboratory: [{ name: 'Талдау', result: 'Нәтиже' }],
  treatedCases: [{ setting: 'inpatient', treatment: 'Ем' }],
  rehabilitation: { potential: 'medium', diagnosis: 'д', route: 'е' },
  attachments: [{ storeId: 'f-1', kind: 'other', mediaType: 'application/pdf', sha256: 'aa' }],
  consent: { messageId: 'sms-1', responder: PHONE },
  sender: { system: 'damu', sentOn: '2026-11-20' },
};

/** Mostly the right value, now and then another. */
const mostly = <Value>(right: Value, ...others: fc.Arbitrary<Value>[]) =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constant(right) },
    ...others.map((arbitrary) => ({ weight: 2, arbitrary })),
  );
const absent = fc.constant(undefined);
const blank = fc.constant<string | undefined>(' ');
const answer = <Value>(right: Value, ...others: Value[]): fc.Arbitrary<RegistryAnswer<Value>> =>
  mostly<RegistryAnswer<Value>>(
    { kind: 'found', value: right },
    fc.constant({ kind: 'not-found' }),
    fc.constant({ kind: 'silent' }),
    ...others.map((value) => fc.constant<RegistryAnswer<Value>>({ kind: 'found', value })),
  );

const today = plainDate('2026-11-23');
const aDay = fc
  .date({ min: new Date('2023-12-01T00:00:00Z'), max: new Date('2028-03-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const nearby = (day: string) =>
  fc
    .integer({ min: -40, max: 3 })
    .map((shift) => new Date(Date.parse(`${day}T00:00:00Z`) + shift * 86_400_000).toISOString().slice(0, 10));

const attachment = fc.record({
  storeId: mostly<string | undefined>('f-1', absent, blank),
  kind: fc.constantFrom('other', 'inpatient-extract', 'limb-x-ray', 'inpatient-card-insert-10'),
  mediaType: mostly<string | undefined>('application/pdf', absent),
  sha256: mostly<string | undefined>('aa', absent),
});
const finding: fc.Arbitrary<FileFinding> = mostly<FileFinding>(
  { kind: 'fits' },
  fc.constantFrom<FileFinding>(
    { kind: 'missing' },
    { kind: 'differs' },
    { kind: 'silent' },
    { kind: 'unusable', why: 'damaged' },
  ),
);
const registered = fc
  .record({
    surname: mostly('Әбенов', fc.constant('Басқа')),
    status: mostly<RegistryPerson['status']>('alive', fc.constant('dead'), fc.constant('emigrated')),
    legalCapacity: mostly<RegistryPerson['legalCapacity']>('capable', fc.constant('incapable')),
    hasPermanentRegistration: mostly(true, fc.constant(false)),
    birthDate: mostly(
      '1971-01-01',
      fc.constantFrom('2009-11-24', '2008-11-23', '2008-02-29', '2015-06-01'),
    ).map(plainDate),
  })
  .chain((changes) => answer({ ...person, ...changes }));

const generated = fc
  .record({ today: mostly<string>(today, aDay), signature: mostly(true, fc.constant(false)) })
  .chain((base) =>
    fc.record({
      base: fc.constant(base),
      formedOn: mostly<string | undefined>(base.today, nearby(base.today), absent, fc.constant('2026-02-30')),
      signedOn: mostly(base.today, nearby(base.today)),
      minute: fc.integer({ min: 0, max: 23 * 60 + 59 }),
      number: mostly<string | undefined>('031-1', absent, blank),
      track: mostly<SubmittedForm['track']>('remote-proactive', fc.constant('in-person')),
      purpose: mostly<string | undefined>(
        'disability-first',
        fc.constantFrom('disability-repeated', 'disability-cause'),
        absent,
      ),
      iin: mostly<string | undefined>(IIN, absent),
      surname: mostly<string | undefined>('Әбенов', fc.constant('Басқа'), blank),
      phone: mostly<string | undefined>(
        PHONE,
        fc.constant('8 (701) 001-23-45'),
        fc.constant('12-34'),
        absent,
      ),
      representative: mostly<SubmittedForm['representative']>(
        undefined,
        fc.record({
          iin: mostly<string | undefined>('700101300002', absent),
          surname: fc.constantFrom('Әбенов', 'Оспанова'),
          name: fc.constant('Самат'),
          patronymic: fc.constant(null),
          phone: fc.constantFrom('+77015554433', PHONE, undefined),
        }),
      ),
      organizationBin: mostly<string | undefined>(BIN, fc.constant('990140000022'), absent),
      icd10: mostly<string | undefined>('C50.9', fc.constantFrom('S88.1', 'E10.6', 'I10', 'диагноз'), absent),
      anamnesis: mostly<string | undefined>('Анамнез', absent, blank),
      consultations: mostly<SubmittedForm['consultations']>(
        rightForm.consultations,
        absent,
        fc.constant([{ specialist: 'Онколог' }]),
      ),
      laboratory: mostly<SubmittedForm['laboratory']>(
        rightForm.laboratory,
        absent,
        fc.constant([{ name: 'Талдау' }]),
      ),
      treatedCases: mostly<SubmittedForm['treatedCases']>(
        rightForm.treatedCases,
        absent,
        fc.constant([{ setting: 'home' }]),
      ),
      rehabilitation: mostly<SubmittedForm['rehabilitation']>(rightForm.rehabilitation, absent),
      previousGroup: fc.constantFrom<SubmittedForm['previousGroup']>(undefined, { group: 'group-2' }),
      surgicalAmputation: fc.boolean(),
      technicalMeans: mostly<SubmittedForm['technicalMeans']>(
        undefined,
        fc.constantFrom([{ defect: 'S88' }], [{ defect: ' ' }]),
      ),
      attachments: mostly<SubmittedForm['attachments']>(
        rightForm.attachments,
        absent,
        fc.array(attachment, { maxLength: 4 }),
      ),
      consentId: mostly<string | undefined>('sms-1', absent),
      responder: mostly<string | undefined>(PHONE, fc.constant('+77015554433'), absent),
      sender: mostly<SubmittedForm['sender']>(rightForm.sender, absent, fc.constant({ system: 'damu' })),
      nothing: mostly(false, fc.constant(true)),
      patient: registered,
      other: registered,
      patientPhone: answer<string | null>(PHONE, '+77019999999', null),
      otherPhone: answer<string | null>('+77015554433', null),
      consent: answer(
        { patientIin: IIN, responder: PHONE },
        { patientIin: '1', responder: PHONE },
        { patientIin: IIN, responder: '+77015554433' },
      ),
      attached: answer({ organizationBin: BIN }),
      dispensary: mostly(false, fc.constant(true)),
      questionnaires: answer<readonly string[]>(['s88 '], []),
      files: fc.array(finding, { minLength: 4, maxLength: 4 }),
      suspended: mostly(false, fc.constant(true)),
      passed: mostly(false, fc.constant(true)),
      underReview: mostly(false, fc.constant(true)),
    }),
  );

test('IN-06, IN-07, IN-08, T31: over generated forms, facts and days the set of codes is that of an independent slow checker', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(generated, (given) => {
      const at = toInstant(
        plainDate(given.base.today),
        plainTime(
          `${String(Math.trunc(given.minute / 60)).padStart(2, '0')}:${String(given.minute % 60).padStart(2, '0')}`,
        ),
      );
      const form: SubmittedForm = {
        ...rightForm,
        ...{ number: given.number, formedOn: given.formedOn, track: given.track, purpose: given.purpose },
        patient: {
          iin: given.iin,
          surname: given.surname,
          name: 'Самат',
          patronymic: null,
          phone: given.phone,
        },
        ...{
          representative: given.representative,
          organizationBin: given.organizationBin,
          icd10: given.icd10,
        },
        ...{ anamnesis: given.anamnesis, consultations: given.consultations, laboratory: given.laboratory },
        ...{
          treatedCases: given.treatedCases,
          rehabilitation: given.rehabilitation,
          previousGroup: given.previousGroup,
        },
        ...{ surgicalAmputation: given.surgicalAmputation, technicalMeans: given.technicalMeans },
        ...{ attachments: given.attachments, sender: given.sender },
        consent: { messageId: given.consentId, responder: given.responder },
      };
      const hasOther = Boolean(form.representative?.iin);
      const since = plainDate('2020-01-01');
      const facts: IntakeFacts = {
        signatureHolds: given.base.signature,
        signedAt: given.base.signature ? toInstant(plainDate(given.signedOn), plainTime('00:00')) : null,
        patient: form.patient.iin ? given.patient : { kind: 'not-found' },
        representative: hasOther ? given.other : null,
        patientPhone: form.patient.iin ? given.patientPhone : { kind: 'not-found' },
        representativePhone: hasOther ? given.otherPhone : null,
        messageIdPassed: given.passed,
        formUnderReview: given.underReview,
        remote: {
          law: {
            nosology: LIST.map(({ begins, group, upTo }) => ({
              groupCode: group,
              icdPrefix: begins,
              exact: false,
              fromAge: null,
              untilAge: upTo,
              validFrom: since,
              validUntil: null,
            })),
            examinations: [
              ...ALWAYS_FOR_LIMBS.map((examinationCode) => ({
                groupCode: 'limb-defects',
                examinationCode,
                condition: 'always' as const,
                validFrom: since,
                validUntil: null,
              })),
              {
                groupCode: 'limb-defects',
                examinationCode: 'inpatient-card-insert-10',
                condition: 'surgical-amputation' as const,
                validFrom: since,
                validUntil: null,
              },
            ],
            barredPurposes: BARRED,
            expirySuspended: given.suspended,
          },
          consent: given.consentId ? given.consent : null,
          attachment: given.attached,
          dispensary: given.dispensary,
          questionnaires: form.technicalMeans?.some(({ defect }) => defect?.trim())
            ? given.questionnaires
            : null,
          files: given.files.slice(0, form.attachments?.length ?? 0),
        },
      };
      const sent = given.nothing ? null : form;
      const verdict = checkForm(sent, 'message', facts, at);
      const slow = slowCheck(sent, facts, at);
      const codes = verdict.kind === 'return' ? verdict.reasons.map(({ code }) => code) : [];
      expect(new Set(codes)).toEqual(slow.codes);
      expect(verdict.kind).toBe(slow.codes.size > 0 ? 'return' : slow.waits ? 'wait' : 'accept');
      for (const outcome of codes.length > 0 ? codes : [verdict.kind])
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }),
    { numRuns: 12_000, seed: 20261123 },
  );
  // Every code and every outcome was really met, so that the comparison says something.
  const rare = [...ERROR_CODES, 'accept', 'wait'].filter((what) => (seen.get(what) ?? 0) < 5);
  expect(rare).toEqual([]);
}, 120_000);

describe('the mode of technical failure', () => {
  const at = (text: string) => new Date(`${text}+05:00`);
  const act = {
    systemCode: 'damu',
    from: at('2026-11-20T09:00:00'),
    until: at('2026-11-25T18:00:00'),
    actDay: plainDate('2026-11-21'),
  };
  const holders = FAILURE_OFFICES.map((office, index) => ({
    office,
    systemCode: office === 'medical-system' ? 'damu' : null,
    iin: String(index),
    validFrom: plainDate('2026-01-01'),
    validUntil: plainDate('2026-11-21'),
  }));
  const signers = { health: '0', labour: '1', digital: '2', 'medical-system': '3' };
  const decide = (changes: Partial<typeof act> = {}, who: Partial<typeof signers> = {}) =>
    decideFailureAct(
      { ...act, ...changes },
      [],
      holders,
      { ...signers, ...who },
      today,
      plainDate('2026-11-20'),
    );

  test('PX-42: four signatures by the holders of the day of the act, and nothing less', () => {
    expect(decide()).toEqual({ ok: true });
    expect(decide({ actDay: plainDate('2026-11-22') })).toMatchObject({
      refusal: 'signatory-missing',
      office: 'health',
    });
    for (const office of FAILURE_OFFICES) {
      expect(decide({}, { [office]: null })).toMatchObject({ refusal: 'signature-missing', office });
      expect(decide({}, { [office]: 'wrong' })).toMatchObject({ refusal: 'signature-wrong', office });
      expect(decide({}, { [office]: '9' })).toMatchObject({ refusal: 'signer-not-holder', office });
    }
    // The representative of another system holds no office here.
    expect(decide({ systemCode: 'avicenna' })).toMatchObject({
      refusal: 'signatory-missing',
      office: 'medical-system',
    });
  });

  test('PX-43: the mode counts from its first instant to the last before its end, for an open act and its system alone', () => {
    const open = { ...act, state: 'open' };
    expect(failureAt([open], ' DAMU ', act.from)).toBe(open);
    expect(failureAt([open], 'damu', new Date(act.from.getTime() - 1))).toBeNull();
    expect(failureAt([open], 'damu', new Date(act.until.getTime() - 1))).toBe(open);
    expect(failureAt([open], 'damu', act.until)).toBeNull();
    expect(failureAt([open], 'avicenna', act.from)).toBeNull();
    expect(failureAt([{ ...act, state: 'proposed' }], 'damu', act.from)).toBeNull();
    expect(failureAt([open], undefined, act.from)).toBeNull();
  });

  test.each([
    [false, { purpose: 'disability-first' }, 'conclusion', null],
    [true, { purpose: 'disability-first', sender: { sentOn: '2026-10-02' } }, 'sent-day', '2026-10-02'],
    [true, { purpose: 'disability-first', sender: { sentOn: 'кеше' } }, 'sent-day', null],
    [
      true,
      { purpose: 'disability-repeated', previousGroup: { until: '2026-09-30' } },
      'earlier-term',
      '2026-09-30',
    ],
    [
      true,
      { purpose: 'rehabilitation-programme', previousGroup: { group: 'group-3' } },
      'earlier-term',
      null,
    ],
  ])('PX-43: in the mode %s, of %o the term counts by %s from %s', (mode, form, rule, from) => {
    expect(termStart(mode, form)).toEqual({ rule, from });
  });
});

test('IN-07: the day of the check is the wall date of Kazakhstan', () => {
  expect(toBusinessDate(new Date('2026-11-22T19:30:00Z'))).toBe(wallDate(new Date('2026-11-22T19:30:00Z')));
});
