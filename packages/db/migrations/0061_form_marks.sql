-- PX-37: a form whose remote case was closed without an examination is marked poorly completed; those closed before this mark follow.
update form_031 f set state = 'poorly-completed'
  from examination_case c
 where c.form_id = f.id and f.state = 'accepted' and c.state in ('closed-no-show', 'closed-refused');
--> statement-breakpoint
alter table form_031 add constraint form_031_state check (state in ('accepted', 'served', 'poorly-completed'));
