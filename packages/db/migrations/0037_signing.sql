-- T12: texts that wait for a signature. Bound to person, purpose, subject and the exact text; none of these can be changed.
create table signing_request (
  id uuid primary key,
  person_id uuid not null references person (id),
  purpose text not null check (purpose ~ '^[a-z]+(-[a-z]+)*$'),
  subject text not null,
  text text not null,
  hash text not null check (hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  cms bytea,
  to_check_since timestamptz,
  phone_state text check (phone_state in ('waiting', 'fetched', 'signed', 'declined')),
  compare_code text,
  phone_link text,
  phone_ends_at timestamptz
);
--> statement-breakpoint
create index signing_request_person on signing_request (person_id, created_at);
--> statement-breakpoint
create index signing_request_created on signing_request (created_at);
--> statement-breakpoint
grant select, insert, delete on signing_request to saraptama_app;
--> statement-breakpoint
grant update (expires_at, used_at, cms, to_check_since, phone_state, compare_code, phone_link, phone_ends_at) on signing_request to saraptama_app;
--> statement-breakpoint
-- Used once is used for ever, whatever the code does.
create function keep_signing_used() returns trigger language plpgsql as $$
begin
  raise exception 'a text that was signed serves no more' using errcode = 'restrict_violation';
end $$;
--> statement-breakpoint
create trigger signing_request_used_once before update on signing_request
  for each row when (old.used_at is not null) execute function keep_signing_used();
