import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate, plainTime, toInstant } from '../shared/index.ts';
import { ageOn, checkForm, type IntakeFacts, type RegistryPerson } from './checks.ts';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';
import { emptyRows, MANDATORY_ROWS, type SubmittedForm } from './form-031.ts';

const now = toInstant(plainDate('2026-11-23'), plainTime('11:00'));
const phone = '+77010012345';

const patient: RegistryPerson = {
  surname: 'Нұрғалиева',
  name: 'Айгүл',
  patronymic: 'Серікқызы',
  birthDate: plainDate('1980-05-17'),
  status: 'alive',
  legalCapacity: 'capable',
  hasPermanentRegistration: true,
};
const mother: RegistryPerson = { ...patient, surname: 'Сәрсенова', name: 'Динара', patronymic: 'Болатқызы' };

const form: SubmittedForm = {
  number: '031-1',
  formedOn: '2026-11-20',
  track: 'in-person',
  purpose: 'disability-first',
  patient: {
    iin: '123456789012',
    surname: patient.surname,
    name: patient.name,
    patronymic: patient.patronymic,
    phone,
  },
  organizationBin: '123456789012',
  icd10: 'I69.3',
  diagnosis: 'Ишемиялық инсульттің салдары',
  complaints: 'Бас айналу',
  anamnesis: '2025 жылдан бері ауырады',
  objectiveStatus: 'Жағдайы орташа',
  recommendations: 'Оңалту',
};

const facts: IntakeFacts = {
  signatureHolds: true,
  signedAt: toInstant(plainDate('2026-11-20'), plainTime('15:00')),
  patient: { kind: 'found', value: patient },
  representative: null,
  patientPhone: { kind: 'found', value: phone },
  representativePhone: null,
  messageIdPassed: false,
  formUnderReview: false,
};

const child: RegistryPerson = { ...patient, birthDate: plainDate('2018-01-01') };
const withMother: SubmittedForm = {
  ...form,
  representative: {
    iin: '210987654321',
    surname: mother.surname,
    name: mother.name,
    patronymic: mother.patronymic,
    phone,
  },
};
const motherFound: Partial<IntakeFacts> = {
  patient: { kind: 'found', value: child },
  representative: { kind: 'found', value: mother },
  representativePhone: { kind: 'found', value: phone },
};

function codes(submitted: SubmittedForm | null, changed: Partial<IntakeFacts> = {}): ErrorCode[] {
  const verdict = checkForm(submitted, 'message-1', { ...facts, ...changed }, now);
  return verdict.kind === 'return' ? verdict.reasons.map((reason) => reason.code) : [];
}
const found = (changed: Partial<RegistryPerson>) => ({
  kind: 'found' as const,
  value: { ...patient, ...changed },
});
const kind = (submitted: SubmittedForm | null, changed: Partial<IntakeFacts> = {}) =>
  checkForm(submitted, 'message-1', { ...facts, ...changed }, now).kind;

describe('A form that is right', () => {
  test('IN-06, IN-07: is accepted for an adult', () => {
    expect(checkForm(form, 'message-1', facts, now)).toEqual({ kind: 'accept' });
  });

  test('IN-06, IN-07: is accepted for a child with the mother as representative, by her number alone too', () => {
    expect(kind(withMother, motherFound)).toBe('accept');
    const childWithoutPhone = { ...withMother, patient: { ...withMother.patient, phone: undefined } };
    expect(kind(childWithoutPhone, { ...motherFound, patientPhone: { kind: 'not-found' } })).toBe('accept');
  });

  test('IN-06: the spelling of a name by ё, letter case or dash, and of a number by spaces, does not matter', () => {
    const spelled = {
      ...form,
      patient: { ...form.patient, surname: 'НҰРҒАЛИЕВА ', phone: '8 701 001 23 45' },
    };
    expect(kind(spelled)).toBe('accept');
  });
});

