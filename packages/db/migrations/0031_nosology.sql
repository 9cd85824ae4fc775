-- PX-06, SN: the list of nosological forms and their mandatory examinations, as dated data. What the orders leave open is ours and marked assumed.
alter table nosology_code add column exact boolean not null default false;
--> statement-breakpoint
alter table nosology_code add column assumed boolean not null default false;
--> statement-breakpoint
alter table nosology_code add constraint nosology_code_ages check (from_age is null or until_age is null or from_age <= until_age);
--> statement-breakpoint
alter table nosology_code add constraint nosology_code_days check (valid_until is null or valid_from <= valid_until);
--> statement-breakpoint
-- One diagnosis at one age on one day has one line, whatever the code does. btree_gist was installed by 0010.
alter table nosology_code add constraint nosology_code_alone exclude using gist (
  icd_prefix with =,
  (exact::int) with =,
  int4range(from_age, until_age, '[]') with &&,
  daterange(valid_from, valid_until, '[]') with &&);
--> statement-breakpoint
create table examination_kind (
  code text primary key,
  name jsonb not null
);
--> statement-breakpoint
create table mandatory_examination (
  id uuid primary key,
  group_code text references nosology_group (code),
  examination_code text not null references examination_kind (code),
  condition text not null,
  position integer not null,
  valid_from date not null,
  valid_until date,
  basis text not null,
  assumed boolean not null default false,
  constraint mandatory_examination_condition check (condition in ('always', 'surgical-amputation', 'diagnosis-set', 'if-any', 'by-indication')),
  constraint mandatory_examination_days check (valid_until is null or valid_from <= valid_until),
  constraint mandatory_examination_alone exclude using gist (
    (coalesce(group_code, '')) with =,
    examination_code with =,
    daterange(valid_from, valid_until, '[]') with &&)
);
--> statement-breakpoint
create index mandatory_examination_group on mandatory_examination (group_code);
--> statement-breakpoint
create table medical_system (
  code text primary key,
  name jsonb not null
);
--> statement-breakpoint
grant select, insert on examination_kind, mandatory_examination, medical_system to saraptama_app;
--> statement-breakpoint
-- A line of the list is ended by its last day and never rewritten.
revoke update on nosology_code from saraptama_app;
--> statement-breakpoint
grant update (valid_until) on nosology_code, mandatory_examination to saraptama_app;
--> statement-breakpoint
-- What was entered by mistake and has not begun may be taken out again; the audit keeps what it said.
grant delete on nosology_code, mandatory_examination to saraptama_app;
--> statement-breakpoint
insert into nosology_group (code, name, special) values
  ('limb-defects', '{"kk": "Туа біткен және жүре пайда болған қалпына келмейтін кемістіктер – аяқ-қолдың болмауы және (немесе) ампутациясы", "ru": "Врождённые и приобретённые необратимые дефекты – отсутствие и (или) ампутация конечностей", "en": "Congenital and acquired irreversible defects: absence and/or amputation of limbs"}', true),
  ('down-syndrome', '{"kk": "Даун синдромы", "ru": "Синдром Дауна", "en": "Down syndrome"}', true),
  ('mucopolysaccharidosis-children', '{"kk": "Балалардағы мукополисахаридоз", "ru": "Мукополисахаридоз у детей", "en": "Mucopolysaccharidosis in children"}', true),
  ('oncology', '{"kk": "Қатерлі ісіктер", "ru": "Злокачественные новообразования", "en": "Malignant tumours"}', false),
  ('tuberculosis', '{"kk": "Барлық орналасудағы туберкулез", "ru": "Туберкулёз всех локализаций", "en": "Tuberculosis of all sites"}', false),
  ('anatomical-defects', '{"kk": "Туа біткен және жүре пайда болған өзге анатомиялық кемістіктер", "ru": "Иные врождённые и приобретённые анатомические дефекты", "en": "Other congenital and acquired anatomical defects"}', false),
  ('mental-disorders', '{"kk": "Психикалық аурулар", "ru": "Психические заболевания", "en": "Mental diseases"}', false),
  ('type-1-diabetes-children', '{"kk": "Балалардағы 1-типті қант диабеті", "ru": "Сахарный диабет 1 типа у детей", "en": "Type 1 diabetes in children"}', false),
  ('organ-transplantation', '{"kk": "Ағза трансплантаттаудан кейінгі жағдай", "ru": "Состояние после трансплантации органов", "en": "State after organ transplantation"}', false),
  ('hydrocephalus', '{"kk": "Шынайы гидроцефалия", "ru": "Истинная гидроцефалия", "en": "True hydrocephalus"}', false),
  ('paralysis', '{"kk": "Бір немесе бірнеше аяқ-қолдың тұрақты айқын салдануы немесе терең парезі", "ru": "Стойкие выраженные параличи или глубокие парезы одной или нескольких конечностей", "en": "Stable marked paralysis or deep paresis of one or more limbs"}', false)
