import type { ExaminationPurpose } from '../intake/index.ts';
import { assertNever, type PlainDate } from '../shared/index.ts';
import type {
  ConclusionContent,
  DecisionContent,
  DecisionTerm,
  DisabilityCause,
  DisabilityOutcome,
  NonconformityKind,
} from './decision.ts';

/** What a decision says besides its content. Nothing of it names a person. */
export interface DecisionTextFacts {
  /** Name of the case on the expert's desk. */
  caseCode: string;
  /** Code of the expert in the register. */
  expertCode: string;
  purpose: ExaminationPurpose;
  sex: 'female' | 'male';
  ageYears: number;
  icd10: string;
  /** PX-01. */
  examinedOn: PlainDate;
}

/** Languages in which decisions are written: the state language and Russian. */
export type DecisionLanguage = 'kk' | 'ru';

interface Words {
  decision: string;
  nonconformity: string;
  caseCode: string;
  expertCode: string;
  purpose: string;
  purposes: Record<ExaminationPurpose, string>;
  person: (sex: string, age: number) => string;
  sex: Record<'female' | 'male', string>;
  icd10: string;
  examinedOn: string;
  disability: string;
  outcome: Record<DisabilityOutcome, string>;
  notAsked: string;
  cause: string;
  causes: Record<DisabilityCause, string>;
  term: string;
  until: (day: string) => string;
  untilAge: (age: number) => string;
  indefinite: string;
  generalLoss: string;
  professionalLoss: string;
  social: string;
  vocational: string;
  programmeTerm: string;
  needs: string;
  diagnosis: string;
  reasons: string;
  kinds: string;
  kind: Record<NonconformityKind, string>;
}