describe('What the form itself lacks', () => {
  test('IN-07 F002: a message without a form', () => {
    expect(codes(null)).toEqual(['F002']);
  });

  test.each([
    ['no number', { number: undefined }],
    ['a blank number', { number: '  ' }],
    ['no date', { formedOn: undefined }],
    ['a date that does not exist', { formedOn: '2026-02-30' }],
    ['a date in another spelling', { formedOn: '20.11.2026' }],
  ])('IN-07 F003: %s', (_what, changed) => {
    expect(codes({ ...form, ...changed })).toEqual(['F003']);
  });

  test.each([
    ['2026-10-22', '2026-11-20', ['F004'], 'formed a month and a day ago'],
    ['2026-10-23', '2026-11-20', [], 'formed a month ago'],
    ['2026-11-20', '2026-10-22', ['F004'], 'signed a month and a day ago'],
    ['2026-10-23', '2026-10-23', [], 'formed and signed a month ago'],
    ['2026-11-24', '2026-11-23', ['F004'], 'formed tomorrow'],
    ['2026-11-23', '2026-11-23', [], 'formed and signed today'],
  ])('IN-07 F004: formed on %s, signed on %s: %j (%s)', (formedOn, signed, expected) => {
    expect(
      codes({ ...form, formedOn }, { signedAt: toInstant(plainDate(signed), plainTime('15:00')) }),
    ).toEqual(expected);
  });

  test('IN-07 F004: a form of the last day of January holds until the last day of February', () => {
    const signedAt = toInstant(plainDate('2026-01-31'), plainTime('10:00'));
    const january = { ...form, formedOn: '2026-01-31' };
    const on = (date: string) =>
      checkForm(january, 'message-1', { ...facts, signedAt }, toInstant(plainDate(date), plainTime('23:59')))
        .kind;
    expect(on('2026-02-28')).toBe('accept');
    expect(on('2026-03-01')).toBe('return');
  });

  test('IN-06 F005: no number at all, of the patient or the representative', () => {
    expect(codes({ ...form, patient: { ...form.patient, phone: undefined } })).toEqual(['F005']);
    expect(codes({ ...form, patient: { ...form.patient, phone: '   ' } })).toEqual(['F005']);
  });

  test.each([
    ['another number is registered', { patientPhone: { kind: 'found', value: '+77010099999' } }],
    ['none is registered', { patientPhone: { kind: 'found', value: null } }],
    ['the base does not know the person', { patientPhone: { kind: 'not-found' } }],
  ] as const)('IN-06 F006: %s', (_what, changed) => {
    expect(codes(form, changed)).toEqual(['F006']);
  });

  test('IN-06 F006: a number that is none cannot be registered', () => {
    expect(codes({ ...form, patient: { ...form.patient, phone: '12-34' } })).toEqual(['F006']);
  });

  test('IN-06 F006: one registered number of the two is enough', () => {
    expect(codes(withMother, { ...motherFound, patientPhone: { kind: 'not-found' } })).toEqual([]);
    expect(
      codes(withMother, {
        ...motherFound,
        patientPhone: { kind: 'not-found' },
        representativePhone: { kind: 'not-found' },
      }),
    ).toEqual(['F006']);
  });

  test('IN-07 F007: no signature that holds', () => {
    expect(codes(form, { signatureHolds: false })).toEqual(['F007']);
    expect(codes(form, { signatureHolds: false, signedAt: null })).toEqual(['F007']);
  });

  test.each(MANDATORY_ROWS)('IN-07 F008: row %s empty or blank is named', (row) => {
    for (const empty of [undefined, '', ' \n\t']) {
      const submitted = row.startsWith('patient.')
        ? { ...form, patient: { ...form.patient, [row.slice('patient.'.length)]: empty } }
        : { ...form, [row]: empty };
      expect(emptyRows(submitted)).toEqual([row]);
      const verdict = checkForm(submitted, 'message-1', facts, now);
      expect(verdict).toEqual({ kind: 'return', reasons: [{ code: 'F008', detail: row }] });
    }
  });

  test('IN-07 F008: an empty form names all its empty rows in the order of the form', () => {
    expect(emptyRows({ track: 'in-person', patient: {} })).toEqual([...MANDATORY_ROWS]);
  });

  test('IN-12 F016: a message id that passed before with other content, with the id in the reason', () => {
    expect(checkForm(form, 'message-1', { ...facts, messageIdPassed: true }, now)).toEqual({
      kind: 'return',
      reasons: [{ code: 'F016', detail: 'message-1' }],
    });
    expect(codes(null, { messageIdPassed: true })).toEqual(['F016', 'F002']);
  });

  test('IN-12 F017: another form of the person under review, with the ИИН in the reason', () => {
    expect(checkForm(form, 'message-1', { ...facts, formUnderReview: true }, now)).toEqual({
      kind: 'return',
      reasons: [{ code: 'F017', detail: '123456789012' }],
    });
  });
});

