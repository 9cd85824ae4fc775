-- What the application may do with the tables of daily life; history of offers, moves and reports stays.
grant select on mass_move, mass_move_item, wait_entry, wait_offer, board, fault_report, problem, term_set, message_text, mobile_signing, phone_change to saraptama_app;
--> statement-breakpoint
grant insert, update on mass_move, mass_move_item, wait_entry, wait_offer, board, fault_report, problem, term_set, message_text, mobile_signing, phone_change to saraptama_app;
--> statement-breakpoint
grant delete on mobile_signing, phone_change to saraptama_app;
--> statement-breakpoint
-- As before, and now a place that is held for somebody of the wait list is free for that form alone until the hold ends.
create or replace function book_place(
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
  perform lock_form(p_form);
  select * into v_known from booking b where b.booked_by = p_booked_by and b.request_key = p_request_key;
  if found then
    if v_known.form_id = p_form and v_known.day = p_day and v_known.starts_at = p_starts_at then
      outcome := 'repeated'; booking_id := v_known.id; ticket_no := v_known.ticket_no; ticket_code := v_known.ticket_code;
    else
      outcome := 'request-key-reused';
    end if;
    return;
  end if;
  if exists (select from booking b where b.form_id = p_form and b.state in ('booked', 'arrived', 'served')) then
    outcome := 'already-booked'; return;
  end if;

  select * into v_place from place p
   where p.department_id = p_department and p.day = p_day and p.starts_at = p_starts_at
     and p.booking_id is null and p.closed_by_trip is null
     and (p.held_for_form is null or p.held_for_form = p_form or p.held_until <= p_at)
   order by p.held_for_form is distinct from p_form, p.place_no limit 1 for update skip locked;
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

  update place set booking_id = p_booking, issued = issued + 1, held_for_form = null, held_until = null where id = v_place.id;

  insert into message (id, person_id, template, language, form_id, booking_id, phone, once_key, state, created_at, due_at, expires_at, state_at)
  select m.id, p_person, 'sms-2', p_language, p_form, p_booking, p_phone, 'sms-2:booking:' || p_booking || ':' || m.occasion,
         case when p_phone is null then 'dead' else 'queued' end, p_at, m.due_at, p_starts_instant, p_at
    from (values (p_message, 'at-once', p_at), (p_reminder, 'reminder', p_reminder_at)) as m (id, occasion, due_at)
   where m.due_at is not null;

  insert into audit_event (at, actor, actor_role, action, outcome, person_id, subject, request_id, detail)
  values (p_at, p_booked_by::text, p_actor_role, 'queue.bookPlace', 'done', p_person, 'booking:' || p_booking, p_request_id,
          jsonb_build_object('form', p_form, 'department', p_department, 'day', p_day, 'startsAt', p_starts_at, 'ticketNo', ticket_no, 'movedFrom', p_moved_from));
  -- Today, without naming a zone: the start minus its time of day is the midnight before it.
  if p_at >= p_starts_instant - p_starts_at::interval then
    perform pg_notify('desk', p_department || ':' || p_day);
  end if;
  outcome := 'booked';
end $$;