on conflict (code) do update set name = excluded.name, special = excluded.special;
--> statement-breakpoint
insert into nosology_code (id, group_code, icd_prefix, exact, from_age, until_age, valid_from, basis, assumed) values
  ('01976000-0000-7000-8000-000000000001', 'limb-defects', 'Q71.0', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000002', 'limb-defects', 'Q71.1', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000003', 'limb-defects', 'Q71.2', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000004', 'limb-defects', 'Q71.3', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000005', 'limb-defects', 'Q72.0', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000006', 'limb-defects', 'Q72.1', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000007', 'limb-defects', 'Q72.2', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000008', 'limb-defects', 'Q72.3', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000009', 'limb-defects', 'S48', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000010', 'limb-defects', 'S58', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000011', 'limb-defects', 'S68', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000012', 'limb-defects', 'S78', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000013', 'limb-defects', 'S88', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000014', 'limb-defects', 'S98.0', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000015', 'limb-defects', 'S98.1', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000016', 'limb-defects', 'S98.2', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000017', 'limb-defects', 'S98.3', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000018', 'limb-defects', 'T05', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000019', 'limb-defects', 'S98', true, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000020', 'down-syndrome', 'Q90', false, null, null, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm', false),
  ('01976000-0000-7000-8000-000000000021', 'mucopolysaccharidosis-children', 'E76', false, null, 17, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 1 to the algorithm; that children are persons under 18 is our reading', true),
  ('01976000-0000-7000-8000-000000000022', 'oncology', 'C', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000023', 'tuberculosis', 'A15', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000024', 'tuberculosis', 'A16', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000025', 'tuberculosis', 'A17', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000026', 'tuberculosis', 'A18', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000027', 'tuberculosis', 'A19', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000028', 'anatomical-defects', 'Q71', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000029', 'anatomical-defects', 'Q72', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000030', 'anatomical-defects', 'Q73', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000031', 'anatomical-defects', 'Z89', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000032', 'anatomical-defects', 'Z90', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000033', 'anatomical-defects', 'Q60', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000034', 'anatomical-defects', 'Q30', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000035', 'anatomical-defects', 'Q11', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000036', 'mental-disorders', 'F', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000037', 'type-1-diabetes-children', 'E10', false, null, 17, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026; children are persons under 18', true),
  ('01976000-0000-7000-8000-000000000038', 'organ-transplantation', 'Z94', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000039', 'organ-transplantation', 'T86', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000040', 'hydrocephalus', 'G91', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000041', 'hydrocephalus', 'Q03', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000042', 'paralysis', 'G80', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000043', 'paralysis', 'G81', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000044', 'paralysis', 'G82', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000045', 'paralysis', 'G83.0', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000046', 'paralysis', 'G83.1', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000047', 'paralysis', 'G83.2', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true),
  ('01976000-0000-7000-8000-000000000048', 'paralysis', 'G83.3', false, null, null, '2025-01-01', 'Standard of the service, item "other" 4); the list itself is not at hand: our reading of the forms named in public in January 2026', true);
--> statement-breakpoint
insert into examination_kind (code, name) values
  ('inpatient-extract', '{"kk": "Стационарлық науқастың тарихынан үзінді", "ru": "Выписка из истории стационарного больного", "en": "Extract from the inpatient history"}'),
  ('orthopaedist-conclusion', '{"kk": "Травматолог-ортопедтің (ересектер, балалар) және (немесе) хирургтың тұқылдың жай-күйі мен ампутация деңгейін қамтитын толық жергілікті статусы бар қорытындысы", "ru": "Заключение травматолога-ортопеда (взрослого, детского) и (или) хирурга с полным локальным статусом: состояние культи, уровень ампутации", "en": "Conclusion of a traumatologist-orthopaedist and/or surgeon with the full local status: state of the stump, level of amputation"}'),
  ('limb-x-ray', '{"kk": "Зақымданған аяқ-қолдың рентгенографиясы, ампутация деңгейі көрсетілген рентгенолог қорытындысы", "ru": "Рентгенография поражённой конечности с заключением рентгенолога об уровне ампутации", "en": "X-ray of the affected limb with the radiologist''s conclusion on the level of amputation"}'),
  ('inpatient-card-insert-10', '{"kk": "Стационарлық пациенттің медициналық картасына (№ 001/е нысаны) 10-қосымша парақ", "ru": "Вкладной лист 10 к медицинской карте стационарного пациента (форма № 001/у)", "en": "Insert sheet 10 to the inpatient card (form 001/у)"}'),
  ('karyotype', '{"kk": "Шеткі қан лимфоциттерінің кариотипі", "ru": "Кариотип лимфоцитов периферической крови", "en": "Karyotype of peripheral blood lymphocytes"}'),
  ('geneticist-conclusion', '{"kk": "Генетик қорытындысы", "ru": "Заключение генетика", "en": "Geneticist''s conclusion"}'),
  ('neurologist-conclusion', '{"kk": "Невролог қорытындысы", "ru": "Заключение невролога", "en": "Neurologist''s conclusion"}'),
  ('psychiatrist-conclusion', '{"kk": "Психикалық функциялардың бұзылу дәрежесі көрсетілген психиатр қорытындысы", "ru": "Заключение психиатра со степенью нарушения психических функций", "en": "Psychiatrist''s conclusion with the degree of disorder of mental functions"}'),
  ('pmpk-conclusion', '{"kk": "Психологиялық-медициналық-педагогикалық консультацияның қорытындысы", "ru": "Заключение психолого-медико-педагогической консультации", "en": "Conclusion of the psychological-medical-pedagogical consultation"}'),
  ('patient-card-extract', '{"kk": "Амбулаториялық және (немесе) стационарлық картадан үзінділер", "ru": "Выписки из амбулаторной и (или) стационарной карты", "en": "Extracts from the outpatient and/or inpatient card"}'),
  ('dna-mutation', '{"kk": "Молекулалық-генетикалық зерттеумен анықталған ДНҚ мутациясы", "ru": "Мутация ДНК, выявленная молекулярно-генетическим исследованием", "en": "DNA mutation found by a molecular-genetic study"}'),
  ('additional-examination', '{"kk": "Медициналық көрсетілімдер бойынша қосымша тексерулер", "ru": "Дополнительные обследования по медицинским показаниям", "en": "Additional examinations by medical indication"}');
--> statement-breakpoint
insert into mandatory_examination (id, group_code, examination_code, condition, position, valid_from, basis, assumed) values
  ('01976000-0000-7000-8001-000000000001', 'limb-defects', 'inpatient-extract', 'always', 1, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000002', 'limb-defects', 'orthopaedist-conclusion', 'always', 2, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000003', 'limb-defects', 'limb-x-ray', 'always', 3, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000004', 'limb-defects', 'inpatient-card-insert-10', 'surgical-amputation', 4, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000005', 'down-syndrome', 'karyotype', 'diagnosis-set', 5, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000006', 'down-syndrome', 'geneticist-conclusion', 'diagnosis-set', 6, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000007', 'down-syndrome', 'neurologist-conclusion', 'always', 7, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000008', 'down-syndrome', 'psychiatrist-conclusion', 'always', 8, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000009', 'down-syndrome', 'pmpk-conclusion', 'always', 9, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000010', 'down-syndrome', 'patient-card-extract', 'if-any', 10, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000011', 'mucopolysaccharidosis-children', 'dna-mutation', 'always', 11, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000012', 'mucopolysaccharidosis-children', 'patient-card-extract', 'if-any', 12, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false),
  ('01976000-0000-7000-8001-000000000013', null, 'additional-examination', 'by-indication', 13, '2025-06-22', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, annex 2 to the algorithm', false);
--> statement-breakpoint
insert into medical_system (code, name) values
  ('damu', '{"kk": "«DAMU» ақпараттық технологиялар орталығы» ЖШС МАЖ", "ru": "МИС ТОО «Центр информационных технологий «DAMU»", "en": "Medical system of DAMU information technology centre LLP"}'),
  ('zhetisu', '{"kk": "«Жетісу» ЖШС МАЖ", "ru": "МИС ТОО «Жетису»", "en": "Medical system of Zhetisu LLP"}'),
  ('nadezhda', '{"kk": "«Надежда» ЖШС МАЖ", "ru": "МИС ТОО «Надежда»", "en": "Medical system of Nadezhda LLP"}'),
  ('infomed-kazakhstan', '{"kk": "«Инфомед Казахстан» ЖШС МАЖ", "ru": "МИС ТОО «Инфомед Казахстан»", "en": "Medical system of Infomed Kazakhstan LLP"}'),
  ('avicenna', '{"kk": "«Авиценна-МИС» ЖШС МАЖ", "ru": "МИС ТОО «Авиценна-МИС»", "en": "Medical system of Avicenna MIS LLP"}');
--> statement-breakpoint
insert into policy (key, valid_from, value, basis, assumed) values
  ('intake.barred-purposes', '2025-01-01', '["disability-cause", "injured-worker-needs"]', 'No text: which purposes are barred is not at hand; these two rest on papers no form 031/у carries', true),
  ('intake.special-mechanism', '2025-01-01', '[]', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: not begun', false),
  ('intake.special-mechanism', '2025-06-22', '[{"regions": ["11", "55"], "systems": null}]', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: Akmola and Pavlodar from June 2025; the day follows from ten days after the last signature, the day of publication is not at hand', true),
  ('intake.special-mechanism', '2025-07-01', '[{"regions": ["11", "55"], "systems": null}, {"regions": null, "systems": ["damu"]}]', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: the other regions with DAMU from July 2025', false),
  ('intake.special-mechanism', '2025-08-01', '[{"regions": ["11", "55"], "systems": null}, {"regions": null, "systems": ["damu", "zhetisu", "nadezhda", "infomed-kazakhstan", "avicenna"]}]', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: the other regions with the other systems from August 2025', false),
  ('intake.special-mechanism', '2026-06-22', '[]', 'Joint order 168/292-НҚ/56 of 5, 9 and 11 June 2025, paragraph 8 and annex 1: twelve months are over', true);
