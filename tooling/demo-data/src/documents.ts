import type { ExaminationPurpose, SubmittedForm } from '@mse/domain/intake';
import type { Random } from './population/random.ts';
import type { Clinic, Person } from './population/types.ts';

/** A form as it came: the content of form 031/у with the name of its clinic. */
export type FormDocument = SubmittedForm & { organizationName?: string; purpose?: ExaminationPurpose };

interface MedicalCase {
  icd10: string;
  diagnosis: string;
  complaints: string;
  anamnesis: string;
  objectiveStatus: string;
  treatment: string;
  recommendations: string;
}

/** What the rows of a form may say, in the language of the clinic's record. Invented, about nobody. */
const cases: Record<'kk' | 'ru', readonly MedicalCase[]> = {
  kk: [
    {
      icd10: 'I69.3',
      diagnosis: 'Ишемиялық инсульттің салдары, оң жақты жеңіл гемипарез',
      complaints: 'Оң қолы мен аяғының әлсіздігі, бас айналу',
      anamnesis: 'Бір жыл бұрын ишемиялық инсульт өткерген, стационарлық ем алған',
      objectiveStatus: 'Жағдайы қанағаттанарлық, оң жақ аяқ-қолының күші 4 балл',
      treatment: 'Антигипертензиялық ем, емдік дене шынықтыру',
      recommendations: 'Медициналық оңалту, неврологтың бақылауы',
    },
    {
      icd10: 'M17.0',
      diagnosis: 'Екі жақты гонартроз, III саты',
      complaints: 'Тізе буындарының ауыруы, жүрудің қиындауы',
      anamnesis: 'Жеті жылдан бері ауырады, жыл сайын емделеді',
      objectiveStatus: 'Тізе буындарының қозғалысы шектелген, таяққа сүйеніп жүреді',
      treatment: 'Қабынуға қарсы ем, физиотерапия',
      recommendations: 'Ортопедтің кеңесі, жүруге арналған таяқ',
    },
    {
      icd10: 'H54.1',
      diagnosis: 'Екі көздің көру қабілетінің айтарлықтай төмендеуі',
      complaints: 'Көзінің нашар көруі',
      anamnesis: 'Көру қабілеті бес жылда біртіндеп төмендеген',
      objectiveStatus: 'Көру өткірлігі: оң көзі 0,1; сол көзі 0,05',
      treatment: 'Офтальмологтың бақылауы',
      recommendations: 'Тифлотехникалық құралдар, ақ таяқ',
    },
  ],
  ru: [
    {
      icd10: 'I25.2',
      diagnosis: 'Перенесённый инфаркт миокарда, стенокардия напряжения, ФК III',
      complaints: 'Одышка и боль в груди при ходьбе до 100 метров',
      anamnesis: 'Инфаркт миокарда восемь месяцев назад, стентирование',
      objectiveStatus: 'Состояние удовлетворительное, отёков нет, тест шестиминутной ходьбы 270 м',
      treatment: 'Базисная терапия ишемической болезни сердца',
      recommendations: 'Кардиологическая реабилитация, наблюдение кардиолога',
    },
    {
      icd10: 'G80.1',
      diagnosis: 'Спастическая диплегия',
      complaints: 'Затруднение ходьбы, быстрая утомляемость',
      anamnesis: 'Наблюдается у невролога с первого года жизни',
      objectiveStatus: 'Мышечный тонус в ногах повышен, ходит с опорой',
      treatment: 'Лечебная физкультура, массаж, ортезирование',
      recommendations: 'Курсы реабилитации, ортопедическая обувь',
    },
    {
      icd10: 'E10.7',
      diagnosis: 'Сахарный диабет 1 типа со множественными осложнениями',
      complaints: 'Снижение зрения, онемение стоп',
      anamnesis: 'Болеет пятнадцать лет, на инсулинотерапии',
      objectiveStatus: 'Диабетическая полинейропатия, непролиферативная ретинопатия',
      treatment: 'Инсулинотерапия, самоконтроль гликемии',
      recommendations: 'Наблюдение эндокринолога, школа диабета',
    },
  ],
};

const purposes: readonly { purpose: ExaminationPurpose; weight: number }[] = [
  { purpose: 'disability-first', weight: 45 },
  { purpose: 'disability-repeated', weight: 35 },
  { purpose: 'rehabilitation-programme', weight: 8 },
  { purpose: 'rehabilitation-programme-correction', weight: 5 },
  { purpose: 'general-capacity-loss', weight: 4 },
  { purpose: 'professional-capacity-loss', weight: 2 },
  { purpose: 'injured-worker-needs', weight: 1 },
];

/** A form as a careful clinic fills it: nothing in it is wrong. `formedOn` is the day of its signing. */
export function fillForm(
  random: Random,
  wish: { number: string; formedOn: string; patient: Person; representative: Person | null; clinic: Clinic },
): FormDocument {
  const { patient, representative, clinic } = wish;
  const language = patient.preferredLanguage === 'kk' ? 'kk' : 'ru';
  return {
    number: wish.number,
    formedOn: wish.formedOn,
    track: 'in-person',
    purpose: random.weighted(purposes).purpose,
    patient: describe(patient),
    ...(representative === null ? {} : { representative: describe(representative) }),
    organizationBin: clinic.bin,
    organizationName: clinic.name[language],
    ...random.pick(cases[language]),
  };
}

function describe({ iin, surname, name, patronymic, phone }: Person): SubmittedForm['patient'] {
  return { iin, surname, name, patronymic, ...(phone === null ? {} : { phone }) };
}
