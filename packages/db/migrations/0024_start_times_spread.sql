-- EQ-02: new start times hold for all departments from their day on; the places of each department follow one after the other.
create table start_times_spread (
  id uuid primary key,
  valid_from date not null references start_times (valid_from),
  started_by uuid not null references person (id),
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone
);
--> statement-breakpoint
create index start_times_spread_of on start_times_spread (valid_from, started_at);
--> statement-breakpoint
create index start_times_spread_running on start_times_spread (started_at) where finished_at is null;
--> statement-breakpoint
create table start_times_spread_item (
  spread_id uuid not null references start_times_spread (id),
  department_id uuid not null references department (id),
  done_at timestamp with time zone,
  added integer not null default 0,
  reopened integer not null default 0,
  withdrawn integer not null default 0,
  kept integer not null default 0,
  primary key (spread_id, department_id)
);
--> statement-breakpoint
create index start_times_spread_item_open on start_times_spread_item (spread_id) where done_at is null;
--> statement-breakpoint
grant select, insert, update on start_times_spread, start_times_spread_item to saraptama_app;
