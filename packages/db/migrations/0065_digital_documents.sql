-- FF-06: documents from the digital documents service, taken with the owner's consent. Neither codes nor tokens are ever stored.
create table document_access (
  id uuid primary key not null,
  application_id uuid not null references in_person_application (id),
  person_id uuid not null references person (id),
  way text not null,
  -- The service's own name of the request.
  service_id text not null,
  phone_masked text not null,
  documents jsonb not null,
  state text not null,
  tries integer not null default 0,
  expires_at timestamp with time zone not null,
  asked_by uuid not null references person (id),
  asked_at timestamp with time zone not null,
  state_at timestamp with time zone not null,
  constraint document_access_way check (way in ('code', 'sms-reply')),
  constraint document_access_state check (state in ('sent', 'received', 'declined', 'expired', 'used-up'))
);
--> statement-breakpoint
create unique index document_access_live on document_access (application_id) where state = 'sent';
--> statement-breakpoint
create index document_access_application on document_access (application_id, asked_at);
--> statement-breakpoint
create table digital_document (
  id uuid primary key not null,
  application_id uuid not null references in_person_application (id),
  person_id uuid not null references person (id),
  access_id uuid not null references document_access (id),
  document text not null,
  number text not null,
  issued_on date not null,
  valid_until date,
  -- The exact signed data, its signature (CMS, detached) and the file it names by its hash.
  data text not null,
  signature bytea not null,
  signer_serial text not null,
  pdf bytea not null,
  sha256 text not null,
  received_at timestamp with time zone not null
);
--> statement-breakpoint
create unique index digital_document_once on digital_document (access_id, document);
--> statement-breakpoint
create index digital_document_application on digital_document (application_id);
--> statement-breakpoint
create index digital_document_person on digital_document (person_id);
--> statement-breakpoint
grant select, insert, update on document_access to saraptama_app;
--> statement-breakpoint
grant select, insert on digital_document to saraptama_app;
