/** What the rows of a remote form may say, invented and about nobody. `icd10` belongs to a form of the list. */
export interface DemoPapers {
  icd10: string;
  diagnosis: string;
  complaints: string;
  anamnesis: string;
  objectiveStatus: string;
  treatment: string;
  summary: string;
  recommendations: string;
}

/** Papers of the ordinary way, in the language of the clinic's record. */
export const ORDINARY_PAPERS: readonly DemoPapers[] = [
  {
    icd10: 'C50.4',
    diagnosis: 'Рак молочной железы, IIIB стадия, состояние после комбинированного лечения',
    complaints: 'Слабость, отёк руки, ограничение движений в плечевом суставе',
    anamnesis: 'Болеет около года, проведена операция и шесть курсов химиотерапии',
    objectiveStatus: 'Состояние средней тяжести, лимфостаз второй степени, сила кисти снижена',
    treatment: 'Гормональная терапия, наблюдение онколога',
    summary: 'Общий анализ крови: лёгкая анемия. Ультразвуковое исследование: без признаков рецидива',
    recommendations: 'Реабилитация, компрессионный рукав, наблюдение онколога',
  },
  {
    icd10: 'A15.0',
    diagnosis: 'Өкпенің инфильтративті туберкулезі, ыдырау фазасы',
    complaints: 'Жөтел, әлсіздік, ентігу',
    anamnesis: 'Сегіз айдан бері ауырады, стационарлық ем алды',
    objectiveStatus: 'Жағдайы орташа ауыр, тыныс алу жиілігі минутына 22 рет',
    treatment: 'Туберкулезге қарсы препараттар, екінші қатар',
    summary: 'Рентген: оң жақ өкпенің жоғарғы бөлігінде ыдырау қуысы',
    recommendations: 'Емді жалғастыру, фтизиатрдың бақылауы',
  },
  {
    icd10: 'G81.1',
    diagnosis: 'Последствия инсульта: правосторонняя спастическая гемиплегия',
    complaints: 'Отсутствие движений в правой руке, затруднение ходьбы и речи',
    anamnesis: 'Инсульт девять месяцев назад, три курса реабилитации',
    objectiveStatus: 'Сила в правой руке 1 балл, в правой ноге 3 балла, ходит с опорой',
    treatment: 'Вторичная профилактика инсульта, лечебная физкультура',
    summary: 'Магнитно-резонансная томография: очаг в бассейне левой средней мозговой артерии',
    recommendations: 'Реабилитация, трость, ортез',
  },
  {
    icd10: 'G82.1',
    diagnosis: 'Жұлын жарақатының салдары: төменгі спастикалық параплегия',
    complaints: 'Аяқтарының қозғалмауы, жамбас мүшелерінің бұзылысы',
    anamnesis: 'Жарақаттан кейін он төрт ай өтті, екі рет оңалту курсынан өтті',
    objectiveStatus: 'Аяқтарының күші 0–1 балл, өз бетімен жүре алмайды',
    treatment: 'Спазмға қарсы ем, емдік дене шынықтыру',
    summary: 'Компьютерлік томография: кеуде омыртқасының ескі сынығы',
    recommendations: 'Кресло-арба, үйді бейімдеу, оңалту',
  },
];

/** Papers of the special mechanism: one head decides. */
export const SPECIAL_PAPERS: DemoPapers = {
  icd10: 'Q90.0',
  diagnosis: 'Синдром Дауна, трисомия 21, умственная отсталость умеренной степени',
  complaints: 'Нуждается в постоянном сопровождении',
  anamnesis: 'Диагноз подтверждён при рождении, наблюдается у невролога и психиатра',
  objectiveStatus: 'Речь простыми словами, обслуживает себя с помощью',
  treatment: 'Занятия с логопедом и дефектологом',
  summary: 'Кариотип: трисомия 21',
  recommendations: 'Сопровождение, занятость в центре дневного пребывания',
};

/** A form of the list for which nobody in the demonstration's register is entered: its case shows the waiting list. */
export const WAITING_PAPERS: DemoPapers = {
  icd10: 'G91.1',
  diagnosis: 'Обструктивная гидроцефалия, состояние после шунтирования',
  complaints: 'Головная боль, шаткость походки',
  anamnesis: 'Шунтирование полтора года назад, одна ревизия шунта',
  objectiveStatus: 'Походка атактическая, сила достаточная',
  treatment: 'Наблюдение нейрохирурга',
  summary: 'Компьютерная томография: желудочки расширены, шунт на месте',
  recommendations: 'Наблюдение, исключить тяжёлый труд',
};

/** Papers that tell of somebody by name, which only a person may strike out: the case is held. */
export const HELD_PAPERS: DemoPapers = {
  icd10: 'C34.1',
  diagnosis: 'Рак лёгкого, IV стадия',
  complaints: 'Одышка, боль в груди',
  anamnesis:
    'Со слов соседки Тимофеевой Прасковьи Лукиничны, ухаживает она; её телефон 8 705 111 22 33. Болеет с весны, проживает по улице Виноградова, дом 7',
  objectiveStatus: 'Состояние тяжёлое, одышка в покое',
  treatment: 'Паллиативная терапия',
  summary: 'Компьютерная томография: метастазы в печень',
  recommendations: 'Паллиативная помощь, уход',
};
