-- GV-04: the periods of a region's queue never share a day, whatever the code does. btree_gist was installed by 0010.
alter table queue_pilot add constraint queue_pilot_order check (valid_from <= valid_until);
--> statement-breakpoint
alter table queue_pilot add constraint queue_pilot_alone
  exclude using gist (region_code with =, daterange(valid_from, valid_until, '[]') with &&);
--> statement-breakpoint
-- Rows that say what the law said are written once: neither acts nor words are rewritten afterwards.
revoke update on queue_pilot, term_set from saraptama_app;
--> statement-breakpoint
-- What was entered by mistake and has not begun may be taken out again; the audit keeps what it said.
grant delete on queue_pilot, term_set to saraptama_app;
--> statement-breakpoint
-- Deliveries of one time span are counted over all messages.
create index message_created on message (created_at);
--> statement-breakpoint
-- GV-03: the law is the same in every installation, so its words come with the tables.
insert into term_set (term, valid_from, words, basis) values
  ('digital-government', '2023-07-01', '{"kk": "электрондық үкімет", "ru": "электронное правительство", "en": "electronic government"}', 'Order 163 of 30 April 2026, paragraph 4: until 12 July 2026 the wording of its annexes 1 and 2'),
  ('digital-government', '2026-07-12', '{"kk": "цифрлық үкімет", "ru": "цифровое правительство", "en": "digital government"}', 'Order 163 of 30 April 2026, annexes 2 and 12 to the list'),
  ('information-system', '2023-07-01', '{"kk": "ақпараттық жүйе", "ru": "информационная система", "en": "information system"}', 'Order 163 of 30 April 2026, paragraph 4: until 12 July 2026 the wording of its annexes 1 and 2'),
  ('information-system', '2026-07-12', '{"kk": "цифрлық жүйе", "ru": "цифровая система", "en": "digital system"}', 'Order 163 of 30 April 2026, annexes 2 and 12 to the list'),
  ('information-object', '2023-07-01', '{"kk": "ақпараттық объект", "ru": "информационный объект", "en": "information object"}', 'Order 163 of 30 April 2026, paragraph 4: until 12 July 2026 the wording of its annexes 1 and 2'),
  ('information-object', '2026-07-12', '{"kk": "цифрлық объект", "ru": "цифровой объект", "en": "digital object"}', 'Order 163 of 30 April 2026, annexes 2 and 12 to the list'),
  ('partly-automated', '2023-07-01', '{"kk": "ішінара автоматтандырылған", "ru": "частично автоматизированная", "en": "partly automated"}', 'Order 163 of 30 April 2026, paragraph 4: until 12 July 2026 the wording of its annexes 1 and 2'),
  ('partly-automated', '2026-07-12', '{"kk": "ішінара цифрландырылған", "ru": "частично цифровизированная", "en": "partly digitalised"}', 'Order 163 of 30 April 2026, annexes 2 and 12 to the list')
on conflict do nothing;
