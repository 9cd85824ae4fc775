CREATE TABLE "board" (
	"id" uuid PRIMARY KEY NOT NULL,
	"department_id" uuid NOT NULL,
	"name" text NOT NULL,
	"rooms" text[] DEFAULT '{}' NOT NULL,
	"token_hash" text NOT NULL,
	"volume" integer DEFAULT 70 NOT NULL,
	"emergency" jsonb,
	"test_calls" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "board_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "fault_report" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"person_id" uuid,
	"kind" text NOT NULL,
	"page" text NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"contact" text,
	"subject" text,
	"reported_at" timestamp with time zone NOT NULL,
	"stored_at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"answer" text,
	"answered_by" uuid,
	"state_at" timestamp with time zone NOT NULL,
	CONSTRAINT "fault_report_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "mass_move_item" (
	"id" uuid PRIMARY KEY NOT NULL,
	"mass_move_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"turn" integer NOT NULL,
	"state" text NOT NULL,
	"new_booking_id" uuid,
	"to_call" boolean DEFAULT false NOT NULL,
	"called_at" timestamp with time zone,
	"called_by" uuid,
	"failure" text,
	"state_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mass_move" (
	"id" uuid PRIMARY KEY NOT NULL,
	"department_id" uuid NOT NULL,
	"closure_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	"state" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "message_text" (
	"id" uuid PRIMARY KEY NOT NULL,
	"template" text NOT NULL,
	"language" text NOT NULL,
	"text" text NOT NULL,
	"valid_from" timestamp with time zone NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"approved_by" uuid,
	"approved_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "message_text_four_eyes" CHECK ("message_text"."approved_by" is null or "message_text"."approved_by" <> "message_text"."created_by")
);
--> statement-breakpoint
CREATE TABLE "mobile_signing" (
	"id" uuid PRIMARY KEY NOT NULL,
	"challenge_id" uuid NOT NULL,
	"secret_hash" text NOT NULL,
	"compare_code" text NOT NULL,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"cms" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mobile_signing_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "phone_change" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"new_phone" text NOT NULL,
	"old_code_hash" text,
	"new_code_hash" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "problem" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"department_id" uuid,
	"detected_on" date NOT NULL,
	"due_on" date NOT NULL,
	"text" text NOT NULL,
	"state" text NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"sent_by" uuid,
	CONSTRAINT "problem_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "term_set" (
	"term" text NOT NULL,
	"valid_from" date NOT NULL,
	"words" jsonb NOT NULL,
	"basis" text NOT NULL,
	CONSTRAINT "term_set_term_valid_from_pk" PRIMARY KEY("term","valid_from")
);
--> statement-breakpoint
CREATE TABLE "wait_entry" (
	"id" uuid PRIMARY KEY NOT NULL,
	"form_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"asked_by" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	"wanted_from" date NOT NULL,
	"wanted_until" date NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"state_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wait_offer" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	"place_id" bigint NOT NULL,
	"day" date NOT NULL,
	"starts_at" time(0) NOT NULL,
	"offered_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"state_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "business_trip" ADD COLUMN "kind" text DEFAULT 'trip' NOT NULL;--> statement-breakpoint
ALTER TABLE "business_trip" ADD COLUMN "reason" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "business_trip" ADD COLUMN "cancelled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reception_schedule" ADD COLUMN "published_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reception_schedule" ADD COLUMN "published_by" uuid;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "contact_phone" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "email" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "access_needs" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "place" ADD COLUMN "held_for_form" uuid;--> statement-breakpoint
ALTER TABLE "place" ADD COLUMN "held_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "board" ADD CONSTRAINT "board_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fault_report" ADD CONSTRAINT "fault_report_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fault_report" ADD CONSTRAINT "fault_report_answered_by_person_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mass_move_item" ADD CONSTRAINT "mass_move_item_mass_move_id_mass_move_id_fk" FOREIGN KEY ("mass_move_id") REFERENCES "public"."mass_move"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mass_move_item" ADD CONSTRAINT "mass_move_item_booking_id_booking_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."booking"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mass_move_item" ADD CONSTRAINT "mass_move_item_new_booking_id_booking_id_fk" FOREIGN KEY ("new_booking_id") REFERENCES "public"."booking"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mass_move_item" ADD CONSTRAINT "mass_move_item_called_by_person_id_fk" FOREIGN KEY ("called_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mass_move" ADD CONSTRAINT "mass_move_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mass_move" ADD CONSTRAINT "mass_move_closure_id_business_trip_id_fk" FOREIGN KEY ("closure_id") REFERENCES "public"."business_trip"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mass_move" ADD CONSTRAINT "mass_move_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_text" ADD CONSTRAINT "message_text_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_text" ADD CONSTRAINT "message_text_approved_by_person_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "phone_change" ADD CONSTRAINT "phone_change_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem" ADD CONSTRAINT "problem_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem" ADD CONSTRAINT "problem_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "problem" ADD CONSTRAINT "problem_sent_by_person_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wait_entry" ADD CONSTRAINT "wait_entry_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wait_entry" ADD CONSTRAINT "wait_entry_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wait_entry" ADD CONSTRAINT "wait_entry_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wait_entry" ADD CONSTRAINT "wait_entry_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wait_offer" ADD CONSTRAINT "wait_offer_entry_id_wait_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."wait_entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wait_offer" ADD CONSTRAINT "wait_offer_place_id_place_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."place"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "board_department" ON "board" USING btree ("department_id");--> statement-breakpoint
CREATE INDEX "fault_report_open" ON "fault_report" USING btree ("reported_at") WHERE "fault_report"."state" = 'open';--> statement-breakpoint
CREATE INDEX "fault_report_person" ON "fault_report" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mass_move_item_once" ON "mass_move_item" USING btree ("mass_move_id","booking_id");--> statement-breakpoint
CREATE INDEX "mass_move_item_pending" ON "mass_move_item" USING btree ("mass_move_id","turn") WHERE "mass_move_item"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "mass_move_department" ON "mass_move" USING btree ("department_id","created_at");--> statement-breakpoint
CREATE INDEX "mass_move_running" ON "mass_move" USING btree ("created_at") WHERE "mass_move"."state" = 'running';--> statement-breakpoint
CREATE INDEX "message_text_template" ON "message_text" USING btree ("template","language","valid_from");--> statement-breakpoint
CREATE INDEX "mobile_signing_expires" ON "mobile_signing" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "problem_open" ON "problem" USING btree ("due_on") WHERE "problem"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "wait_entry_form_once" ON "wait_entry" USING btree ("form_id") WHERE "wait_entry"."state" in ('waiting', 'offered');--> statement-breakpoint
CREATE INDEX "wait_entry_turn" ON "wait_entry" USING btree ("department_id","created_at") WHERE "wait_entry"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "wait_offer_place_open" ON "wait_offer" USING btree ("place_id") WHERE "wait_offer"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "wait_offer_entry_open" ON "wait_offer" USING btree ("entry_id") WHERE "wait_offer"."state" = 'open';--> statement-breakpoint
CREATE INDEX "wait_offer_expires" ON "wait_offer" USING btree ("expires_at") WHERE "wait_offer"."state" = 'open';