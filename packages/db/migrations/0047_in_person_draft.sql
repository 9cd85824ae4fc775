update in_person_application set draft = '{}' where draft is null;
--> statement-breakpoint
alter table in_person_application alter column draft set default '{}', alter column draft set not null;
