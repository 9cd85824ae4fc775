-- IN-07, PX-42, PX-43: what the intake of remote forms keeps besides the forms themselves.
alter table intake_message add column service text;
--> statement-breakpoint
alter table intake_message add constraint intake_message_service check (service is null or service = 'remote-proactive');
--> statement-breakpoint
-- F009: organisations that send people they have not attached; dated.
create table dispensary (
  bin text not null check (bin ~ '^\d{12}$'),
  name jsonb not null,
  valid_from date not null,
  valid_until date,
  basis text not null,
  primary key (bin, valid_from),
  constraint dispensary_days check (valid_until is null or valid_from <= valid_until)
);
--> statement-breakpoint
-- PX-42: who may sign an act of technical failure, dated: three vice-ministers, and the representative of each medical system.
create table failure_signatory (
  id uuid primary key,
  office text not null check (office in ('health', 'labour', 'digital', 'medical-system')),
  system_code text references medical_system (code),
  iin text not null check (iin ~ '^\d{12}$'),
  surname text not null,
  name text not null,
  patronymic text,
  valid_from date not null,
  valid_until date,
  created_by uuid not null,
  created_at timestamptz not null,
  constraint failure_signatory_office check ((office = 'medical-system') = (system_code is not null)),
  constraint failure_signatory_days check (valid_until is null or valid_from <= valid_until),
  constraint failure_signatory_alone exclude using gist (
    office with =, (coalesce(system_code, '')) with =, daterange(valid_from, valid_until, '[]') with &&)
);
--> statement-breakpoint
-- PX-42: acts of technical failure. `proposed` by one administrator, `open` once another has looked at it, `withdrawn` before that.
create table technical_failure (
  id uuid primary key,
  system_code text not null references medical_system (code),
  from_at timestamptz not null,
  until_at timestamptz not null,
  act_number text not null,
  act_day date not null,
  act bytea not null,
  act_sha256 text not null,
  state text not null check (state in ('proposed', 'open', 'withdrawn')),
  proposed_by uuid not null references person (id),
  proposed_at timestamptz not null,
  decided_by uuid references person (id),
  decided_at timestamptz,
  constraint technical_failure_period check (from_at < until_at),
  constraint technical_failure_four_eyes check (state <> 'open' or decided_by <> proposed_by),
  constraint technical_failure_decided check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
  constraint technical_failure_alone exclude using gist (
    system_code with =, tstzrange(from_at, until_at) with &&) where (state <> 'withdrawn')
);
--> statement-breakpoint
create table technical_failure_signature (
  failure_id uuid not null references technical_failure (id),
  office text not null check (office in ('health', 'labour', 'digital', 'medical-system')),
  signer_iin text not null,
  signer_name text not null,
  signer_serial text not null,
  signature bytea not null,
  primary key (failure_id, office)
);
--> statement-breakpoint
-- PX-43: from when the term of the conclusion counts, when the form came in the mode of technical failure.
alter table examination_case add column failure_id uuid references technical_failure (id);
--> statement-breakpoint
alter table examination_case add column term_rule text not null default 'conclusion';
--> statement-breakpoint
alter table examination_case add column term_from date;
--> statement-breakpoint
alter table examination_case add constraint examination_case_term_rule check (term_rule in ('conclusion', 'earlier-term', 'sent-day'));
--> statement-breakpoint
grant select, insert on dispensary, failure_signatory, technical_failure, technical_failure_signature to saraptama_app;
--> statement-breakpoint
grant update (valid_until) on dispensary, failure_signatory to saraptama_app;
--> statement-breakpoint
-- An act is never rewritten: only what became of it.
grant update (state, decided_by, decided_at) on technical_failure to saraptama_app;
--> statement-breakpoint
create trigger technical_failure_signature_written_once before update or delete or truncate on technical_failure_signature for each statement execute function refuse_change();