/** The words stand here and not with those of the screens: what was signed is evidence and must not change when a screen is reworded. */
const WORDS: Record<DecisionLanguage, Words> = {
  kk: {
    decision: 'САРАПТАМАЛЫҚ ШЕШІМ',
    nonconformity: 'СӘЙКЕССІЗДІК ТУРАЛЫ САРАПТАМАЛЫҚ ШЕШІМ',
    caseCode: 'Істің коды',
    expertCode: 'Сарапшының коды',
    purpose: 'Куәландыру мақсаты',
    purposes: {
      'disability-first': 'мүгедектікті белгілеу, алғашқы куәландыру',
      'disability-repeated': 'мүгедектікті белгілеу, қайта куәландыру',
      'disability-cause': 'мүгедектік себебін өзгерту',
      'general-capacity-loss': 'жалпы еңбекке қабілеттіліктен айырылу дәрежесін белгілеу',
      'professional-capacity-loss': 'кәсіптік еңбекке қабілеттіліктен айырылу дәрежесін белгілеу',
      'rehabilitation-programme': 'абилитациялаудың және оңалтудың жеке бағдарламасын қалыптастыру',
      'rehabilitation-programme-correction': 'абилитациялаудың және оңалтудың жеке бағдарламасын түзету',
      'injured-worker-needs':
        'зардап шеккен қызметкердің көмектің қосымша түрлері мен күтімге мұқтаждығын белгілеу',
    },
    person: (sex, age) => `Куәландырылатын адам: ${sex}, толық жасы – ${age}`,
    sex: { female: 'әйел', male: 'ер' },
    icd10: 'АХЖ-10 бойынша коды',
    examinedOn: 'Куәландыру күні',
    disability: 'Мүгедектік',
    outcome: {
      'group-1': 'бірінші топ белгіленді',
      'group-2': 'екінші топ белгіленді',
      'group-3': 'үшінші топ белгіленді',
      child: '«мүгедектігі бар бала» санаты белгіленді',
      'not-established': 'белгіленген жоқ',
    },
    notAsked: 'куәландыру мақсатына кірмейді',
    cause: 'Себебі',
    causes: {
      'general-disease': 'жалпы ауру',
      'work-injury': 'еңбек жарақаты',
      'occupational-disease': 'кәсіптік ауру',
      'since-childhood': 'бала кезінен мүгедектік',
      'military-service':
        'әскери қызмет (қызметтік міндеттер) кезінде алған жаралану, контузия, мертігу, ауру',
      ecological: 'төтенше экологиялық жағдайлар, радиациялық әсер',
    },
    term: 'Мерзімі',
    until: (day) => `${day} дейін`,
    untilAge: (age) => `${age} жасқа толғанға дейін`,
    indefinite: 'қайта куәландыру мерзімінсіз',
    generalLoss: 'Жалпы еңбекке қабілеттіліктен айырылу дәрежесі (ЖЕҚА)',
    professionalLoss: 'Кәсіптік еңбекке қабілеттіліктен айырылу дәрежесі (КЕҚА)',
    social: 'Абилитациялаудың және оңалтудың жеке бағдарламасы, әлеуметтік бөлігі',
    vocational: 'Абилитациялаудың және оңалтудың жеке бағдарламасы, кәсіптік бөлігі',
    programmeTerm: 'Бағдарламаның мерзімі',
    needs: 'Зардап шеккен қызметкердің көмектің қосымша түрлері мен күтімге мұқтаждығы',
    diagnosis: 'Клиникалық-сараптамалық диагноз',
    reasons: 'Негіздеме',
    kinds: 'Сәйкессіздік түрлері',
    kind: {
      'diagnosis-not-listed': 'диагноз нозологиялық нысандар тізбесінде жоқ',
      purpose: 'жолдама мақсаты сәйкес келмейді',
      evidence: 'бұзылу дәрежесін растайтын зертханалық және функционалдық деректер сәйкес келмейді',
    },
  },
  ru: {
    decision: 'ЭКСПЕРТНОЕ РЕШЕНИЕ',
    nonconformity: 'ЭКСПЕРТНОЕ РЕШЕНИЕ О НЕСООТВЕТСТВИИ',
    caseCode: 'Код дела',
    expertCode: 'Код эксперта',
    purpose: 'Цель освидетельствования',
    purposes: {
      'disability-first': 'установление инвалидности, первичное освидетельствование',
      'disability-repeated': 'установление инвалидности, повторное освидетельствование',
      'disability-cause': 'изменение причины инвалидности',
      'general-capacity-loss': 'установление степени утраты общей трудоспособности',
      'professional-capacity-loss': 'установление степени утраты профессиональной трудоспособности',
      'rehabilitation-programme': 'формирование индивидуальной программы абилитации и реабилитации',
      'rehabilitation-programme-correction': 'коррекция индивидуальной программы абилитации и реабилитации',
      'injured-worker-needs':
        'установление нуждаемости пострадавшего работника в дополнительных видах помощи и уходе',
    },
    person: (sex, age) => `Освидетельствуемое лицо: ${sex}, полных лет – ${age}`,
    sex: { female: 'женский пол', male: 'мужской пол' },
    icd10: 'Код по МКБ-10',
    examinedOn: 'Дата освидетельствования',
    disability: 'Инвалидность',
    outcome: {
      'group-1': 'установлена первая группа',
      'group-2': 'установлена вторая группа',
      'group-3': 'установлена третья группа',
      child: 'установлена категория «ребёнок с инвалидностью»',
      'not-established': 'не установлена',
    },
    notAsked: 'не входит в цель освидетельствования',
    cause: 'Причина',
    causes: {
      'general-disease': 'общее заболевание',
      'work-injury': 'трудовое увечье',
      'occupational-disease': 'профессиональное заболевание',
      'since-childhood': 'инвалидность с детства',
      'military-service':
        'ранение, контузия, увечье, заболевание при прохождении воинской службы (исполнении служебных обязанностей)',
      ecological: 'чрезвычайные экологические ситуации, радиационное воздействие',
    },
    term: 'Срок',
    until: (day) => `до ${day}`,
    untilAge: (age) => `до достижения возраста ${age} лет`,
    indefinite: 'без срока переосвидетельствования',
    generalLoss: 'Степень утраты общей трудоспособности (УОТ)',
    professionalLoss: 'Степень утраты профессиональной трудоспособности (УПТ)',
    social: 'Индивидуальная программа абилитации и реабилитации, социальная часть',
    vocational: 'Индивидуальная программа абилитации и реабилитации, профессиональная часть',
    programmeTerm: 'Срок программы',
    needs: 'Нуждаемость пострадавшего работника в дополнительных видах помощи и уходе',
    diagnosis: 'Клинико-экспертный диагноз',
    reasons: 'Обоснование',
    kinds: 'Виды несоответствия',
    kind: {
      'diagnosis-not-listed': 'диагноз не входит в перечень нозологических форм',
      purpose: 'цель направления не соответствует',
      evidence: 'лабораторные и функциональные данные, подтверждающие степень нарушений, не соответствуют',
    },
  },
};

