-- C18: whose form a message is about, while no form was made of it. Null for what cannot be read: the message itself says why.
create function patient_iin(document bytea) returns text language plpgsql immutable strict parallel safe as $$
begin
  return convert_from(document, 'UTF8')::jsonb #>> '{patient,iin}';
exception when others then
  return null;
end $$;
--> statement-breakpoint
CREATE INDEX "intake_message_patient" ON "intake_message" (patient_iin("document"), "received_at") WHERE "state" in ('returned', 'waiting');
--> statement-breakpoint
-- The look for documents whose files are missing reads the newest days only.
CREATE INDEX "issued_document_issued" ON "issued_document" USING btree ("issued_on");
