-- PX-17, PX-25: how much an expert was told of a part: 0 nothing, 1 that it came, 2 that its term nears, 3 closely, 4 that it has passed.
alter table assignment add column told smallint not null default 0 constraint assignment_told check (told between 0 and 4);
--> statement-breakpoint
-- What is on a desk today is known there: nobody is told of it anew.
update assignment
   set told = case when overdue_at is not null then 4 when warned_again_at is not null then 3 when warned_at is not null then 2 else 1 end
 where state = 'open';
--> statement-breakpoint
create index assignment_news on assignment (expert_id)
 where state = 'open' and told < (case when overdue_at is not null then 4 when warned_again_at is not null then 3 when warned_at is not null then 2 else 1 end);
--> statement-breakpoint
-- X01: what an expert was told and when, with the SMS that said it; shown on the desk until it was seen.
create table expert_notice (
  id uuid primary key,
  expert_id uuid not null references expert (id),
  at timestamptz not null,
  dealt integer not null,
  soon integer not null,
  overdue integer not null,
  first_due_at timestamptz not null,
  message_id uuid not null references message (id),
  seen_at timestamptz,
  constraint expert_notice_of_something check (dealt + soon + overdue > 0)
);
--> statement-breakpoint
create index expert_notice_expert on expert_notice (expert_id, at);
--> statement-breakpoint
grant select, insert on expert_notice to saraptama_app;
--> statement-breakpoint
grant update (seen_at) on expert_notice to saraptama_app;
--> statement-breakpoint
insert into policy (key, valid_from, value, basis, assumed) values
  ('terms.notices', '2025-01-01', '{"pauseMinutes": 60}', 'No text: our default', true);
--> statement-breakpoint
-- X04: an expert's own template phrases: on the experts' side of the data, seen and written by their owner alone.
create table expert_phrase (
  id uuid primary key,
  expert_id uuid not null references expert (id),
  field text not null check (field in ('diagnosis', 'reasons')),
  text text not null check (length(text) between 1 and 1000),
  created_at timestamptz not null,
  changed_at timestamptz not null
);
--> statement-breakpoint
create unique index expert_phrase_once on expert_phrase (expert_id, field, md5(text));
--> statement-breakpoint
alter table expert_phrase enable row level security;
--> statement-breakpoint
create policy expert_phrase_own on expert_phrase to saraptama_expert using (expert_id = acting_expert()) with check (expert_id = acting_expert());
--> statement-breakpoint
grant select, insert, delete on expert_phrase to saraptama_expert;
--> statement-breakpoint
grant update (text, changed_at) on expert_phrase to saraptama_expert;
--> statement-breakpoint
-- X04: phrases of the methodology and control department, for every expert; ended, never changed, so that it stays known who offered what.
create table common_phrase (
  id uuid primary key,
  field text not null check (field in ('diagnosis', 'reasons')),
  text text not null check (length(text) between 1 and 1000),
  created_by uuid not null references person (id),
  created_at timestamptz not null,
  ended_by uuid references person (id),
  ended_at timestamptz,
  constraint common_phrase_ended check ((ended_by is null) = (ended_at is null))
);
--> statement-breakpoint
create unique index common_phrase_once on common_phrase (field, md5(text)) where ended_at is null;
--> statement-breakpoint
grant select, insert on common_phrase to saraptama_app;
--> statement-breakpoint
grant update (ended_by, ended_at) on common_phrase to saraptama_app;
--> statement-breakpoint
grant select (id, field, text, ended_at) on common_phrase to saraptama_expert;
