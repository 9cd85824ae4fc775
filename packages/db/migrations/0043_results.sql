-- Results of the examination: numbers without gaps, documents and their files, protocol journals, hand-over.
CREATE TABLE "register_counter" (
	"register" text NOT NULL,
	"scope" text NOT NULL,
	"year" smallint NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "register_counter_pk" PRIMARY KEY("register","scope","year"),
	CONSTRAINT "register_counter_register" CHECK ("register" in ('act', 'protocol', 'methodology-protocol'))
);
--> statement-breakpoint
CREATE TABLE "issued_document" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conclusion_id" uuid NOT NULL REFERENCES "conclusion"("id"),
	"person_id" uuid NOT NULL REFERENCES "person"("id"),
	"kind" text NOT NULL,
	"number" text NOT NULL UNIQUE,
	"code" text NOT NULL UNIQUE,
	"issued_on" date NOT NULL,
	"valid_until" date,
	"voided_at" timestamp with time zone,
	"replaced_by" uuid,
	"opened_at" timestamp with time zone,
	CONSTRAINT "issued_document_code" CHECK ("code" ~ '^[A-Za-z0-9_-]{22}$')
);
--> statement-breakpoint
CREATE UNIQUE INDEX "issued_document_once" ON "issued_document" USING btree ("conclusion_id","kind");
--> statement-breakpoint
CREATE INDEX "issued_document_person" ON "issued_document" USING btree ("person_id","issued_on");
--> statement-breakpoint
CREATE TABLE "document_file" (
	"document_id" uuid NOT NULL REFERENCES "issued_document"("id"),
	"language" text NOT NULL,
	"pdf" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"signature" "bytea" NOT NULL,
	"signer_serial" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	CONSTRAINT "document_file_pk" PRIMARY KEY("document_id","language"),
	CONSTRAINT "document_file_language" CHECK ("language" in ('kk', 'ru')),
	CONSTRAINT "document_file_whole" CHECK ("sha256" = encode(sha256("pdf"), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "protocol" (
	"id" uuid PRIMARY KEY NOT NULL,
	"journal" text NOT NULL,
	"department_id" uuid REFERENCES "department"("id"),
	"region_code" text NOT NULL,
	"day" date NOT NULL,
	"number" integer NOT NULL,
	CONSTRAINT "protocol_journal" CHECK ("journal" in ('department', 'methodology'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "protocol_day" ON "protocol" USING btree ("journal","region_code","department_id","day") NULLS NOT DISTINCT;
--> statement-breakpoint
CREATE TABLE "protocol_row" (
	"id" uuid PRIMARY KEY NOT NULL,
	"protocol_id" uuid NOT NULL REFERENCES "protocol"("id"),
	"place" integer NOT NULL,
	"conclusion_id" uuid REFERENCES "conclusion"("id"),
	"person_id" uuid NOT NULL REFERENCES "person"("id"),
	"cells" jsonb NOT NULL,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "protocol_row_place" ON "protocol_row" USING btree ("protocol_id","place");
--> statement-breakpoint
CREATE TABLE "protocol_correction" (
	"id" uuid PRIMARY KEY NOT NULL,
	"row_id" uuid NOT NULL REFERENCES "protocol_row"("id"),
	"column_no" smallint NOT NULL,
	"kk" text NOT NULL,
	"ru" text NOT NULL,
	"reason" text NOT NULL,
	"made_by" uuid NOT NULL REFERENCES "person"("id"),
	"made_at" timestamp with time zone NOT NULL,
	"text" text NOT NULL,
	"signature" "bytea" NOT NULL,
	"signer_serial" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "protocol_correction_row" ON "protocol_correction" USING btree ("row_id","made_at");
--> statement-breakpoint
CREATE TABLE "journal_signature" (
	"id" uuid PRIMARY KEY NOT NULL,
	"subject" text NOT NULL,
	"content_hash" text NOT NULL,
	"signed_by" uuid NOT NULL REFERENCES "person"("id"),
	"role" text NOT NULL,
	"text" text NOT NULL,
	"signature" "bytea" NOT NULL,
	"signer_serial" text NOT NULL,
	"signed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "journal_signature_once" ON "journal_signature" USING btree ("subject","content_hash","signed_by");
--> statement-breakpoint
CREATE TABLE "benefit_choice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conclusion_id" uuid NOT NULL REFERENCES "conclusion"("id"),
	"person_id" uuid NOT NULL REFERENCES "person"("id"),
	"benefit" text NOT NULL,
	"chosen_by" uuid NOT NULL REFERENCES "person"("id"),
	"chosen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "benefit_choice_once" ON "benefit_choice" USING btree ("conclusion_id","benefit");
--> statement-breakpoint
CREATE TABLE "programme_execution" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conclusion_id" uuid NOT NULL REFERENCES "conclusion"("id"),
	"person_id" uuid NOT NULL REFERENCES "person"("id"),
	"part" text NOT NULL,
	"source" text NOT NULL,
	"message_id" text NOT NULL,
	"measure" text NOT NULL,
	"state" text NOT NULL,
	"on_day" date,
	"note" text DEFAULT '' NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "programme_execution_once" ON "programme_execution" USING btree ("source","message_id");
--> statement-breakpoint
CREATE INDEX "programme_execution_conclusion" ON "programme_execution" USING btree ("conclusion_id");
--> statement-breakpoint
CREATE TABLE "military_body" (
	"id" uuid PRIMARY KEY NOT NULL,
	"unit_code" text NOT NULL UNIQUE REFERENCES "administrative_unit"("code"),
	"name" jsonb NOT NULL,
	"interacts" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "military_list" (
	"id" uuid PRIMARY KEY NOT NULL,
	"department_id" uuid NOT NULL REFERENCES "department"("id"),
	"pdf" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"text" text NOT NULL,
	"signature" "bytea" NOT NULL,
	"signer_serial" text NOT NULL,
	"signed_by" uuid NOT NULL REFERENCES "person"("id"),
	"signed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "military_task" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conclusion_id" uuid NOT NULL UNIQUE REFERENCES "conclusion"("id"),
	"person_id" uuid NOT NULL REFERENCES "person"("id"),
	"department_id" uuid REFERENCES "department"("id"),
	"region_code" text NOT NULL,
	"unit_code" text,
	"created_at" timestamp with time zone NOT NULL,
	"due_on" date NOT NULL,
	"list_id" uuid REFERENCES "military_list"("id")
);
--> statement-breakpoint
CREATE INDEX "military_task_open" ON "military_task" USING btree ("department_id","due_on") WHERE "list_id" is null;
--> statement-breakpoint
grant select on register_counter, issued_document, document_file, protocol, protocol_row, protocol_correction, journal_signature, benefit_choice,
  programme_execution, military_body, military_list, military_task to saraptama_app;
--> statement-breakpoint
grant insert, update on register_counter, military_body to saraptama_app;
--> statement-breakpoint
-- History: written once. Of a document only its fate may change, of a military task only the list that settled it.
grant insert on issued_document, document_file, protocol, protocol_row, protocol_correction, journal_signature, benefit_choice, programme_execution,
  military_list, military_task to saraptama_app;
--> statement-breakpoint
grant update (voided_at, replaced_by, opened_at) on issued_document to saraptama_app;
--> statement-breakpoint
grant update (list_id) on military_task to saraptama_app;
--> statement-breakpoint
create trigger document_file_written_once before update or delete or truncate on document_file for each statement execute function refuse_change();
--> statement-breakpoint
create trigger protocol_written_once before update or delete or truncate on protocol for each statement execute function refuse_change();
--> statement-breakpoint
create trigger protocol_row_written_once before update or delete or truncate on protocol_row for each statement execute function refuse_change();
--> statement-breakpoint
create trigger protocol_correction_written_once before update or delete or truncate on protocol_correction for each statement execute function refuse_change();
--> statement-breakpoint
create trigger journal_signature_written_once before update or delete or truncate on journal_signature for each statement execute function refuse_change();
--> statement-breakpoint
create trigger programme_execution_written_once before update or delete or truncate on programme_execution for each statement execute function refuse_change();
--> statement-breakpoint
create trigger military_list_written_once before update or delete or truncate on military_list for each statement execute function refuse_change();
--> statement-breakpoint
alter table integration_client add column purpose text not null default 'medical' check (purpose in ('medical', 'e-sobes', 'labour-market'));