describe('What the registry of persons says of the patient', () => {
  test('IN-06 REC001: the patient is dead', () => {
    expect(codes(form, { patient: found({ status: 'dead' }) })).toEqual(['REC001']);
  });

  test('IN-06 REC001: of somebody dead no missing registration is complained of', () => {
    expect(codes(form, { patient: found({ status: 'dead', hasPermanentRegistration: false }) })).toEqual([
      'REC001',
    ]);
  });

  test.each([
    ['surname', { surname: 'Нурпеисова' }],
    ['name', { name: 'Айгерім' }],
    ['patronymic', { patronymic: null }],
  ])('IN-06 REC002: another %s is registered under the number', (_what, changed) => {
    expect(codes(form, { patient: found(changed) })).toEqual(['REC002']);
  });

  test('IN-06 REC002: nobody is registered under the number', () => {
    expect(codes(form, { patient: { kind: 'not-found' } })).toEqual(['REC002']);
  });

  test('IN-06 REC002: a text that is no ИИН belongs to nobody and does not slip through', () => {
    expect(
      codes({ ...form, patient: { ...form.patient, iin: '12345' } }, { patient: { kind: 'not-found' } }),
    ).toEqual(['REC002']);
  });

  test('IN-06 REC003: no permanent registration', () => {
    expect(codes(form, { patient: found({ hasPermanentRegistration: false }) })).toEqual(['REC003']);
  });

  test('IN-06 REC004: the patient has left for good', () => {
    expect(codes(form, { patient: found({ status: 'emigrated', hasPermanentRegistration: false }) })).toEqual(
      ['REC004'],
    );
  });

  test('IN-06 REC005: a child or an incapable person without a representative', () => {
    expect(codes(form, { patient: found({ birthDate: plainDate('2018-01-01') }) })).toEqual(['REC005']);
    expect(codes(form, { patient: found({ legalCapacity: 'incapable' }) })).toEqual(['REC005']);
    expect(
      codes(
        { ...form, representative: { surname: 'Сәрсенова' } },
        { patient: found({ legalCapacity: 'incapable' }) },
      ),
    ).toEqual(['REC005']);
  });

  test('IN-06 REC005: limited capacity needs no representative', () => {
    expect(codes(form, { patient: found({ legalCapacity: 'limited' }) })).toEqual([]);
  });

  test.each([
    ['2008-11-24', ['REC005'], 'the day before the eighteenth birthday'],
    ['2008-11-23', [], 'the eighteenth birthday'],
  ])('IN-06 REC005: born on %s: %j (%s)', (birthDate, expected) => {
    expect(codes(form, { patient: found({ birthDate: plainDate(birthDate) }) })).toEqual(expected);
  });
});

