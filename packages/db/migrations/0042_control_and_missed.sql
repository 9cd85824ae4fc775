-- PX-41: calls for a control re-examination; the term runs from the SMS, or from the receipt of the postal call.
create table control_call (
  id uuid primary key,
  person_id uuid not null references person (id),
  form_id uuid not null references form_031 (id),
  channel text not null check (channel in ('sms', 'post')),
  called_at timestamptz not null,
  called_by uuid not null references person (id),
  received_on date,
  due_on date,
  constraint control_call_term check (case channel when 'sms' then due_on is not null and received_on is null else (due_on is null) = (received_on is null) end)
);
--> statement-breakpoint
create index control_call_person on control_call (person_id, called_at);
--> statement-breakpoint
grant select, insert, update on control_call to saraptama_app;
--> statement-breakpoint
-- PX-40: a missed period as a person has judged it; nothing fills these fields by itself.
create table missed_period (
  form_id uuid primary key references form_031 (id),
  missed_from date not null,
  missed_to date not null,
  valid_reason boolean not null,
  credited_from date,
  entered_by uuid not null references person (id),
  entered_at timestamptz not null,
  constraint missed_period_order check (missed_from <= missed_to),
  constraint missed_period_credit check (credited_from is null or (credited_from between missed_from and missed_to))
);
--> statement-breakpoint
grant select, insert on missed_period to saraptama_app;
