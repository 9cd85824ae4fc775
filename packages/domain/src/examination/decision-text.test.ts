import { describe, expect, test } from 'vitest';
import { EXAMINATION_PURPOSES } from '../intake/index.ts';
import { plainDate } from '../shared/index.ts';
import { type DecisionTextFacts, decisionText, signedDecisionText } from './decision-text.ts';
import {
  type DecisionContent,
  DISABILITY_CAUSES,
  DISABILITY_OUTCOMES,
  NONCONFORMITY_KINDS,
} from './decision.ts';

const FACTS: DecisionTextFacts = {
  caseCode: 'K7M2-9QXA',
  expertCode: 'E-00042',
  purpose: 'disability-first',
  sex: 'female',
  ageYears: 45,
  icd10: 'C50.4',
  examinedOn: plainDate('2026-11-26'),
};
const DECISION: DecisionContent = {
  kind: 'conclusion',
  conclusion: {
    disability: {
      outcome: 'group-2',
      cause: 'general-disease',
      term: { kind: 'until', until: plainDate('2027-11-26') },
    },
    generalLoss: { percent: 60, term: { kind: 'indefinite' } },
    professionalLoss: null,
    programme: { social: ['Экзопротез'], vocational: ['Кәсіптік бағдар'], term: { kind: 'indefinite' } },
    injuredWorkerNeeds: null,
    diagnosis: 'Сүт безінің қатерлі ісігі',
    reasons: 'Тұрақты бұзылу',
  },
};

describe('PX-30: the text an expert signs', () => {
  test('PX-30: says everything that was decided, and nothing that names a person, in Kazakh', () => {
    expect(decisionText(DECISION, FACTS, 'kk')).toBe(
      [
        'САРАПТАМАЛЫҚ ШЕШІМ',
        'Істің коды: K7M2-9QXA',
        'Сарапшының коды: E-00042',
        'Куәландыру мақсаты: мүгедектікті белгілеу, алғашқы куәландыру',
        'Куәландырылатын адам: әйел, толық жасы – 45',
        'АХЖ-10 бойынша коды: C50.4',
        'Куәландыру күні: 26.11.2026',
        'Мүгедектік: екінші топ белгіленді',
        'Себебі: жалпы ауру',
        'Мерзімі: 26.11.2027 дейін',
        'Жалпы еңбекке қабілеттіліктен айырылу дәрежесі (ЖЕҚА): 60 %',
        'Мерзімі: қайта куәландыру мерзімінсіз',
        'Абилитациялаудың және оңалтудың жеке бағдарламасы, әлеуметтік бөлігі:',
        '– Экзопротез',
        'Абилитациялаудың және оңалтудың жеке бағдарламасы, кәсіптік бөлігі:',
        '– Кәсіптік бағдар',
        'Бағдарламаның мерзімі: қайта куәландыру мерзімінсіз',
        'Клиникалық-сараптамалық диагноз: Сүт безінің қатерлі ісігі',
        'Негіздеме: Тұрақты бұзылу',
      ].join('\n'),
    );
  });

  test('PX-31: a decision of nonconformity names its kinds, in Russian', () => {
    expect(
      decisionText(
        { kind: 'nonconformity', kinds: ['purpose', 'evidence'], reasons: 'Нет ЭМГ' },
        FACTS,
        'ru',
      ),
    ).toBe(
      [
        'ЭКСПЕРТНОЕ РЕШЕНИЕ О НЕСООТВЕТСТВИИ',
        'Код дела: K7M2-9QXA',
        'Код эксперта: E-00042',
        'Цель освидетельствования: установление инвалидности, первичное освидетельствование',
        'Освидетельствуемое лицо: женский пол, полных лет – 45',
        'Код по МКБ-10: C50.4',
        'Дата освидетельствования: 26.11.2026',
        'Виды несоответствия:',
        '– цель направления не соответствует',
        '– лабораторные и функциональные данные, подтверждающие степень нарушений, не соответствуют',
        'Обоснование: Нет ЭМГ',
      ].join('\n'),
    );
  });

  test('PX-30: the signed text holds both languages, and the same decision always gives the same text', () => {
    const text = signedDecisionText(DECISION, FACTS);
    expect(text.split('\n\n')).toEqual([
      decisionText(DECISION, FACTS, 'kk'),
      decisionText(DECISION, FACTS, 'ru'),
    ]);
    expect(signedDecisionText(structuredClone(DECISION), { ...FACTS })).toBe(text);
  });

  test('PX-30: any two decisions that differ give different texts in both languages', () => {
    const { conclusion } = DECISION;
    const decisions: DecisionContent[] = [
      ...DISABILITY_OUTCOMES.flatMap((outcome) =>
        DISABILITY_CAUSES.flatMap((cause) =>
          (
            [
              { kind: 'until', until: plainDate('2027-05-26') },
              { kind: 'until-age', age: 10 },
              { kind: 'indefinite' },
            ] as const
          ).map((term): DecisionContent => ({
            kind: 'conclusion',
            conclusion: { ...conclusion, disability: { outcome, cause, term } },
          })),
        ),
      ),
      ...[0, 1, 100].map((percent): DecisionContent => ({
        kind: 'conclusion',
        conclusion: {
          ...conclusion,
          professionalLoss: { percent, cause: 'work-injury', term: { kind: 'indefinite' } },
        },
      })),
      { kind: 'conclusion', conclusion: { ...conclusion, injuredWorkerNeeds: ['Күтім'] } },
      ...NONCONFORMITY_KINDS.map((kind): DecisionContent => ({
        kind: 'nonconformity',
        kinds: [kind],
        reasons: 'r',
      })),
    ];
    for (const language of ['kk', 'ru'] as const) {
      const texts = new Set(decisions.map((each) => decisionText(each, FACTS, language)));
      expect(texts.size).toBe(decisions.length);
    }
    for (const language of ['kk', 'ru'] as const) {
      const texts = new Set(
        EXAMINATION_PURPOSES.map((purpose) => decisionText(DECISION, { ...FACTS, purpose }, language)),
      );
      expect(texts.size).toBe(EXAMINATION_PURPOSES.length);
    }
  });

  test('PX-30: where disability is not in question the text says so', () => {
    const needs: DecisionContent = {
      kind: 'conclusion',
      conclusion: {
        ...DECISION.conclusion,
        disability: { outcome: 'not-established', cause: null, term: null },
        injuredWorkerNeeds: ['Күтім'],
      },
    };
    const facts: DecisionTextFacts = { ...FACTS, purpose: 'injured-worker-needs' };
    expect(decisionText(needs, facts, 'ru')).toContain('Инвалидность: не входит в цель освидетельствования');
    expect(decisionText(needs, FACTS, 'ru')).toContain('Инвалидность: не установлена');
  });
});
