CREATE TABLE "administrative_unit" (
	"code" text PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"parent_code" text,
	"name" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "business_trip" (
	"id" uuid PRIMARY KEY NOT NULL,
	"department_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	CONSTRAINT "business_trip_order" CHECK ("business_trip"."from_day" <= "business_trip"."until_day")
);
--> statement-breakpoint
CREATE TABLE "calendar_day" (
	"date" date PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"basis" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "department" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"region_code" text NOT NULL,
	"name" jsonb NOT NULL,
	"address" jsonb NOT NULL,
	"landmark" jsonb NOT NULL,
	"access" jsonb NOT NULL,
	"phone" text NOT NULL,
	"rooms" text[] NOT NULL,
	CONSTRAINT "department_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "queue_pilot" (
	"id" uuid PRIMARY KEY NOT NULL,
	"region_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date NOT NULL,
	"legal_act" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reception_schedule" (
	"id" uuid PRIMARY KEY NOT NULL,
	"department_id" uuid NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	"places_per_start" integer NOT NULL,
	CONSTRAINT "reception_schedule_order" CHECK ("reception_schedule"."from_day" <= "reception_schedule"."until_day"),
	CONSTRAINT "reception_schedule_places" CHECK ("reception_schedule"."places_per_start" between 1 and 50)
);
--> statement-breakpoint
CREATE TABLE "start_times" (
	"valid_from" date PRIMARY KEY NOT NULL,
	"times" text[] NOT NULL,
	"basis" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unit_department" (
	"unit_code" text NOT NULL,
	"department_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	CONSTRAINT "unit_department_unit_code_valid_from_pk" PRIMARY KEY("unit_code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "consent_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "consent_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" uuid NOT NULL,
	"given_by" uuid NOT NULL,
	"kind" text NOT NULL,
	"version" text NOT NULL,
	"language" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "guardianship" (
	"guardian_id" uuid NOT NULL,
	"ward_id" uuid NOT NULL,
	"basis" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY NOT NULL,
	"iin" text NOT NULL,
	"surname" text NOT NULL,
	"name" text NOT NULL,
	"patronymic" text,
	"birth_date" date NOT NULL,
	"sex" text NOT NULL,
	"status" text NOT NULL,
	"legal_capacity" text NOT NULL,
	"unit_code" text,
	"address" jsonb,
	"phone" text,
	"message_language" text DEFAULT 'kk' NOT NULL,
	"persons_as_of" timestamp with time zone NOT NULL,
	"phone_as_of" timestamp with time zone,
	"wards_as_of" timestamp with time zone,
	CONSTRAINT "person_iin_unique" UNIQUE("iin")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"audience" text NOT NULL,
	"trust" text NOT NULL,
	"device" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_challenge" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"audience" text NOT NULL,
	"person_id" uuid,
	"code_hash" text,
	"text" text,
	"language" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"used" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_role" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"role" text NOT NULL,
	"department_id" uuid,
	"valid_from" date NOT NULL,
	"valid_until" date
);
--> statement-breakpoint
CREATE TABLE "form_031" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"representative_id" uuid,
	"number" text NOT NULL,
	"formed_on" date NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	"valid_until" date NOT NULL,
	"track" text NOT NULL,
	"purpose" text NOT NULL,
	"organization_bin" text NOT NULL,
	"organization_name" text NOT NULL,
	"state" text NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "intake_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"client_id" uuid NOT NULL,
	"message_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"document" "bytea" NOT NULL,
	"signature" "bytea" NOT NULL,
	"signer_iin" text,
	"signer_serial" text,
	"signed_at" timestamp with time zone,
	"received_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"decided_at" timestamp with time zone,
	"form_id" uuid,
	"tries" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "integration_client" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"token_hash" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "integration_client_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "booking" (
	"id" uuid PRIMARY KEY NOT NULL,
	"form_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"booked_by" uuid NOT NULL,
	"request_key" uuid NOT NULL,
	"place_id" bigint NOT NULL,
	"department_id" uuid NOT NULL,
	"day" date NOT NULL,
	"starts_at" time(0) NOT NULL,
	"starts_instant" timestamp with time zone NOT NULL,
	"ticket_no" text NOT NULL,
	"ticket_code" text NOT NULL,
	"access_needs" text[] DEFAULT '{}' NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"state_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"moved_from" uuid,
	"cancel_reason" text,
	CONSTRAINT "booking_ticket_code_unique" UNIQUE("ticket_code"),
	CONSTRAINT "booking_state" CHECK ("booking"."state" in ('booked', 'arrived', 'served', 'cancelled', 'moved', 'annulled'))
);
--> statement-breakpoint
CREATE TABLE "live_counter" (
	"department_id" uuid NOT NULL,
	"day" date NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "live_counter_department_id_day_pk" PRIMARY KEY("department_id","day")
);
--> statement-breakpoint
CREATE TABLE "place" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "place_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"department_id" uuid NOT NULL,
	"day" date NOT NULL,
	"starts_at" time(0) NOT NULL,
	"place_no" smallint NOT NULL,
	"day_no" smallint NOT NULL,
	"issued" integer DEFAULT 0 NOT NULL,
	"closed_by_trip" uuid,
	"booking_id" uuid
);
--> statement-breakpoint
CREATE TABLE "visit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"department_id" uuid NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"booking_id" uuid,
	"form_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"ticket_no" text NOT NULL,
	"starts_instant" timestamp with time zone,
	"state" text NOT NULL,
	"room" text,
	"calls" integer DEFAULT 0 NOT NULL,
	"arrived_at" timestamp with time zone NOT NULL,
	"called_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "visit_state" CHECK ("visit"."state" in ('waiting', 'called', 'in-service', 'done', 'did-not-come'))
);
--> statement-breakpoint
CREATE TABLE "message_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "message_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"message_id" uuid NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"template" text NOT NULL,
	"language" text NOT NULL,
	"form_id" uuid,
	"booking_id" uuid,
	"phone" text,
	"params" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"text" text,
	"once_key" text NOT NULL,
	"state" text DEFAULT 'queued' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"state_at" timestamp with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"parts" integer,
	"reference" integer,
	"centre_ids" text[] DEFAULT '{}' NOT NULL,
	"failure" text,
	CONSTRAINT "message_once_key_unique" UNIQUE("once_key"),
	CONSTRAINT "message_state" CHECK ("message"."state" in ('queued', 'sending', 'unknown', 'accepted', 'delivered', 'undelivered', 'expired', 'dead'))
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"actor_role" text NOT NULL,
	"action" text NOT NULL,
	"outcome" text NOT NULL,
	"person_id" uuid,
	"subject" text,
	"request_id" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "demo_clock" (
	"id" integer PRIMARY KEY NOT NULL,
	"offset_ms" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "business_trip" ADD CONSTRAINT "business_trip_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reception_schedule" ADD CONSTRAINT "reception_schedule_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_department" ADD CONSTRAINT "unit_department_unit_code_administrative_unit_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."administrative_unit"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "unit_department" ADD CONSTRAINT "unit_department_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_given_by_person_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_guardian_id_person_id_fk" FOREIGN KEY ("guardian_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "guardianship" ADD CONSTRAINT "guardianship_ward_id_person_id_fk" FOREIGN KEY ("ward_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_unit_code_administrative_unit_code_fk" FOREIGN KEY ("unit_code") REFERENCES "public"."administrative_unit"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_in_challenge" ADD CONSTRAINT "sign_in_challenge_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_role" ADD CONSTRAINT "staff_role_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_role" ADD CONSTRAINT "staff_role_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_031" ADD CONSTRAINT "form_031_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_031" ADD CONSTRAINT "form_031_representative_id_person_id_fk" FOREIGN KEY ("representative_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "intake_message" ADD CONSTRAINT "intake_message_client_id_integration_client_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."integration_client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_booked_by_person_id_fk" FOREIGN KEY ("booked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_place_id_place_id_fk" FOREIGN KEY ("place_id") REFERENCES "public"."place"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking" ADD CONSTRAINT "booking_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "live_counter" ADD CONSTRAINT "live_counter_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place" ADD CONSTRAINT "place_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "place" ADD CONSTRAINT "place_closed_by_trip_business_trip_id_fk" FOREIGN KEY ("closed_by_trip") REFERENCES "public"."business_trip"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_booking_id_booking_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."booking"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_event" ADD CONSTRAINT "message_event_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_booking_id_booking_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."booking"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "business_trip_department" ON "business_trip" USING btree ("department_id","from_day");--> statement-breakpoint
CREATE INDEX "reception_schedule_department" ON "reception_schedule" USING btree ("department_id","from_day");--> statement-breakpoint
CREATE INDEX "consent_event_person" ON "consent_event" USING btree ("person_id","id" desc);--> statement-breakpoint
CREATE UNIQUE INDEX "guardianship_pair" ON "guardianship" USING btree ("guardian_id","ward_id","basis");--> statement-breakpoint
CREATE INDEX "guardianship_ward" ON "guardianship" USING btree ("ward_id");--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_expires" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sign_in_challenge_person" ON "sign_in_challenge" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "sign_in_challenge_expires" ON "sign_in_challenge" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "staff_role_person" ON "staff_role" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "form_031_person" ON "form_031" USING btree ("person_id","accepted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "intake_message_once" ON "intake_message" USING btree ("client_id","message_id","content_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "intake_message_passed_once" ON "intake_message" USING btree ("client_id","message_id") WHERE "intake_message"."state" = 'accepted';--> statement-breakpoint
CREATE INDEX "intake_message_waiting" ON "intake_message" USING btree ("received_at") WHERE "intake_message"."state" = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "booking_place_once" ON "booking" USING btree ("place_id") WHERE "booking"."state" in ('booked', 'arrived', 'served');--> statement-breakpoint
CREATE UNIQUE INDEX "booking_form_once" ON "booking" USING btree ("form_id") WHERE "booking"."state" in ('booked', 'arrived', 'served');--> statement-breakpoint
CREATE UNIQUE INDEX "booking_request" ON "booking" USING btree ("booked_by","request_key");--> statement-breakpoint
CREATE UNIQUE INDEX "booking_ticket" ON "booking" USING btree ("department_id","day","ticket_no");--> statement-breakpoint
CREATE INDEX "booking_form" ON "booking" USING btree ("form_id","created_at");--> statement-breakpoint
CREATE INDEX "booking_person" ON "booking" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "booking_lateness" ON "booking" USING btree ("starts_instant") WHERE "booking"."state" = 'booked';--> statement-breakpoint
CREATE UNIQUE INDEX "place_once" ON "place" USING btree ("department_id","day","starts_at","place_no");--> statement-breakpoint
CREATE UNIQUE INDEX "place_day_no" ON "place" USING btree ("department_id","day","day_no");--> statement-breakpoint
CREATE INDEX "place_free" ON "place" USING btree ("department_id","day","starts_at") WHERE "place"."booking_id" is null and "place"."closed_by_trip" is null;--> statement-breakpoint
CREATE INDEX "visit_day" ON "visit" USING btree ("department_id","day");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_booking" ON "visit" USING btree ("booking_id");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_ticket" ON "visit" USING btree ("department_id","day","ticket_no");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_form_live" ON "visit" USING btree ("form_id") WHERE "visit"."state" in ('waiting', 'called', 'in-service');--> statement-breakpoint
CREATE INDEX "message_event_message" ON "message_event" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "message_due" ON "message" USING btree ("due_at") WHERE "message"."state" = 'queued';--> statement-breakpoint
CREATE INDEX "message_unsettled" ON "message" USING btree ("state_at") WHERE "message"."state" in ('sending', 'unknown', 'accepted');--> statement-breakpoint
CREATE INDEX "message_person" ON "message" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "message_booking" ON "message" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "message_centre" ON "message" USING gin ("centre_ids");--> statement-breakpoint
CREATE INDEX "audit_event_person" ON "audit_event" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "audit_event_subject" ON "audit_event" USING btree ("subject");