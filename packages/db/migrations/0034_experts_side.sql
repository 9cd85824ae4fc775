-- PX-04: what an expert's queries may read, and the making of the draft act.
create table draft_act_counter (
  year integer primary key,
  last integer not null
);
--> statement-breakpoint
-- Everything of a case's papers that was re-made for the experts, with what came of it. Sections by name, pages by file and page.
create table dossier_item (
  id uuid primary key,
  case_id uuid not null references examination_case (id),
  kind text not null,
  -- Section: its name. Page: what its file is.
  name text not null,
  file_id uuid references form_file (id),
  file_no smallint,
  page_no smallint,
  state text not null,
  -- Why a person must look: codes.
  causes jsonb not null default '[]',
  -- The re-made text; of a page the text that was read on it.
  text text not null,
  -- Page only: the re-made picture and its size in pixels; while it is held also the page as it came.
  media_type text,
  width integer,
  height integer,
  picture bytea,
  original bytea,
  -- Rectangles that were blacked out, in pixels.
  boxes jsonb not null default '[]',
  version integer not null default 1,
  made_at timestamptz not null,
  settled_by uuid references person (id),
  settled_at timestamptz,
  constraint dossier_item_kind check (kind in ('section', 'page')),
  constraint dossier_item_state check (state in ('passed', 'held', 'released', 'unreadable')),
  constraint dossier_item_page check ((kind = 'page') = (file_no is not null and page_no is not null)),
  constraint dossier_item_settled check ((settled_by is null) = (settled_at is null) and (state in ('released', 'unreadable')) = (settled_at is not null))
);
--> statement-breakpoint
create unique index dossier_item_section on dossier_item (case_id, name) where kind = 'section';
--> statement-breakpoint
create unique index dossier_item_page_once on dossier_item (case_id, file_no, page_no) where kind = 'page';
--> statement-breakpoint
create index dossier_item_held on dossier_item (made_at, id) where state = 'held';
--> statement-breakpoint
create index dossier_item_case on dossier_item (case_id);
--> statement-breakpoint
-- An expert says: I can see who this is. Written once.
create table identity_incident (
  id uuid primary key,
  case_id uuid not null references examination_case (id),
  item_id uuid not null references dossier_item (id),
  assignment_id uuid not null references assignment (id),
  at timestamptz not null
);
--> statement-breakpoint
create index identity_incident_item on identity_incident (item_id);
--> statement-breakpoint
create trigger identity_incident_written_once before update or delete or truncate on identity_incident for each statement execute function refuse_change();
--> statement-breakpoint
grant select, insert, update on draft_act_counter, dossier_item to saraptama_app;
--> statement-breakpoint
grant select, insert on identity_incident to saraptama_app;
--> statement-breakpoint
-- The experts' role: its own part of a case and nothing of how or to whom else it was dealt.
grant usage on schema public to saraptama_expert;
--> statement-breakpoint
grant select (id, case_id, expert_id, case_code, state, state_at, cause, arrived_at, due_at, warned_at, overdue_at, opened_at) on assignment to saraptama_expert;
--> statement-breakpoint
grant select, insert, update, delete on decision_draft to saraptama_expert;
--> statement-breakpoint
grant select on decision to saraptama_expert;
--> statement-breakpoint
-- Who the expert of this transaction is; nobody when it was not said.
create function acting_expert() returns uuid language sql stable parallel safe
  return nullif(current_setting('saraptama.expert', true), '')::uuid;
--> statement-breakpoint
alter table assignment enable row level security;
--> statement-breakpoint
alter table decision_draft enable row level security;
--> statement-breakpoint
alter table decision enable row level security;
--> statement-breakpoint
alter table blind.dossier enable row level security;
--> statement-breakpoint
alter table blind.dossier_page enable row level security;
--> statement-breakpoint
create policy assignment_app on assignment to saraptama_app using (true) with check (true);
--> statement-breakpoint
create policy decision_draft_app on decision_draft to saraptama_app using (true) with check (true);
--> statement-breakpoint
create policy decision_app on decision to saraptama_app using (true) with check (true);
--> statement-breakpoint
create policy dossier_app on blind.dossier to saraptama_app using (true) with check (true);
--> statement-breakpoint
create policy dossier_page_app on blind.dossier_page to saraptama_app using (true) with check (true);
--> statement-breakpoint
create policy assignment_own on assignment for select to saraptama_expert using (expert_id = acting_expert());
--> statement-breakpoint
-- A draft lives while its part is open.
create policy decision_draft_own on decision_draft to saraptama_expert
  using (exists (select from assignment a where a.id = assignment_id and a.expert_id = acting_expert() and a.state = 'open'))
  with check (exists (select from assignment a where a.id = assignment_id and a.expert_id = acting_expert() and a.state = 'open'));
--> statement-breakpoint
create policy decision_own on decision for select to saraptama_expert using (expert_id = acting_expert());
--> statement-breakpoint
-- Papers of a case are seen by those who decide it or have decided it, not by those it was taken from.
create policy dossier_own on blind.dossier for select to saraptama_expert
  using (exists (select from assignment a where a.case_id = dossier.case_id and a.expert_id = acting_expert() and a.state in ('open', 'signed')));
--> statement-breakpoint
create policy dossier_page_own on blind.dossier_page for select to saraptama_expert
  using (exists (select from assignment a where a.case_id = dossier_page.case_id and a.expert_id = acting_expert() and a.state in ('open', 'signed')));
