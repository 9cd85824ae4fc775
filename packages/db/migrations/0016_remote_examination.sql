CREATE SCHEMA "blind";
--> statement-breakpoint
CREATE TABLE "policy" (
	"key" text NOT NULL,
	"valid_from" date NOT NULL,
	"value" jsonb NOT NULL,
	"basis" text NOT NULL,
	"assumed" boolean NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "policy_key_valid_from_pk" PRIMARY KEY("key","valid_from")
);
--> statement-breakpoint
CREATE TABLE "region" (
	"code" text PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "expert_absence" (
	"id" uuid PRIMARY KEY NOT NULL,
	"expert_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone,
	CONSTRAINT "expert_absence_order" CHECK ("expert_absence"."until_day" is null or "expert_absence"."from_day" <= "expert_absence"."until_day")
);
--> statement-breakpoint
CREATE TABLE "expert_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "expert_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"expert_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"change" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"reason" jsonb
);
--> statement-breakpoint
CREATE TABLE "expert_nosology" (
	"expert_id" uuid NOT NULL,
	"group_code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	CONSTRAINT "expert_nosology_expert_id_group_code_valid_from_pk" PRIMARY KEY("expert_id","group_code","valid_from")
);
--> statement-breakpoint
CREATE TABLE "expert" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"region_code" text NOT NULL,
	"department_id" uuid,
	"entered_on" date NOT NULL,
	"daily_cap" integer,
	"excluded_on" date,
	"exclusion_ground" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "expert_code_unique" UNIQUE("code"),
	CONSTRAINT "expert_excluded" CHECK (("expert"."excluded_on" is null) = ("expert"."exclusion_ground" is null)),
	CONSTRAINT "expert_kind" CHECK ("expert"."kind" in ('department-head', 'chief-specialist', 'independent'))
);
--> statement-breakpoint
CREATE TABLE "nosology_code" (
	"id" uuid PRIMARY KEY NOT NULL,
	"group_code" text NOT NULL,
	"icd_prefix" text NOT NULL,
	"from_age" integer,
	"until_age" integer,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"basis" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nosology_group" (
	"code" text PRIMARY KEY NOT NULL,
	"name" jsonb NOT NULL,
	"special" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assignment" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"seat" smallint NOT NULL,
	"expert_id" uuid NOT NULL,
	"case_code" text NOT NULL,
	"state" text NOT NULL,
	"state_at" timestamp with time zone NOT NULL,
	"cause" text NOT NULL,
	"dealing_id" uuid,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"arrived_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"warned_at" timestamp with time zone,
	"overdue_at" timestamp with time zone,
	"opened_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "case_event" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "case_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"case_id" uuid NOT NULL,
	"event" text NOT NULL,
	"from_state" text,
	"to_state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "examination_case" (
	"id" uuid PRIMARY KEY NOT NULL,
	"form_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"representative_id" uuid,
	"region_code" text NOT NULL,
	"department_id" uuid,
	"track" text NOT NULL,
	"nosology_group" text NOT NULL,
	"purpose" text NOT NULL,
	"state" text NOT NULL,
	"state_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"draft_act_no" text,
	"draft_formed_at" timestamp with time zone,
	"arrival" bigint GENERATED ALWAYS AS IDENTITY (sequence name "examination_case_arrival_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"waiting_since" timestamp with time zone,
	"dealt_at" timestamp with time zone,
	"due_at" timestamp with time zone,
	"invited_at" timestamp with time zone,
	"repeat_at" timestamp with time zone,
	"close_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "examination_case_form_id_unique" UNIQUE("form_id"),
	CONSTRAINT "examination_case_draft_act_no_unique" UNIQUE("draft_act_no")
);
--> statement-breakpoint
CREATE TABLE "comparison" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"detail" jsonb NOT NULL,
	CONSTRAINT "comparison_case_id_unique" UNIQUE("case_id")
);
--> statement-breakpoint
CREATE TABLE "conclusion" (
	"id" uuid PRIMARY KEY NOT NULL,
	"act_no" text NOT NULL,
	"form_id" uuid NOT NULL,
	"case_id" uuid,
	"person_id" uuid NOT NULL,
	"department_id" uuid,
	"basis" text NOT NULL,
	"examined_on" date NOT NULL,
	"content" jsonb NOT NULL,
	"text" text,
	"signature" "bytea",
	"signed_by" uuid,
	"concluded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "conclusion_act_no_unique" UNIQUE("act_no"),
	CONSTRAINT "conclusion_form_id_unique" UNIQUE("form_id"),
	CONSTRAINT "conclusion_signed" CHECK ("conclusion"."basis" = 'remote' or ("conclusion"."signature" is not null and "conclusion"."signed_by" is not null))
);
--> statement-breakpoint
CREATE TABLE "dealing" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"seed" bigint NOT NULL,
	"method" text NOT NULL,
	"seen" integer NOT NULL,
	"dealt" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decision_draft" (
	"assignment_id" uuid PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"version" integer NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"id" uuid PRIMARY KEY NOT NULL,
	"assignment_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"expert_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"text" text NOT NULL,
	"signature" "bytea" NOT NULL,
	"signer_serial" text NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	"in_time" boolean NOT NULL,
	CONSTRAINT "decision_assignment_id_unique" UNIQUE("assignment_id")
);
--> statement-breakpoint
CREATE TABLE "blind"."dossier_page" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"file_no" smallint NOT NULL,
	"page_no" smallint NOT NULL,
	"kind" text NOT NULL,
	"media_type" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "blind"."dossier" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"sex" text NOT NULL,
	"age_years" integer NOT NULL,
	"nosology_group" text NOT NULL,
	"purpose" text NOT NULL,
	"icd10" text NOT NULL,
	"sections" jsonb NOT NULL,
	"examinations" jsonb NOT NULL,
	"made_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "form_content" (
	"form_id" uuid PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "form_file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"form_id" uuid NOT NULL,
	"store_id" text NOT NULL,
	"kind" text NOT NULL,
	"media_type" text NOT NULL,
	"sha256" text NOT NULL,
	"content" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbound_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"destination" text NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"once_key" text NOT NULL,
	"person_id" uuid,
	"state" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"failure" text,
	CONSTRAINT "outbound_message_once_key_unique" UNIQUE("once_key")
);
--> statement-breakpoint
ALTER TABLE "expert_absence" ADD CONSTRAINT "expert_absence_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_change" ADD CONSTRAINT "expert_change_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_nosology" ADD CONSTRAINT "expert_nosology_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert_nosology" ADD CONSTRAINT "expert_nosology_group_code_nosology_group_code_fk" FOREIGN KEY ("group_code") REFERENCES "public"."nosology_group"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert" ADD CONSTRAINT "expert_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert" ADD CONSTRAINT "expert_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expert" ADD CONSTRAINT "expert_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "nosology_code" ADD CONSTRAINT "nosology_code_group_code_nosology_group_code_fk" FOREIGN KEY ("group_code") REFERENCES "public"."nosology_group"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_case_id_examination_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."examination_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignment" ADD CONSTRAINT "assignment_dealing_id_dealing_id_fk" FOREIGN KEY ("dealing_id") REFERENCES "public"."dealing"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_examination_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."examination_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examination_case" ADD CONSTRAINT "examination_case_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examination_case" ADD CONSTRAINT "examination_case_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examination_case" ADD CONSTRAINT "examination_case_representative_id_person_id_fk" FOREIGN KEY ("representative_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examination_case" ADD CONSTRAINT "examination_case_region_code_region_code_fk" FOREIGN KEY ("region_code") REFERENCES "public"."region"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examination_case" ADD CONSTRAINT "examination_case_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "examination_case" ADD CONSTRAINT "examination_case_nosology_group_nosology_group_code_fk" FOREIGN KEY ("nosology_group") REFERENCES "public"."nosology_group"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comparison" ADD CONSTRAINT "comparison_case_id_examination_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."examination_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conclusion" ADD CONSTRAINT "conclusion_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conclusion" ADD CONSTRAINT "conclusion_case_id_examination_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."examination_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conclusion" ADD CONSTRAINT "conclusion_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conclusion" ADD CONSTRAINT "conclusion_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conclusion" ADD CONSTRAINT "conclusion_signed_by_person_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_draft" ADD CONSTRAINT "decision_draft_assignment_id_assignment_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_assignment_id_assignment_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_case_id_examination_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."examination_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision" ADD CONSTRAINT "decision_expert_id_expert_id_fk" FOREIGN KEY ("expert_id") REFERENCES "public"."expert"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_content" ADD CONSTRAINT "form_content_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_file" ADD CONSTRAINT "form_file_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "expert_absence_expert" ON "expert_absence" USING btree ("expert_id","from_day");--> statement-breakpoint
CREATE INDEX "expert_change_expert" ON "expert_change" USING btree ("expert_id","id");--> statement-breakpoint
CREATE INDEX "expert_nosology_group" ON "expert_nosology" USING btree ("group_code");--> statement-breakpoint
CREATE UNIQUE INDEX "expert_once" ON "expert" USING btree ("person_id") WHERE "expert"."excluded_on" is null;--> statement-breakpoint
CREATE INDEX "nosology_code_group" ON "nosology_code" USING btree ("group_code");--> statement-breakpoint
CREATE UNIQUE INDEX "assignment_seat" ON "assignment" USING btree ("case_id","seat") WHERE "assignment"."state" in ('open', 'signed');--> statement-breakpoint
CREATE UNIQUE INDEX "assignment_expert_once" ON "assignment" USING btree ("case_id","expert_id");--> statement-breakpoint
CREATE UNIQUE INDEX "assignment_code" ON "assignment" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "assignment_desk" ON "assignment" USING btree ("expert_id","due_at","id") WHERE "assignment"."state" = 'open';--> statement-breakpoint
CREATE INDEX "assignment_due" ON "assignment" USING btree ("due_at") WHERE "assignment"."state" = 'open' and "assignment"."overdue_at" is null;--> statement-breakpoint
CREATE INDEX "assignment_done" ON "assignment" USING btree ("expert_id","state_at") WHERE "assignment"."state" = 'signed';--> statement-breakpoint
CREATE INDEX "case_event_case" ON "case_event" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "examination_case_person" ON "examination_case" USING btree ("person_id","accepted_at");--> statement-breakpoint
CREATE INDEX "examination_case_waiting" ON "examination_case" USING btree ("arrival") WHERE "examination_case"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "examination_case_department" ON "examination_case" USING btree ("department_id","state") WHERE "examination_case"."state" in ('invited', 'invited-again', 'consultation');--> statement-breakpoint
CREATE INDEX "examination_case_due" ON "examination_case" USING btree ("due_at") WHERE "examination_case"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "examination_case_repeat" ON "examination_case" USING btree ("repeat_at") WHERE "examination_case"."state" = 'invited';--> statement-breakpoint
CREATE INDEX "examination_case_close" ON "examination_case" USING btree ("close_at") WHERE "examination_case"."state" in ('invited', 'invited-again');--> statement-breakpoint
CREATE INDEX "conclusion_person" ON "conclusion" USING btree ("person_id","concluded_at");--> statement-breakpoint
CREATE INDEX "conclusion_department" ON "conclusion" USING btree ("department_id","examined_on");--> statement-breakpoint
CREATE INDEX "decision_case" ON "decision" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "decision_expert" ON "decision" USING btree ("expert_id","signed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "dossier_page_once" ON "blind"."dossier_page" USING btree ("case_id","file_no","page_no");--> statement-breakpoint
CREATE UNIQUE INDEX "form_file_once" ON "form_file" USING btree ("form_id","store_id");--> statement-breakpoint
CREATE INDEX "outbound_message_due" ON "outbound_message" USING btree ("due_at") WHERE "outbound_message"."state" = 'queued';