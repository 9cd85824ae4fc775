-- What a signature that is being collected will make: kept beside the text, gone with it.
CREATE TABLE "journal_draft" (
	"signing_id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL REFERENCES "person"("id"),
	"draft" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
grant select, insert, delete on journal_draft to saraptama_app;
