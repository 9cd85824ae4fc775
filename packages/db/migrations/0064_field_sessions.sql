-- FF-03: places of examination outside the department: field sessions, requests for them, and examination in absentia.
create table field_session (
  id uuid primary key not null,
  department_id uuid not null references department (id),
  place text not null,
  institution text not null default '',
  address text not null default '',
  day date not null,
  starts_at time(0) not null,
  capacity integer not null,
  state text not null,
  state_at timestamp with time zone not null,
  version integer not null default 1,
  cancel_reason text not null default '',
  created_by uuid not null references person (id),
  created_at timestamp with time zone not null,
  constraint field_session_state check (state in ('planned', 'announced', 'held', 'closed', 'cancelled')),
  constraint field_session_place check (place in ('medical-institution', 'specialised-institution', 'penal-institution', 'home', 'hospital')),
  constraint field_session_named check (case when place = 'home' then address <> '' else institution <> '' end),
  constraint field_session_capacity check (capacity between 1 and 100)
);
--> statement-breakpoint
create index field_session_department on field_session (department_id, day);
--> statement-breakpoint
create table field_session_member (
  session_id uuid not null references field_session (id),
  person_id uuid not null references person (id),
  primary key (session_id, person_id)
);
--> statement-breakpoint
create table place_request (
  id uuid primary key not null,
  form_id uuid not null references form_031 (id),
  person_id uuid not null references person (id),
  department_id uuid not null references department (id),
  place text not null,
  ground text,
  conclusion_number text not null default '',
  conclusion_day date,
  institution text not null default '',
  address text not null default '',
  consented boolean not null,
  -- Who asked: the person, the representative, or staff who enters a paper request.
  asked_by uuid not null references person (id),
  channel text not null,
  asked_at timestamp with time zone not null,
  state text not null,
  state_at timestamp with time zone not null,
  reasons jsonb not null default '[]'::jsonb,
  note text not null default '',
  answered_by uuid references person (id),
  answered_at timestamp with time zone,
  constraint place_request_state check (state in ('asked', 'granted', 'refused', 'withdrawn', 'done')),
  constraint place_request_place check (place in ('home', 'hospital', 'in-absentia')),
  constraint place_request_ground check ((place = 'in-absentia') = (ground is not null)),
  constraint place_request_channel check (channel in ('portal', 'desk')),
  constraint place_request_consented check (consented)
);
--> statement-breakpoint
create unique index place_request_live on place_request (form_id) where state in ('asked', 'granted');
--> statement-breakpoint
create index place_request_department on place_request (department_id, asked_at) where state in ('asked', 'granted');
--> statement-breakpoint
create index place_request_person on place_request (person_id);
--> statement-breakpoint
create table place_request_file (
  id uuid primary key not null,
  form_id uuid not null references form_031 (id),
  request_id uuid references place_request (id),
  uploaded_by uuid not null references person (id),
  name text not null,
  kind text not null,
  sha256 text not null,
  content bytea not null,
  uploaded_at timestamp with time zone not null
);
--> statement-breakpoint
create index place_request_file_form on place_request_file (form_id);
--> statement-breakpoint
create index place_request_file_request on place_request_file (request_id);
--> statement-breakpoint
create table field_place (
  id uuid primary key not null,
  form_id uuid not null references form_031 (id),
  person_id uuid not null references person (id),
  department_id uuid not null references department (id),
  place text not null,
  -- Null in absentia: nobody travels.
  session_id uuid references field_session (id),
  request_id uuid references place_request (id),
  state text not null,
  state_at timestamp with time zone not null,
  version integer not null default 1,
  put_by uuid not null references person (id),
  put_at timestamp with time zone not null,
  constraint field_place_state check (state in ('on', 'examined', 'refused', 'not-met', 'moved', 'taken-off', 'cancelled')),
  constraint field_place_session check ((place = 'in-absentia') = (session_id is null)),
  constraint field_place_requested check (place not in ('home', 'hospital', 'in-absentia') or request_id is not null)
);
--> statement-breakpoint
-- One live place outside the queue per form; together with one_place_of_examination() below one live place at all.
create unique index field_place_form_live on field_place (form_id) where state = 'on';
--> statement-breakpoint
create index field_place_session_on on field_place (session_id);
--> statement-breakpoint
create index field_place_person on field_place (person_id);
--> statement-breakpoint
create index field_place_absent on field_place (department_id) where session_id is null and state = 'on';
--> statement-breakpoint
alter table in_person_application
  add column place text not null default 'department',
  add column field_place_id uuid references field_place (id),
  add column place_consented boolean not null default false,
  add constraint in_person_application_place check (place in ('department', 'methodology-department', 'medical-institution', 'specialised-institution', 'penal-institution', 'home', 'hospital', 'in-absentia'));
