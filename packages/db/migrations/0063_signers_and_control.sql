-- JR-01: chief specialists of departments who are in the register sign the daily protocol of their department.
insert into staff_role (id, person_id, role, department_id, valid_from, valid_until)
select gen_random_uuid(), e.person_id, 'chief-specialist', e.department_id, e.entered_on, null
  from expert e
 where e.kind = 'chief-specialist' and e.department_id is not null and e.excluded_on is null;
--> statement-breakpoint
-- AS-06, PY-01: who was excluded before still signs the own last months. Who died or was found incapable signs nothing.
insert into staff_role (id, person_id, role, department_id, valid_from, valid_until)
select distinct on (e.person_id) gen_random_uuid(), e.person_id, 'former-expert', null::uuid, e.excluded_on,
       (e.excluded_on + interval '14 months')::date
  from expert e
 where e.kind = 'independent' and e.excluded_on is not null and e.exclusion_ground not in ('death', 'incapable')
   and not exists (select from expert n where n.person_id = e.person_id and n.excluded_on is null)
 order by e.person_id, e.excluded_on desc;
--> statement-breakpoint
-- PX-41: what a control re-examination found, with its row in the journal of the methodology and control department; written once.
create table control_result (
  call_id uuid primary key references control_call (id),
  outcome text not null check (outcome in ('confirmed', 'not-confirmed')),
  diagnosis text not null,
  conclusion jsonb,
  recommendations jsonb,
  protocol_row_id uuid not null unique references protocol_row (id),
  examined_by uuid not null references person (id),
  examined_at timestamptz not null,
  constraint control_result_said check (outcome = 'confirmed' or conclusion is not null)
);
--> statement-breakpoint
grant select, insert on control_result to saraptama_app;
--> statement-breakpoint
create trigger control_result_written_once before update or delete or truncate on control_result for each statement execute function refuse_change();
