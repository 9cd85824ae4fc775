CREATE TABLE "consultation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"application_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	"preliminary" jsonb NOT NULL,
	"question" text NOT NULL,
	"asked_by" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"answer" text,
	"answered_by" uuid,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "in_person_application" (
	"id" uuid PRIMARY KEY NOT NULL,
	"form_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"department_id" uuid NOT NULL,
	"visit_id" uuid,
	"case_id" uuid,
	"state" text NOT NULL,
	"state_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"arrived_at" timestamp with time zone,
	"opened_at" timestamp with time zone NOT NULL,
	"opened_by" uuid NOT NULL,
	"by_representative" boolean DEFAULT false NOT NULL,
	"working" boolean DEFAULT false NOT NULL,
	"first" boolean DEFAULT true NOT NULL,
	"injury" text DEFAULT 'none' NOT NULL,
	"early_reason" text DEFAULT '' NOT NULL,
	"consented" boolean DEFAULT false NOT NULL,
	"documents" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"grounds" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"refusal_note" text DEFAULT '' NOT NULL,
	"proposed_by" uuid,
	"decided_by" uuid,
	"draft" jsonb,
	"ended_at" timestamp with time zone,
	CONSTRAINT "in_person_application_state" CHECK ("in_person_application"."state" in ('open', 'accepted', 'refusal-proposed', 'consultation', 'refused', 'withdrawn', 'concluded')),
	CONSTRAINT "in_person_application_ended" CHECK (("in_person_application"."ended_at" is not null) = ("in_person_application"."state" in ('refused', 'withdrawn', 'concluded'))),
	CONSTRAINT "in_person_application_four_eyes" CHECK ("in_person_application"."state" <> 'refused' or ("in_person_application"."proposed_by" is not null and "in_person_application"."decided_by" is not null and "in_person_application"."proposed_by" <> "in_person_application"."decided_by"))
);
--> statement-breakpoint
ALTER TABLE "consultation" ADD CONSTRAINT "consultation_application_id_in_person_application_id_fk" FOREIGN KEY ("application_id") REFERENCES "public"."in_person_application"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation" ADD CONSTRAINT "consultation_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation" ADD CONSTRAINT "consultation_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation" ADD CONSTRAINT "consultation_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation" ADD CONSTRAINT "consultation_answered_by_person_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "in_person_application" ADD CONSTRAINT "in_person_application_form_id_form_031_id_fk" FOREIGN KEY ("form_id") REFERENCES "public"."form_031"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "in_person_application" ADD CONSTRAINT "in_person_application_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "in_person_application" ADD CONSTRAINT "in_person_application_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "in_person_application" ADD CONSTRAINT "in_person_application_visit_id_visit_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "in_person_application" ADD CONSTRAINT "in_person_application_case_id_examination_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."examination_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "in_person_application" ADD CONSTRAINT "in_person_application_opened_by_person_id_fk" FOREIGN KEY ("opened_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "in_person_application" ADD CONSTRAINT "in_person_application_proposed_by_person_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "in_person_application" ADD CONSTRAINT "in_person_application_decided_by_person_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "consultation_open" ON "consultation" USING btree ("application_id") WHERE "consultation"."answered_at" is null;--> statement-breakpoint
CREATE INDEX "consultation_due" ON "consultation" USING btree ("due_at") WHERE "consultation"."answered_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "in_person_application_live" ON "in_person_application" USING btree ("form_id") WHERE "in_person_application"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "in_person_application_department" ON "in_person_application" USING btree ("department_id","opened_at");--> statement-breakpoint
CREATE INDEX "in_person_application_person" ON "in_person_application" USING btree ("person_id");
--> statement-breakpoint
grant select, insert, update on in_person_application, consultation to saraptama_app;
--> statement-breakpoint
insert into policy (key, valid_from, value, basis, assumed) values
  ('in-person.hours', '2025-01-01', '{"from": "09:00", "until": "15:30", "lunchFrom": "13:00", "lunchUntil": "14:00"}', 'Standard of the service, item 9(1)', false),
  ('in-person.minutes', '2025-01-01', '{"waiting": 60, "service": 60}', 'Standard of the service, item 5(1)', false),
  ('in-person.working-age', '2025-01-01', '{"from": 18, "untilFemale": 60, "untilMale": 62}', 'Pension age of the Social Code: 61 years for women, 63 for men', true);