describe('What the registry of persons says of the representative', () => {
  test('IN-06 LEG001: the representative is dead', () => {
    expect(
      codes(withMother, {
        ...motherFound,
        representative: { kind: 'found', value: { ...mother, status: 'dead' } },
      }),
    ).toEqual(['LEG001']);
  });

  test('IN-06 LEG002: the representative has left for good', () => {
    expect(
      codes(withMother, {
        ...motherFound,
        representative: { kind: 'found', value: { ...mother, status: 'emigrated' } },
      }),
    ).toEqual(['LEG002']);
  });

  test('IN-06 LEG003: another name, or nobody, is registered under the number', () => {
    expect(
      codes(withMother, {
        ...motherFound,
        representative: { kind: 'found', value: { ...mother, surname: 'Оспанова' } },
      }),
    ).toEqual(['LEG003']);
    expect(codes(withMother, { ...motherFound, representative: { kind: 'not-found' } })).toEqual(['LEG003']);
  });

  test('IN-06 LEG003: a representative without a name, or with a text that is no ИИН, does not slip through', () => {
    const nameless = { ...withMother, representative: { iin: '210987654321', phone } };
    expect(codes(nameless, motherFound)).toEqual(['LEG003']);
    const unreadable = { ...withMother, representative: { ...withMother.representative, iin: '12345' } };
    expect(codes(unreadable, { ...motherFound, representative: null })).toEqual(['LEG003']);
  });

  test('IN-06: a representative who is dead under another name has both reasons', () => {
    const other = { ...mother, status: 'dead' as const, name: 'Алма' };
    expect(codes(withMother, { ...motherFound, representative: { kind: 'found', value: other } })).toEqual([
      'LEG001',
      'LEG003',
    ]);
  });
});

