create table assessment (
  id uuid primary key,
  expert_id uuid not null references expert (id),
  period text not null check (period in ('month', 'year')),
  from_day date not null,
  method text not null,
  services integer not null,
  counts jsonb,
  lines jsonb not null,
  percent text not null,
  computed_at timestamptz not null,
  remark text not null default '',
  text text,
  signature bytea,
  signed_at timestamptz,
  constraint assessment_signed check ((signed_at is null) = (signature is null))
);
--> statement-breakpoint
create unique index assessment_once on assessment (expert_id, period, from_day);
--> statement-breakpoint
create index assessment_period on assessment (period, from_day);
--> statement-breakpoint
create table expert_account (
  id uuid primary key,
  expert_id uuid not null references expert (id),
  bank text not null,
  bic text not null,
  iban text not null,
  created_at timestamptz not null
);
--> statement-breakpoint
create index expert_account_expert on expert_account (expert_id, created_at);
--> statement-breakpoint
create table work_act (
  id uuid primary key,
  number text not null unique,
  expert_id uuid not null references expert (id),
  month date not null,
  version integer not null,
  assessment_id uuid not null references assessment (id),
  line jsonb not null,
  account jsonb not null,
  state text not null constraint work_act_state check (state in ('formed', 'signed', 'returned', 'accepted')),
  formed_at timestamptz not null,
  text text not null,
  signature bytea,
  signed_at timestamptz,
  remarks text not null default '',
  decided_by uuid references person (id),
  decided_at timestamptz,
  acceptance bytea,
  constraint work_act_signed check (state = 'formed' or signature is not null),
  constraint work_act_accepted check (state <> 'accepted' or acceptance is not null)
);
--> statement-breakpoint
create unique index work_act_version on work_act (expert_id, month, version);
--> statement-breakpoint
create unique index work_act_live on work_act (expert_id, month) where state <> 'returned';
--> statement-breakpoint
create index work_act_month on work_act (month, state);
--> statement-breakpoint
grant select, insert, update on assessment, work_act to saraptama_app;
--> statement-breakpoint
grant select, insert on expert_account to saraptama_app;
--> statement-breakpoint
-- AS-06: what an expert has signed stays as it was, whatever the code does.
create function keep_signed() returns trigger language plpgsql as $$
begin
  if old.signature is not null and (to_jsonb(new) - 'state' - 'remarks' - 'decided_by' - 'decided_at' - 'acceptance')
     is distinct from (to_jsonb(old) - 'state' - 'remarks' - 'decided_by' - 'decided_at' - 'acceptance') then
    raise exception 'signed rows of % are not changed', tg_table_name using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger assessment_signed_stays before update on assessment for each row execute function keep_signed();
--> statement-breakpoint
create trigger work_act_signed_stays before update on work_act for each row execute function keep_signed();
--> statement-breakpoint
-- P12: a month's decisions by one scan of their time; the conclusion of a case by its key.
create index decision_signed on decision (signed_at);
--> statement-breakpoint
create unique index if not exists conclusion_case on conclusion (case_id) where case_id is not null;
