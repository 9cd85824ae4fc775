ALTER TABLE "sign_in_challenge" ADD COLUMN "subject_key" text;--> statement-breakpoint
CREATE INDEX "sign_in_challenge_subject" ON "sign_in_challenge" USING btree ("subject_key","created_at");