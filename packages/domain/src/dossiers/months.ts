/** Months by the stems of their names in Kazakh, Russian and English. */
export const MONTHS: readonly { stems: readonly string[] }[] = [
  { stems: ['қаңтар', 'январ', 'jan', 'янв'] },
  { stems: ['ақпан', 'феврал', 'feb', 'фев'] },
  { stems: ['наурыз', 'март', 'mar'] },
  { stems: ['сәуір', 'апрел', 'apr', 'апр'] },
  { stems: ['мамыр', 'ма[йяюе]', 'may'] },
  { stems: ['маусым', 'июн', 'jun'] },
  { stems: ['шілде', 'июл', 'jul'] },
  { stems: ['тамыз', 'август', 'aug', 'авг'] },
  { stems: ['қыркүйек', 'сентябр', 'sep', 'сен'] },
  { stems: ['қазан', 'октябр', 'oct', 'окт'] },
  { stems: ['қараша', 'ноябр', 'nov', 'ноя'] },
  { stems: ['желтоқсан', 'декабр', 'dec', 'дек'] },
];
