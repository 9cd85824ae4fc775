-- X04: what stood in a draft before the present sitting, to show what has changed since.
alter table decision_draft add column earlier jsonb;
--> statement-breakpoint
alter table decision_draft add column earlier_at timestamptz;
--> statement-breakpoint
alter table decision_draft add constraint decision_draft_earlier check ((earlier is null) = (earlier_at is null));
--> statement-breakpoint
-- X06: an expert gives a case back. Written once.
create table recusal (
  id uuid primary key,
  assignment_id uuid not null unique references assignment (id),
  reason text not null check (reason in ('acquainted', 'treated', 'identity-seen', 'other-field', 'other')),
  note text not null,
  at timestamptz not null,
  constraint recusal_note check (reason <> 'other' or note <> '')
);
--> statement-breakpoint
grant select, insert on recusal to saraptama_app;
--> statement-breakpoint
create trigger recusal_written_once before update or delete or truncate on recusal for each statement execute function refuse_change();
--> statement-breakpoint
-- X01: the work list is read from the index alone, by deadline, at any number of cases.
drop index assignment_desk;
--> statement-breakpoint
create index assignment_desk on assignment (expert_id, due_at, id) include (case_id, case_code, cause, arrived_at, opened_at, overdue_at) where state = 'open';
