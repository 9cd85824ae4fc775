-- EQ-03, EQ-04: a department's schedules in force never overlap, whatever the code does; one that was replaced stays as history.
-- btree_gist comes with PostgreSQL and may be installed by the owner of a database.
create extension if not exists btree_gist;
--> statement-breakpoint
alter table reception_schedule add column replaced_at timestamp with time zone;
--> statement-breakpoint
alter table reception_schedule add constraint reception_schedule_alone
  exclude using gist (department_id with =, daterange(from_day, until_day, '[]') with &&) where (replaced_at is null);
--> statement-breakpoint
-- A day of the calendar entered by mistake is taken out again; the audit keeps what it said.
grant delete on calendar_day to saraptama_app;
