-- Guards the application cannot lift: what it may change, and the one statement that gives a place away.
-- The role saraptama_app is made by packages/db/src/migrate.ts before any migration runs.

grant usage on schema public to saraptama_app;
--> statement-breakpoint
grant select on all tables in schema public to saraptama_app;
--> statement-breakpoint
-- Facts that are born and live: they may change their state, nobody may delete them.
grant insert, update on person, guardianship, staff_role, intake_message, form_031, booking, visit, live_counter, message, place,
  administrative_unit, department, unit_department, queue_pilot, calendar_day, start_times, reception_schedule, business_trip,
  integration_client, demo_clock to saraptama_app;
--> statement-breakpoint
grant delete on guardianship to saraptama_app;
--> statement-breakpoint
-- History: written once.
grant insert on audit_event, consent_event, message_event to saraptama_app;
--> statement-breakpoint
-- What ends by itself may be cleared away.
grant insert, update, delete on session, sign_in_challenge to saraptama_app;
--> statement-breakpoint
create unlogged table rate_limit (key varchar(255) primary key, points integer not null default 0, expire timestamp);
--> statement-breakpoint
grant select, insert, update, delete on rate_limit to saraptama_app;
--> statement-breakpoint
-- Not even the owner rewrites history by accident.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are written once', tg_table_name using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger audit_event_written_once before update or delete or truncate on audit_event for each statement execute function refuse_change();
--> statement-breakpoint
create trigger consent_event_written_once before update or delete or truncate on consent_event for each statement execute function refuse_change();
--> statement-breakpoint
create trigger message_event_written_once before update or delete or truncate on message_event for each statement execute function refuse_change();
--> statement-breakpoint
-- EQ-10: the ticket number; the same rule as ticketNumber() in packages/domain/src/queue/ticket.ts, and a test holds the two together.
create function ticket_number(day_no integer, issue integer) returns text language plpgsql immutable strict as $$
declare
  series constant text := 'ABCDEFGHJKMNPQRSTUVWXYZ';
  letters text := '';
  remaining integer := issue;
begin
  while remaining >= 0 loop
    letters := substr(series, remaining % 23 + 1, 1) || letters;
    remaining := remaining / 23 - 1;
  end loop;
  return letters || '-' || lpad(day_no::text, greatest(3, length(day_no::text)), '0');
end $$;
--> statement-breakpoint
-- EQ-10, EQ-11, EQ-13: gives a free place to a form in one statement: place, booking with ticket, SMS-2 now and as a reminder, audit row.
-- The rules were judged before (packages/domain/src/queue/booking.ts); here the unique indexes have the last word.
-- outcome: booked | repeated | request-key-reused | time-taken | already-booked
create function book_place(
  p_booking uuid, p_form uuid, p_person uuid, p_booked_by uuid, p_request_key uuid,
  p_department uuid, p_day date, p_starts_at time, p_starts_instant timestamptz,
  p_ticket_code text, p_access_needs text[], p_at timestamptz,
  p_language text, p_phone text, p_message uuid, p_reminder uuid, p_reminder_at timestamptz,
  p_moved_from uuid, p_actor_role text, p_request_id text,
  out outcome text, out booking_id uuid, out ticket_no text, out ticket_code text
) language plpgsql as $$
declare
  v_place place%rowtype;
  v_known booking%rowtype;
begin
  select * into v_known from booking b where b.booked_by = p_booked_by and b.request_key = p_request_key;
  if found then
    if v_known.form_id = p_form and v_known.day = p_day and v_known.starts_at = p_starts_at then
      outcome := 'repeated'; booking_id := v_known.id; ticket_no := v_known.ticket_no; ticket_code := v_known.ticket_code;
    else
      outcome := 'request-key-reused';
    end if;
    return;
  end if;

  select * into v_place from place p
   where p.department_id = p_department and p.day = p_day and p.starts_at = p_starts_at
     and p.booking_id is null and p.closed_by_trip is null
   order by p.place_no limit 1 for update skip locked;
  if not found then outcome := 'time-taken'; return; end if;

  ticket_no := ticket_number(v_place.day_no, v_place.issued);
  ticket_code := p_ticket_code;
  insert into booking (id, form_id, person_id, booked_by, request_key, place_id, department_id, day, starts_at, starts_instant,
                       ticket_no, ticket_code, access_needs, state, created_at, state_at, moved_from)
  values (p_booking, p_form, p_person, p_booked_by, p_request_key, v_place.id, p_department, p_day, p_starts_at, p_starts_instant,
          ticket_no, p_ticket_code, p_access_needs, 'booked', p_at, p_at, p_moved_from)
  on conflict do nothing returning id into booking_id;
  if booking_id is null then
    ticket_no := null; ticket_code := null;
    select * into v_known from booking b where b.booked_by = p_booked_by and b.request_key = p_request_key;
    if found and v_known.form_id = p_form and v_known.day = p_day and v_known.starts_at = p_starts_at then
      outcome := 'repeated'; booking_id := v_known.id; ticket_no := v_known.ticket_no; ticket_code := v_known.ticket_code;
    elsif found then
      outcome := 'request-key-reused';
    elsif exists (select from booking b where b.form_id = p_form and b.state in ('booked', 'arrived', 'served')) then
      outcome := 'already-booked';
    else
      outcome := 'time-taken';
    end if;
    return;
  end if;

  update place set booking_id = p_booking, issued = issued + 1 where id = v_place.id;

  insert into message (id, person_id, template, language, form_id, booking_id, phone, once_key, state, created_at, due_at, expires_at, state_at)
  select m.id, p_person, 'sms-2', p_language, p_form, p_booking, p_phone, 'sms-2:booking:' || p_booking || ':' || m.occasion,
         case when p_phone is null then 'dead' else 'queued' end, p_at, m.due_at, p_starts_instant, p_at
    from (values (p_message, 'at-once', p_at), (p_reminder, 'reminder', p_reminder_at)) as m (id, occasion, due_at)
   where m.due_at is not null;

  insert into audit_event (at, actor, actor_role, action, outcome, person_id, subject, request_id, detail)
  values (p_at, p_booked_by::text, p_actor_role, 'queue.bookPlace', 'done', p_person, 'booking:' || p_booking, p_request_id,
          jsonb_build_object('form', p_form, 'department', p_department, 'day', p_day, 'startsAt', p_starts_at, 'ticketNo', ticket_no, 'movedFrom', p_moved_from));
  outcome := 'booked';
end $$;
