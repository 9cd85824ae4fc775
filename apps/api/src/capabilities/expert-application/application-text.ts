import { type ApplicationFields, DOCUMENT_ITEMS, type DocumentItem, type Finding } from '@mse/domain/experts';
import { fullName, type PersonName } from '@mse/domain/shared';

/** What the signed application says. */
export interface ApplicationTextFacts {
  person: PersonName & { iin: string };
  fields: ApplicationFields;
  groups: { kk: string; ru: string }[];
  consentVersion: 'pilot' | 'order-393';
  findings: Record<DocumentItem, Finding>;
  files: { item: DocumentItem; name: string; sha256: string }[];
}

/**
 * C7: both dated wordings of the consent: that of the pilot names the Committee with its БИН and lets data go to third parties; that of order 393 does
 * neither. They stand here because what was signed is evidence.
 */
const CONSENT = {
  pilot: {
    kk: 'Қазақстан Республикасы Еңбек және халықты әлеуметтік қорғау министрлігінің Еңбек, әлеуметтік қорғау және көші-қон комитетіне (БСН 141140008702) менің дербес деректерімді және заңмен қорғалатын құпияны құрайтын мәліметтерді тізілімнен шыққанға дейін жинауға, өңдеуге және үшінші тұлғаларға беруге келісім беремін.',
    ru: 'Даю согласие Комитету труда, социальной защиты и миграции Министерства труда и социальной защиты населения Республики Казахстан (БИН 141140008702) на сбор и обработку моих персональных данных и сведений, составляющих охраняемую законом тайну, и на передачу их третьим лицам до исключения из реестра.',
  },
  'order-393': {
    kk: '«Дербес деректер және оларды қорғау туралы» Қазақстан Республикасы Заңының 8-бабына сәйкес дербес деректерімді және заңмен қорғалатын құпияны құрайтын мәліметтерді тізілімнен шыққанға дейін жинауға және өңдеуге келісім беремін.',
    ru: 'В соответствии со статьёй 8 Закона Республики Казахстан «О персональных данных и их защите» даю согласие на сбор и обработку моих персональных данных и сведений, составляющих охраняемую законом тайну, до исключения из реестра.',
  },
} as const;

const ITEMS: Record<DocumentItem, string> = {
  diploma: 'диплом / диплом',
  experience: 'еңбек өтілі / стаж работы',
  certificate: 'маман сертификаты / сертификат специалиста',
  training: 'МӘС бойынша даярлық / подготовка по МСЭ',
  psychiatry: '«Психиатрия» / «Психиатрия»',
  narcology: '«Наркология» / «Наркология»',
  'criminal-record': 'соттылық туралы мәліметтер / сведения о судимости',
};

/** How the signed text names where an item comes from; it says no finding, because the candidate does not judge. */
function originOf(finding: Finding, copies: number): string {
  if (copies > 0) return 'көшірмесі тіркелді / приложена копия';
  return finding === 'silent' || finding === 'missing'
    ? 'жүйелерден алынады / запрашивается из систем'
    : 'жүйелерден алынды / получено из систем';
}

/** RG-09: the application as it is signed, by the fields of annex 2 of order 393, in Kazakh and Russian. */
export function applicationText(facts: ApplicationTextFacts): string {
  const { person, fields, groups, consentVersion, findings, files } = facts;
  const consent = CONSENT[consentVersion];
  const list = (language: 'kk' | 'ru') => groups.map((group) => group[language]).join('; ');
  return [
    'Қазақстан Республикасы Еңбек және халықты әлеуметтік қорғау министрлігінің Еңбек, әлеуметтік қорғау және көші-қон комитетіне',
    `${fullName(person)}, ЖСН ${person.iin}, ${fields.address} мекенжайы бойынша тұратын`,
    'ӨТІНІШ',
    `Мені мына нозологиялық нысандар бойынша медициналық-әлеуметтік сараптаманың тәуелсіз сарапшысы ретінде тізілімге енгізуді сұраймын: ${list('kk')}.`,
    consent.kk,
    'Жалған ақпарат пен дәйексіз (жасанды) құжаттар бергенім үшін жауапкершілік туралы ескертілдім.',
    '«МОДБ» АЦЖ-да жұмыс жасау үшін қажет техникалық сипаттамалары бар компьютерім немесе ноутбугым бар.',
    '«МОДБ» АЦЖ-ға USB-модем арқылы қосылу мүмкіндігі бар интернетім бар.',
    'Қызметін төлеудің бекітілген тарифтерімен таныстым және келісемін.',
    'Дербес деректердің трансшекаралық берілуінің және жалпыға қолжетімді көздерде таралуының жоқтығы туралы хабардармын. Жиналатын деректердің тізбесі: ТАӘ, ЖСН, банк деректемелері, электрондық пошта, телефон нөмірі.',
    `Электрондық мекенжай: ${fields.email}. Телефон нөмірі: ${fields.phone}.`,
    '',
    'В Комитет труда, социальной защиты и миграции Министерства труда и социальной защиты населения Республики Казахстан',
    `от ${fullName(person)}, ИИН ${person.iin}, проживающего по адресу: ${fields.address}`,
    'ЗАЯВЛЕНИЕ',
    `Прошу включить меня в реестр в качестве независимого эксперта медико-социальной экспертизы по нозологическим формам: ${list('ru')}.`,
    consent.ru,
    'Предупреждён(а) об ответственности за предоставление ложных сведений и недостоверных (поддельных) документов.',
    'Имею компьютер или ноутбук с техническими характеристиками, необходимыми для работы в АЦС «ЦБДИ».',
    'Имею интернет с возможностью подключения к АЦС «ЦБДИ» через USB-модем.',
    'С утверждёнными тарифами оплаты услуг ознакомлен(а) и согласен(на).',
    'Уведомлён(а) об отсутствии трансграничной передачи персональных данных и их распространения в общедоступных источниках. Перечень собираемых данных: ФИО, ИИН, банковские реквизиты, электронная почта, телефон.',
    `Электронный адрес: ${fields.email}. Номер телефона: ${fields.phone}.`,
    '',
    'Құжаттар / Документы:',
    ...DOCUMENT_ITEMS.map((item, index) => {
      const own = files.filter((file) => file.item === item);
      return [
        `${index + 1}) ${ITEMS[item]}: ${originOf(findings[item], own.length)}`,
        ...own.map(({ name, sha256 }) => `   ${name}, SHA-256 ${sha256}`),
      ].join('\n');
    }),
  ].join('\n');
}