--> statement-breakpoint
alter table conclusion
  add column place text,
  add constraint conclusion_place check (place in ('department', 'methodology-department', 'medical-institution', 'specialised-institution', 'penal-institution', 'home', 'hospital', 'in-absentia'));
--> statement-breakpoint
grant select, insert, update on field_session, place_request, place_request_file, field_place to saraptama_app;
--> statement-breakpoint
grant select, insert, delete on field_session_member to saraptama_app;
--> statement-breakpoint
-- FF-03, EQ-13: a form has one live place of examination: a booking, a turn in the live queue, or a place outside the queue. Each side
-- takes the lock of the form (the same as book_place) before it looks at the others, so that two at once see each other; within one
-- kind the unique indexes have the last word. A new booking that is in the way is left out, as book_place expects of a place that was
-- lost; everything else is refused aloud.
create function one_place_of_examination() returns trigger language plpgsql as $$
begin
  perform lock_form(new.form_id);
  if tg_table_name = 'field_place' then
    if exists (select from booking b where b.form_id = new.form_id and b.state in ('booked', 'arrived'))
       or exists (select from visit v where v.form_id = new.form_id and v.state in ('waiting', 'called', 'in-service')) then
      raise exception 'the form has a place in the queue' using errcode = 'unique_violation', constraint = 'one_place_of_examination';
    end if;
  elsif exists (select from field_place f where f.form_id = new.form_id and f.state = 'on') then
    if tg_table_name = 'booking' and tg_op = 'INSERT' then return null; end if;
    raise exception 'the form has a place outside the queue' using errcode = 'unique_violation', constraint = 'one_place_of_examination';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger booking_one_place before insert on booking
  for each row when (new.state in ('booked', 'arrived')) execute function one_place_of_examination();
--> statement-breakpoint
create trigger booking_one_place_again before update of state on booking
  for each row when (new.state in ('booked', 'arrived') and old.state not in ('booked', 'arrived')) execute function one_place_of_examination();
--> statement-breakpoint
create trigger visit_one_place before insert on visit
  for each row when (new.kind = 'live' and new.state in ('waiting', 'called', 'in-service')) execute function one_place_of_examination();
--> statement-breakpoint
create trigger visit_one_place_again before update of state on visit
  for each row when (new.kind = 'live' and new.state in ('waiting', 'called', 'in-service') and old.state not in ('waiting', 'called', 'in-service'))
  execute function one_place_of_examination();
--> statement-breakpoint
create trigger field_place_one_place before insert on field_place
  for each row when (new.state = 'on') execute function one_place_of_examination();
--> statement-breakpoint
create trigger field_place_one_place_again before update of state on field_place
  for each row when (new.state = 'on' and old.state <> 'on') execute function one_place_of_examination();
--> statement-breakpoint
-- Whoever has a place outside the queue waits for no freed time any more.
create function field_place_leaves_wait_list() returns trigger language plpgsql as $$
declare
  v_entry uuid;
begin
  update wait_entry set state = 'taken', state_at = new.put_at
   where form_id = new.form_id and state in ('waiting', 'offered') returning id into v_entry;
  if v_entry is not null then
    update wait_offer set state = 'declined', state_at = new.put_at where entry_id = v_entry and state = 'open';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger field_place_leaves_wait_list after insert on field_place for each row execute function field_place_leaves_wait_list();
--> statement-breakpoint
insert into policy (key, valid_from, value, basis, assumed) values
  ('in-person.place-minutes', '2025-01-01',
   '{"department": 60, "methodology-department": 60, "medical-institution": 60, "specialised-institution": 240, "penal-institution": 240, "home": 240, "hospital": 240, "in-absentia": 60}',
   'Standard of the service, item 5(1): an hour; at home, in specialised and penal institutions at the place of treatment four hours with the way', false);
