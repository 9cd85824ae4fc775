CREATE TABLE "announcement" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text,
	"content" jsonb NOT NULL,
	"places" integer NOT NULL,
	"intake_from" date NOT NULL,
	"intake_until" date NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"published_on" date,
	"published_by" uuid,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_by" uuid,
	"withdrawn_reason" text,
	CONSTRAINT "announcement_number_unique" UNIQUE("number"),
	CONSTRAINT "announcement_order" CHECK ("announcement"."intake_from" <= "announcement"."intake_until"),
	CONSTRAINT "announcement_number" CHECK (("announcement"."published_on" is null) = ("announcement"."number" is null))
);
--> statement-breakpoint
CREATE TABLE "expert_application_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "expert_application_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"application_id" uuid NOT NULL,
	"event" text NOT NULL,
	"from_state" text NOT NULL,
	"to_state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "expert_application_file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"item" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea",
	"uploaded_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	CONSTRAINT "expert_application_file_item" CHECK ("expert_application_file"."item" in ('diploma', 'experience', 'certificate', 'training')),
	CONSTRAINT "expert_application_file_content" CHECK (("expert_application_file"."content" is null) = ("expert_application_file"."removed_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "expert_application" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text,
	"announcement_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"state" text NOT NULL,
	"state_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"fields" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"language" text NOT NULL,
	"facts" jsonb,
	"facts_at" timestamp with time zone,
	"submitted_at" timestamp with time zone,
	"consent_version" text,
	"text" text,
	"signature" "bytea",
	"signer_serial" text,
	"due_on" date,
	"reasons" text[] DEFAULT '{}' NOT NULL,
	"note" text,
	"proposed_by" uuid,
	"refused_from" text,
	"test_code" text,
	"attempt" smallint DEFAULT 0 NOT NULL,
	"used_retakes" smallint DEFAULT 0 NOT NULL,
	"review_text" text,
	"reviews" smallint DEFAULT 0 NOT NULL,
	"expert_id" uuid,
	CONSTRAINT "expert_application_number_unique" UNIQUE("number"),
	CONSTRAINT "expert_application_test_code_unique" UNIQUE("test_code"),
	CONSTRAINT "expert_application_state_known" CHECK ("expert_application"."state" in ('draft', 'checking', 'refusal-proposed', 'invited', 'retake', 'passed', 'contract-sent', 'contract-signed', 'entered', 'refused', 'review', 'withdrawn')),
	CONSTRAINT "expert_application_signed" CHECK ("expert_application"."state" in ('draft', 'withdrawn') or ("expert_application"."signature" is not null and "expert_application"."text" is not null and "expert_application"."number" is not null))
);
--> statement-breakpoint
CREATE TABLE "expert_contract" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"number" text NOT NULL,
	"indicator" integer NOT NULL,
	"text" text NOT NULL,
	"committee_signature" "bytea" NOT NULL,
	"committee_serial" text NOT NULL,
	"committee_by" uuid NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"due_on" date NOT NULL,
	"signature" "bytea",
	"signer_serial" text,
	"signed_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "expert_contract_number_unique" UNIQUE("number"),
	CONSTRAINT "expert_contract_indicator" CHECK ("expert_contract"."indicator" >= 1),
	CONSTRAINT "expert_contract_signed" CHECK (("expert_contract"."signature" is null) = ("expert_contract"."signed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "expert_exclusion" (
	"id" uuid PRIMARY KEY NOT NULL,
	"expert_id" uuid NOT NULL,
	"ground" text NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"moved" integer,
	"left_over" integer
);
--> statement-breakpoint
CREATE TABLE "expert_indicator" (
	"expert_id" uuid NOT NULL,
	"month" date NOT NULL,
	"target" integer NOT NULL,
	"done" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "expert_indicator_expert_id_month_pk" PRIMARY KEY("expert_id","month")
);
--> statement-breakpoint
CREATE TABLE "expert_modem" (
	"id" uuid PRIMARY KEY NOT NULL,
	"expert_id" uuid NOT NULL,
	"number" text NOT NULL,
	"issued_on" date NOT NULL,
	"issue_act" text NOT NULL,
	"returned_on" date,
	"return_act" text,
	CONSTRAINT "expert_modem_return" CHECK (("expert_modem"."returned_on" is null) = ("expert_modem"."return_act" is null))
);
--> statement-breakpoint
CREATE TABLE "expert_setup" (
	"expert_id" uuid PRIMARY KEY NOT NULL,
	"contract_id" uuid,
	"indicator" integer,
	"training_due_on" date,
	"trained_on" date
);
--> statement-breakpoint
CREATE TABLE "policy_proposal" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"valid_from" date NOT NULL,
	"value" jsonb NOT NULL,
	"basis" text NOT NULL,
	"assumed" boolean NOT NULL,
	"state" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "registry_feed_event" (
	"feed" text NOT NULL,
	"event_id" text NOT NULL,
	"expert_id" uuid,
	"taken_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"absence_id" uuid,
	CONSTRAINT "registry_feed_event_feed_event_id_pk" PRIMARY KEY("feed","event_id")
);
--> statement-breakpoint
CREATE TABLE "registry_feed" (
	"name" text PRIMARY KEY NOT NULL,
	"cursor" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "test_result" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"application_id" uuid NOT NULL,
	"attempt" smallint NOT NULL,
	"hundredths" integer NOT NULL,
	"proctoring" text NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	CONSTRAINT "test_result_event_id_unique" UNIQUE("event_id")
);
--> statement-breakpoint
ALTER TABLE "expert_application_event" ADD CONSTRAINT "expert_application_event_application_id_expert_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."expert_application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_application_file" ADD CONSTRAINT "expert_application_file_application_id_expert_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."expert_application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_application" ADD CONSTRAINT "expert_application_announcement_id_announcement_id_fk" FOREIGN KEY ("announcement_id") REFERENCES "public"."announcement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_application" ADD CONSTRAINT "expert_application_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_application" ADD CONSTRAINT "expert_application_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_contract" ADD CONSTRAINT "expert_contract_application_id_expert_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."expert_application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_exclusion" ADD CONSTRAINT "expert_exclusion_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_indicator" ADD CONSTRAINT "expert_indicator_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_modem" ADD CONSTRAINT "expert_modem_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_setup" ADD CONSTRAINT "expert_setup_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_setup" ADD CONSTRAINT "expert_setup_contract_id_expert_contract_id_fk" FOREIGN KEY ("contract_id") REFERENCES "public"."expert_contract"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry_feed_event" ADD CONSTRAINT "registry_feed_event_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "test_result" ADD CONSTRAINT "test_result_application_id_expert_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."expert_application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "expert_application_event_of" ON "expert_application_event" USING btree ("application_id","id");--> statement-breakpoint
CREATE INDEX "expert_application_file_of" ON "expert_application_file" USING btree ("application_id");--> statement-breakpoint
CREATE UNIQUE INDEX "expert_application_one_under_way" ON "expert_application" USING btree ("person_id") WHERE "expert_application"."state" not in ('entered', 'refused', 'withdrawn');--> statement-breakpoint
CREATE UNIQUE INDEX "expert_application_once" ON "expert_application" USING btree ("announcement_id","person_id") WHERE "expert_application"."state" <> 'withdrawn';--> statement-breakpoint
CREATE INDEX "expert_application_state" ON "expert_application" USING btree ("state","due_on");--> statement-breakpoint
CREATE INDEX "expert_application_person" ON "expert_application" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "expert_contract_live" ON "expert_contract" USING btree ("application_id") WHERE "expert_contract"."ended_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "expert_exclusion_open" ON "expert_exclusion" USING btree ("expert_id") WHERE "expert_exclusion"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "expert_exclusion_expert" ON "expert_exclusion" USING btree ("expert_id","proposed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "expert_modem_number" ON "expert_modem" USING btree ("number") WHERE "expert_modem"."returned_on" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "expert_modem_expert" ON "expert_modem" USING btree ("expert_id") WHERE "expert_modem"."returned_on" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "policy_proposal_open" ON "policy_proposal" USING btree ("key") WHERE "policy_proposal"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "test_result_application" ON "test_result" USING btree ("application_id");