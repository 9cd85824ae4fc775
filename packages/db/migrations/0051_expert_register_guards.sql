-- Guards of the register of experts from announcement to exclusion.
grant select on announcement, expert_application, expert_application_event, expert_application_file, test_result, expert_contract, expert_setup, expert_modem,
  expert_indicator, expert_exclusion, registry_feed, registry_feed_event, policy_proposal to saraptama_app;
--> statement-breakpoint
grant insert, update on announcement, expert_application, expert_application_file, expert_contract, expert_setup, expert_modem, expert_exclusion,
  registry_feed, policy_proposal to saraptama_app;
--> statement-breakpoint
-- History: written once.
grant insert on expert_application_event, test_result, expert_indicator, registry_feed_event to saraptama_app;
--> statement-breakpoint
create trigger expert_application_event_written_once before update or delete or truncate on expert_application_event for each statement execute function refuse_change();
--> statement-breakpoint
create trigger test_result_written_once before update or delete or truncate on test_result for each statement execute function refuse_change();
--> statement-breakpoint
create trigger expert_indicator_written_once before update or delete or truncate on expert_indicator for each statement execute function refuse_change();
--> statement-breakpoint
create trigger registry_feed_event_written_once before update or delete or truncate on registry_feed_event for each statement execute function refuse_change();
--> statement-breakpoint
-- RG-01, RG-02: what was published stays as it was published; only its withdrawal may be added.
create function keep_published_announcement() returns trigger language plpgsql as $$
begin
  if old.published_on is not null and (new.content, new.places, new.intake_from, new.intake_until, new.published_on, new.number)
    is distinct from (old.content, old.places, old.intake_from, old.intake_until, old.published_on, old.number) then
    raise exception 'a published announcement is not changed';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger announcement_kept before update on announcement for each row execute function keep_published_announcement();
--> statement-breakpoint
-- RG-09: what was signed stays as it was signed.
create function keep_signed_application() returns trigger language plpgsql as $$
begin
  if old.signature is not null and (new.text, new.signature, new.signer_serial, new.fields, new.consent_version, new.person_id, new.announcement_id, new.number)
    is distinct from (old.text, old.signature, old.signer_serial, old.fields, old.consent_version, old.person_id, old.announcement_id, old.number) then
    raise exception 'a signed application is not changed';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger expert_application_kept before update on expert_application for each row execute function keep_signed_application();
--> statement-breakpoint
create function keep_signed_contract() returns trigger language plpgsql as $$
begin
  if (new.text, new.committee_signature, new.number, new.indicator, new.sent_at, new.due_on) is distinct from (old.text, old.committee_signature, old.number, old.indicator, old.sent_at, old.due_on)
    or (old.signature is not null and (new.signature, new.signed_at) is distinct from (old.signature, old.signed_at)) then
    raise exception 'a sent contract is not changed';
  end if;
  return new;
end $$;
--> statement-breakpoint
create trigger expert_contract_kept before update on expert_contract for each row execute function keep_signed_contract();
--> statement-breakpoint
-- R05: search of the register by what its screen filters by.
create index expert_region on expert (region_code, kind) where excluded_on is null;
--> statement-breakpoint
create index expert_person on expert (person_id);
--> statement-breakpoint
create index expert_nosology_current on expert_nosology (group_code, expert_id) where valid_until is null;
--> statement-breakpoint
create index expert_absence_current on expert_absence (expert_id) where cancelled_at is null;
--> statement-breakpoint
create sequence expert_code_seq;
--> statement-breakpoint
create sequence expert_application_seq;
--> statement-breakpoint
create sequence expert_contract_seq;
--> statement-breakpoint
grant usage, select on sequence expert_code_seq, expert_application_seq, expert_contract_seq to saraptama_app;
--> statement-breakpoint
insert into policy (key, valid_from, value, basis, assumed) values
  ('register.experience', '2025-01-01', '{"years": null}', 'Joint order 378/615-НҚ/77, paragraph 7(2) (pilot wording): the least length is not at hand', true),
  ('register.disqualifying', '2025-01-01', '{"psychiatry": true, "narcology": true, "criminalRecord": true}', 'Joint order 378/615-НҚ/77, paragraph 6: the list is not at hand; our reading of paragraph 7(5)–(7)', true);
