-- Held places of a department, for taking them out of what others see as free; there are few of them at any time.
create index place_held on place (department_id, day, starts_at) where held_for_form is not null;
--> statement-breakpoint
-- Which places a waiting person has been offered before.
create index wait_offer_entry on wait_offer (entry_id, place_id);
--> statement-breakpoint
-- Whoever gets a booking, by whatever way, waits no longer (EQ-13). The offered place is taken by its offer; another place that was
-- held stays held without an open offer until the worker passes it on, so that it is not free for all in between.
create function leave_wait_list() returns trigger language plpgsql as $$
declare
  v_entry uuid;
begin
  update wait_entry set state = 'taken', state_at = new.created_at
   where form_id = new.form_id and state in ('waiting', 'offered') returning id into v_entry;
  if v_entry is not null then
    update wait_offer set state = case when place_id = new.place_id then 'taken' else 'declined' end, state_at = new.created_at
     where entry_id = v_entry and state = 'open';
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger booking_leaves_wait_list after insert on booking for each row execute function leave_wait_list();
