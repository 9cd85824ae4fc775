-- The staff read Kazakh and Russian: what the law's numbers stand on is said in a language of the staff.
alter table policy disable trigger policy_written_once;
--> statement-breakpoint
create temporary table basis_words (english text primary key, russian text not null);
--> statement-breakpoint
insert into basis_words (english, russian) values
  ('Order 163 of 30 April 2026, annexes 2 and 12 to the list', 'Приказ № 163 от 30.04.2026, приложения 2 и 12 к перечню'),
  ('Order 163 of 30 April 2026, paragraph 4: until 12 July 2026 the wording of its annexes 1 and 2', 'Приказ № 163 от 30.04.2026, пункт 4: до 12.07.2026 действуют слова приложений 1 и 2'),
  ('Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: Akmola and Pavlodar from June 2025; the day follows from ten days after the last signature, the day of publication is not at hand', 'Совместный приказ № 168/292-НҚ/56 от 5, 9 и 11.06.2025, пункт 8 и приложение 1: Акмолинская и Павлодарская области с июня 2025 года; день посчитан как десять дней после последней подписи, дня публикации у нас нет'),
  ('Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: not begun', 'Совместный приказ № 168/292-НҚ/56 от 5, 9 и 11.06.2025, пункт 8 и приложение 1: ещё не начато'),
  ('Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: the other regions with DAMU from July 2025', 'Совместный приказ № 168/292-НҚ/56 от 5, 9 и 11.06.2025, пункт 8 и приложение 1: остальные регионы с системой DAMU с июля 2025 года'),
  ('Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: the other regions with the other systems from August 2025', 'Совместный приказ № 168/292-НҚ/56 от 5, 9 и 11.06.2025, пункт 8 и приложение 1: остальные регионы с другими системами с августа 2025 года'),
  ('Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: twelve months are over', 'Совместный приказ № 168/292-НҚ/56 от 5, 9 и 11.06.2025, пункт 8 и приложение 1: двенадцать месяцев прошли'),
  ('Joint order 378/615-НҚ/77, paragraph 14(5): the indicator itself stands in the contract', 'Совместный приказ № 378/615-НҚ/77, пункт 14, подпункт 5): сам показатель стоит в договоре'),
  ('Joint order 378/615-НҚ/77, paragraph 18 (pilot wording)', 'Совместный приказ № 378/615-НҚ/77, пункт 18 (слова пилота)'),
  ('Joint order 378/615-НҚ/77, paragraph 18, with the independent expert as the third; joint order 168/292-НҚ/56, paragraph 7', 'Совместный приказ № 378/615-НҚ/77, пункт 18, третий – независимый эксперт; совместный приказ № 168/292-НҚ/56, пункт 7'),
  ('Joint order 378/615-НҚ/77, paragraph 19; order 411, paragraph 3', 'Совместный приказ № 378/615-НҚ/77, пункт 19; приказ № 411, пункт 3'),
  ('Joint order 378/615-НҚ/77, paragraph 4 (pilot wording)', 'Совместный приказ № 378/615-НҚ/77, пункт 4 (слова пилота)'),
  ('Joint order 378/615-НҚ/77, paragraph 6: the list is not at hand; our reading of paragraph 7(5)–(7)', 'Совместный приказ № 378/615-НҚ/77, пункт 6: самого перечня у нас нет; наше прочтение подпунктов 5)–7) пункта 7'),
  ('Joint order 378/615-НҚ/77, paragraph 7(2) (pilot wording): the least length is not at hand', 'Совместный приказ № 378/615-НҚ/77, пункт 7, подпункт 2) (слова пилота): наименьшего стажа у нас нет'),
  ('Joint order 378/615-НҚ/77, paragraph 7(4) (pilot wording)', 'Совместный приказ № 378/615-НҚ/77, пункт 7, подпункт 4) (слова пилота)'),
  ('Joint order 378/615-НҚ/77, paragraphs 12-1 and 4(3); order 393, paragraph 11', 'Совместный приказ № 378/615-НҚ/77, пункты 12-1 и 4, подпункт 3); приказ № 393, пункт 11'),
  ('No text: our default', 'Текста нет: принято нами'),
  ('No text: our default for the weeks after the last day of dealing to independent experts', 'Текста нет: принято нами для недель после последнего дня распределения независимым экспертам'),
  ('No text: which purposes are barred is not at hand; these two rest on papers no form 031/у carries', 'Текста нет: каких целей нельзя, у нас нет; эти две опираются на бумаги, которых нет в форме 031/у'),
  ('Order 260, paragraph 45', 'Приказ № 260, пункт 45'),
  ('Order 260, paragraph 45; counted from the first SMS', 'Приказ № 260, пункт 45; считается от первого SMS'),
  ('Order 260, paragraph 45: our default', 'Приказ № 260, пункт 45: принято нами'),
  ('Order 260, paragraph 45: reading A', 'Приказ № 260, пункт 45: прочтение А'),
  ('Order 260, paragraph 73-1', 'Приказ № 260, пункт 73-1'),
  ('Order 260: the text of the terms is not at hand; usual terms of re-examination', 'Приказ № 260: текста о сроках у нас нет; обычные сроки переосвидетельствования'),
  ('Order 393, paragraph 9; that a technical failure leaves the retake is our default', 'Приказ № 393, пункт 9; что сбой не отнимает пересдачу, принято нами'),
  ('Order 408: the formula is not at hand; reconstruction from the legend of joint order 378/615-НҚ/77, paragraph 20', 'Приказ № 408: формулы у нас нет; восстановлена по обозначениям пункта 20 совместного приказа № 378/615-НҚ/77'),
  ('Pension age of the Social Code: 61 years for women, 63 for men', 'Пенсионный возраст по Социальному кодексу: 61 год для женщин, 63 года для мужчин'),
  ('Standard of the service, annex 1 (purposes) and item 7 (documents): our reading', 'Стандарт услуги, приложение 1 (цели) и пункт 7 (документы): наше прочтение'),
  ('Standard of the service, item 5(1)', 'Стандарт услуги, пункт 5, подпункт 1)'),
  ('Standard of the service, item 5(2)', 'Стандарт услуги, пункт 5, подпункт 2)'),
  ('Standard of the service, item 5(2); joint order 168/292-НҚ/56, paragraph 9', 'Стандарт услуги, пункт 5, подпункт 2); совместный приказ № 168/292-НҚ/56, пункт 9'),
  ('Standard of the service, item 5(2): reading of the cut-off', 'Стандарт услуги, пункт 5, подпункт 2): наше прочтение часа отсечки'),
  ('Standard of the service, item 9(1)', 'Стандарт услуги, пункт 9, подпункт 1)'),
  ('Standard of the service, item 9(1): end of the remote window', 'Стандарт услуги, пункт 9, подпункт 1): конец времени заочного освидетельствования'),
  ('Standard of the service, items 5(2) and 5(3); joint order 168/292-НҚ/56, paragraph 9; joint order 378/615-НҚ/77, paragraph 18-1', 'Стандарт услуги, пункт 5, подпункты 2) и 3); совместный приказ № 168/292-НҚ/56, пункт 9; совместный приказ № 378/615-НҚ/77, пункт 18-1'),
  ('The tariff of the year is not at hand', 'Тарифа этого года у нас нет'),
  ('Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', 'Совместный приказ № 168/292-НҚ/56 от 5, 9 и 11.06.2025, приложение 1 к алгоритму'),
  ('Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm; that children are persons under 18 is our reading', 'Совместный приказ № 168/292-НҚ/56 от 5, 9 и 11.06.2025, приложение 1 к алгоритму; что дети – лица до 18 лет, прочтение наше'),
  ('Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', 'Стандарт услуги, пункт «прочее», подпункт 4); самого перечня у нас нет: наше прочтение форм, названных публично в январе 2026 года'),
  ('Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026; children are persons under 18', 'Стандарт услуги, пункт «прочее», подпункт 4); самого перечня у нас нет: наше прочтение форм, названных публично в январе 2026 года; дети – лица до 18 лет'),
  ('Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', 'Совместный приказ № 168/292-НҚ/56 от 5, 9 и 11.06.2025, приложение 2 к алгоритму');
--> statement-breakpoint
update policy set basis = russian from basis_words where basis = english;
--> statement-breakpoint
update term_set set basis = russian from basis_words where basis = english;
--> statement-breakpoint
update nosology_code set basis = russian from basis_words where basis = english;
--> statement-breakpoint
update mandatory_examination set basis = russian from basis_words where basis = english;
--> statement-breakpoint
drop table basis_words;
--> statement-breakpoint
alter table policy enable trigger policy_written_once;
