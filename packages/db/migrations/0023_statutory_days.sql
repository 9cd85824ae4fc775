-- EQ-02, P08: the days off that law orders every year, as dated rows with their source. Administrators take next year's calendar from
-- them, day by day. A day without month and date is announced each year. `moves`: falling on a weekend, it frees the next working day.
create table statutory_day (
  key text not null,
  valid_from date not null,
  valid_until date,
  month smallint,
  day smallint,
  kind text not null,
  moves boolean not null,
  name jsonb not null,
  basis text not null,
  primary key (key, valid_from),
  constraint statutory_day_kind check (kind in ('holiday', 'day-off')),
  constraint statutory_day_order check (valid_until is null or valid_from <= valid_until),
  constraint statutory_day_date check ((month is null) = (day is null) and month between 1 and 12 and day between 1 and 31)
);
--> statement-breakpoint
grant select on statutory_day to saraptama_app;
--> statement-breakpoint
-- The law is the same in every installation, so its days come with the tables.
insert into statutory_day (key, valid_from, valid_until, month, day, kind, moves, name, basis) values
  ('new-year-1', '2022-01-01', null, 1, 1, 'holiday', true, '{"kk": "Жаңа жыл", "ru": "Новый год", "en": "New Year"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('new-year-2', '2022-01-01', null, 1, 2, 'holiday', true, '{"kk": "Жаңа жыл", "ru": "Новый год", "en": "New Year"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('christmas', '2016-01-01', null, 1, 7, 'day-off', false, '{"kk": "Православиелік Рождество", "ru": "Православное Рождество", "en": "Orthodox Christmas"}', 'Трудовой кодекс РК, статья 84, пункт 5'),
  ('womens-day', '2022-01-01', null, 3, 8, 'holiday', true, '{"kk": "Халықаралық әйелдер күні", "ru": "Международный женский день", "en": "International Women’s Day"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('constitution-day', '2022-01-01', '2026-06-30', 8, 30, 'holiday', true, '{"kk": "Қазақстан Республикасының Конституция күні", "ru": "День Конституции Республики Казахстан", "en": "Constitution Day of the Republic of Kazakhstan"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('constitution-day', '2026-07-01', null, 3, 15, 'holiday', true, '{"kk": "Қазақстан Республикасының Конституция күні", "ru": "День Конституции Республики Казахстан", "en": "Constitution Day of the Republic of Kazakhstan"}', 'Конституция РК, принятая на республиканском референдуме 15.03.2026, статья 94'),
  ('nauryz-1', '2022-01-01', null, 3, 21, 'holiday', true, '{"kk": "Наурыз мейрамы", "ru": "Наурыз мейрамы", "en": "Nauryz"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('nauryz-2', '2022-01-01', null, 3, 22, 'holiday', true, '{"kk": "Наурыз мейрамы", "ru": "Наурыз мейрамы", "en": "Nauryz"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('nauryz-3', '2022-01-01', null, 3, 23, 'holiday', true, '{"kk": "Наурыз мейрамы", "ru": "Наурыз мейрамы", "en": "Nauryz"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('unity-day', '2022-01-01', null, 5, 1, 'holiday', true, '{"kk": "Қазақстан халқының бірлігі мерекесі", "ru": "Праздник единства народа Казахстана", "en": "Unity Day of the people of Kazakhstan"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('defender-day', '2022-01-01', null, 5, 7, 'holiday', true, '{"kk": "Отан қорғаушы күні", "ru": "День защитника Отечества", "en": "Defender of the Fatherland Day"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('victory-day', '2022-01-01', null, 5, 9, 'holiday', true, '{"kk": "Жеңіс күні", "ru": "День Победы", "en": "Victory Day"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('capital-day', '2022-01-01', null, 7, 6, 'holiday', true, '{"kk": "Астана күні", "ru": "День Столицы", "en": "Capital City Day"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('republic-day', '2022-10-01', null, 10, 25, 'holiday', true, '{"kk": "Республика күні", "ru": "День Республики", "en": "Republic Day"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 2'),
  ('independence-day', '2022-01-01', null, 12, 16, 'holiday', true, '{"kk": "Тәуелсіздік күні", "ru": "День Независимости", "en": "Independence Day"}', 'Закон РК «О праздниках в Республике Казахстан» от 13.12.2001 № 267-II, статья 3'),
  ('kurban-ait', '2016-01-01', null, null, null, 'day-off', false, '{"kk": "Құрбан айттың бірінші күні", "ru": "Первый день Курбан-айта", "en": "First day of Kurban-ait"}', 'Трудовой кодекс РК, статья 84, пункт 5')
on conflict do nothing;