describe('Several reasons', () => {
  test('IN-08: everything wrong is said at once', () => {
    const worst: SubmittedForm = {
      ...withMother,
      number: '',
      formedOn: '2026-09-01',
      diagnosis: '',
      patient: { ...form.patient, phone: '+77010099999' },
      representative: { ...withMother.representative, phone: undefined },
    };
    expect(
      codes(worst, {
        signatureHolds: false,
        messageIdPassed: true,
        formUnderReview: true,
        patient: { kind: 'found', value: { ...child, surname: 'Басқа', hasPermanentRegistration: false } },
        representative: { kind: 'found', value: { ...mother, status: 'dead', surname: 'Басқа' } },
      }),
    ).toEqual([
      'F016',
      'F003',
      'F004',
      'F006',
      'F007',
      'F008',
      'F017',
      'REC002',
      'REC003',
      'LEG001',
      'LEG003',
    ]);
  });

  test('IN-08: faults do not hide one another: any two together give the reasons of both', () => {
    type Fault = {
      code: ErrorCode;
      form?: Partial<SubmittedForm>;
      facts?: Partial<IntakeFacts>;
      person?: Partial<RegistryPerson>;
      guardian?: Partial<RegistryPerson>;
    };
    const faults: Fault[] = [
      { code: 'F003', form: { number: '' } },
      { code: 'F004', form: { formedOn: '2026-10-01' } },
      {
        code: 'F006',
        facts: { patientPhone: { kind: 'not-found' }, representativePhone: { kind: 'not-found' } },
      },
      { code: 'F007', facts: { signatureHolds: false } },
      { code: 'F008', form: { complaints: '' } },
      { code: 'F016', facts: { messageIdPassed: true } },
      { code: 'F017', facts: { formUnderReview: true } },
      { code: 'REC001', person: { status: 'dead' } },
      { code: 'REC002', person: { surname: 'Басқа' } },
      { code: 'REC003', person: { hasPermanentRegistration: false } },
      { code: 'LEG001', guardian: { status: 'dead' } },
      { code: 'LEG003', guardian: { name: 'Басқа' } },
    ];
    fc.assert(
      fc.property(fc.subarray(faults), (chosen) => {
        const submitted: SubmittedForm = Object.assign({}, withMother, ...chosen.map((fault) => fault.form));
        const given: Partial<IntakeFacts> = Object.assign(
          {},
          motherFound,
          ...chosen.map((fault) => fault.facts),
          {
            patient: {
              kind: 'found',
              value: Object.assign({}, child, ...chosen.map((fault) => fault.person)),
            },
            representative: {
              kind: 'found',
              value: Object.assign({}, mother, ...chosen.map((fault) => fault.guardian)),
            },
          },
        );
        // Of somebody dead the registration is not asked.
        const expected = chosen
          .map((fault) => fault.code)
          .filter((code) => code !== 'REC003' || !chosen.some((fault) => fault.code === 'REC001'));
        expect(codes(submitted, given).toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  test('IN-08: whatever a sender writes, there is a verdict, every reason is a known code and stands once', () => {
    const person = fc.record(
      {
        iin: fc.string(),
        surname: fc.string(),
        name: fc.string(),
        patronymic: fc.option(fc.string()),
        phone: fc.string(),
      },
      { requiredKeys: [] },
    );
    const anyForm = fc.record(
      {
        number: fc.string(),
        formedOn: fc.oneof(fc.string(), fc.constant('2026-11-20')),
        track: fc.constant('in-person' as const),
        patient: person,
        representative: person,
        organizationBin: fc.string(),
        diagnosis: fc.string({ unit: 'binary' }),
      },
      { requiredKeys: ['track', 'patient'] },
    );
    const answers = fc.constantFrom<IntakeFacts['patient'][]>(
      { kind: 'silent' },
      { kind: 'not-found' },
      { kind: 'found', value: patient },
    );
    fc.assert(
      fc.property(anyForm, answers, fc.option(answers), (submitted, patientAnswer, representative) => {
        const given = codes(submitted as SubmittedForm, { patient: patientAnswer, representative });
        expect(given.length).toBeGreaterThan(0);
        expect(new Set(given).size).toBe(given.length);
        for (const code of given) expect(ERROR_CODES).toContain(code);
      }),
    );
  });
});

describe('A registry that does not answer', () => {
  test.each([
    ['the registry of persons about the patient', { patient: { kind: 'silent' } }, ['persons']],
    ['the base of mobile citizens', { patientPhone: { kind: 'silent' } }, ['mobile-citizens']],
    [
      'both',
      { patient: { kind: 'silent' }, patientPhone: { kind: 'silent' } },
      ['persons', 'mobile-citizens'],
    ],
  ] as const)('IN-06: %s silent lets the form wait and returns nothing', (_what, changed, silent) => {
    expect(checkForm(form, 'message-1', { ...facts, ...changed }, now)).toEqual({ kind: 'wait', silent });
  });

  test('IN-06: silence about the representative lets the form wait as well', () => {
    expect(kind(withMother, { ...motherFound, representative: { kind: 'silent' } })).toBe('wait');
    expect(kind(withMother, { ...motherFound, representativePhone: { kind: 'silent' } })).toBe('wait');
  });

  test('IN-06 F006: while the base is silent about one of two numbers, nobody can say that neither is registered', () => {
    expect(
      kind(withMother, {
        ...motherFound,
        patientPhone: { kind: 'not-found' },
        representativePhone: { kind: 'silent' },
      }),
    ).toBe('wait');
  });

  test('IN-08: what is certainly wrong is returned although a registry is silent', () => {
    expect(codes({ ...form, diagnosis: '' }, { patient: { kind: 'silent' } })).toEqual(['F008']);
  });
});

describe('Age', () => {
  test.each([
    ['1980-05-17', '2026-05-16', 45],
    ['1980-05-17', '2026-05-17', 46],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2008-02-29', '2028-02-29', 20],
  ])('REC005: born on %s, on %s a person is %i', (birthDate, on, age) => {
    expect(ageOn(plainDate(birthDate), plainDate(on))).toBe(age);
  });
});

test('IN-07: the table of codes has the seventeen of the form, five of the recipient and three of the representative', () => {
  expect(ERROR_CODES.filter((code) => code.startsWith('F'))).toHaveLength(17);
  expect(ERROR_CODES.filter((code) => code.startsWith('REC'))).toHaveLength(5);
  expect(ERROR_CODES.filter((code) => code.startsWith('LEG'))).toHaveLength(3);
});