const written = (day: PlainDate) => day.split('-').reverse().join('.');
const list = (items: readonly string[]) => items.map((item) => `– ${item}`);

/** Purposes for which disability itself is in question. */
const DISABILITY_PURPOSES: readonly ExaminationPurpose[] = [
  'disability-first',
  'disability-repeated',
  'disability-cause',
];

function termText(words: Words, term: DecisionTerm): string {
  switch (term.kind) {
    case 'until':
      return words.until(written(term.until));
    case 'until-age':
      return words.untilAge(term.age);
    case 'indefinite':
      return words.indefinite;
    default:
      return assertNever(term);
  }
}

/** PX-30: a conclusion in words, one element a line; what is not part of it is not mentioned. */
export function conclusionText(
  conclusion: ConclusionContent<DecisionTerm>,
  purpose: ExaminationPurpose,
  language: DecisionLanguage,
): string {
  const words = WORDS[language];
  const { disability, generalLoss, professionalLoss, programme, injuredWorkerNeeds } = conclusion;
  const inQuestion = DISABILITY_PURPOSES.includes(purpose) || disability.outcome !== 'not-established';
  const lines = [`${words.disability}: ${inQuestion ? words.outcome[disability.outcome] : words.notAsked}`];
  if (disability.cause) lines.push(`${words.cause}: ${words.causes[disability.cause]}`);
  if (disability.term) lines.push(`${words.term}: ${termText(words, disability.term)}`);
  if (generalLoss)
    lines.push(
      `${words.generalLoss}: ${generalLoss.percent} %`,
      `${words.term}: ${termText(words, generalLoss.term)}`,
    );
  if (professionalLoss)
    lines.push(
      `${words.professionalLoss}: ${professionalLoss.percent} %`,
      `${words.cause}: ${words.causes[professionalLoss.cause]}`,
      `${words.term}: ${termText(words, professionalLoss.term)}`,
    );
  if (programme && programme.social.length > 0) lines.push(`${words.social}:`, ...list(programme.social));
  if (programme && programme.vocational.length > 0)
    lines.push(`${words.vocational}:`, ...list(programme.vocational));
  if (programme) lines.push(`${words.programmeTerm}: ${termText(words, programme.term)}`);
  if (injuredWorkerNeeds) lines.push(`${words.needs}:`, ...list(injuredWorkerNeeds));
  lines.push(`${words.diagnosis}: ${conclusion.diagnosis}`, `${words.reasons}: ${conclusion.reasons}`);
  return lines.join('\n');
}

/** PX-30, PX-31: a decision as it is read and signed, in one language. The same decision always gives the same text. */
export function decisionText(
  content: DecisionContent,
  facts: DecisionTextFacts,
  language: DecisionLanguage,
): string {
  const words = WORDS[language];
  const head = [
    content.kind === 'conclusion' ? words.decision : words.nonconformity,
    `${words.caseCode}: ${facts.caseCode}`,
    `${words.expertCode}: ${facts.expertCode}`,
    `${words.purpose}: ${words.purposes[facts.purpose]}`,
    words.person(words.sex[facts.sex], facts.ageYears),
    `${words.icd10}: ${facts.icd10}`,
    `${words.examinedOn}: ${written(facts.examinedOn)}`,
  ];
  const body =
    content.kind === 'conclusion'
      ? [conclusionText(content.conclusion, facts.purpose, language)]
      : [
          `${words.kinds}:`,
          ...list(content.kinds.map((kind) => words.kind[kind])),
          `${words.reasons}: ${content.reasons}`,
        ];
  return [...head, ...body].join('\n');
}

/** PX-30: the whole text an expert signs: in Kazakh, then in Russian. */
export function signedDecisionText(content: DecisionContent, facts: DecisionTextFacts): string {
  return (['kk', 'ru'] as const).map((language) => decisionText(content, facts, language)).join('\n\n');
}
