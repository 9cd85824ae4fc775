-- EQ-17: where a problem came from, the numbers a proposal rested on, and its sending.
alter table problem add column cause text not null default 'by-hand';
--> statement-breakpoint
alter table problem add column figures jsonb not null default '{}';
--> statement-breakpoint
alter table problem add column sent_on date;
--> statement-breakpoint
alter table problem add constraint problem_cause
  check (cause in ('by-hand', 'no-free-place', 'schedule-missing', 'no-show-high', 'delivery-low'));
--> statement-breakpoint
alter table problem add constraint problem_state check (state in ('open', 'sent'));
--> statement-breakpoint
alter table problem add constraint problem_due check (due_on > detected_on);
--> statement-breakpoint
alter table problem add constraint problem_sent
  check ((state = 'sent') = (sent_on is not null) and (sent_on is null) = (sent_at is null) and (sent_on is null) = (sent_by is null));
--> statement-breakpoint
-- A proposal that two people take up at once becomes one problem.
create unique index problem_proposed_once on problem (cause, department_id) where state = 'open' and cause <> 'by-hand';
--> statement-breakpoint
create table problem_event (
  id bigint generated always as identity primary key,
  problem_id uuid not null references problem (id),
  kind text not null constraint problem_event_kind check (kind in ('registered', 'sent', 'noted', 'reopened')),
  at timestamptz not null,
  by uuid not null references person (id),
  note text not null default ''
);
--> statement-breakpoint
create index problem_event_problem on problem_event (problem_id, id);
--> statement-breakpoint
-- The history of a problem is written once.
grant select, insert on problem_event to saraptama_app;
--> statement-breakpoint
-- C36: what was published of a week stays as it was: two versions of one week could be subtracted from each other.
create table published_week (
  week date not null,
  region_code text not null,
  kept integer not null,
  missed integer not null,
  cancelled integer not null,
  waits jsonb not null,
  published_at timestamptz not null,
  constraint published_week_pkey primary key (week, region_code),
  constraint published_week_monday check (extract(isodow from week) = 1),
  constraint published_week_counts check (kept >= 0 and missed >= 0 and cancelled >= 0)
);
--> statement-breakpoint
grant select, insert on published_week to saraptama_app;
--> statement-breakpoint
-- Punctuality is measured by the first call; a repeated one must not hide it, and a call taken back was none.
alter table visit add column first_called_at timestamptz;
--> statement-breakpoint
update visit set first_called_at = called_at where called_at is not null;
--> statement-breakpoint
create function keep_first_call() returns trigger language plpgsql as $$
begin
  if new.called_at is null then
    new.first_called_at := null;
  elsif new.first_called_at is null then
    new.first_called_at := new.called_at;
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger visit_first_call before insert or update of called_at on visit for each row execute function keep_first_call();
--> statement-breakpoint
-- Reports read a span of days of all departments. Rows lie on the disk about in the order of their days, so a few kilobytes of
-- block ranges find a month among ten years, and a booking pays nothing for them.
create index booking_day on booking using brin (day) with (pages_per_range = 32, autosummarize = on);
--> statement-breakpoint
create index visit_day_range on visit using brin (day) with (pages_per_range = 32, autosummarize = on);
