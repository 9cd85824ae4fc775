-- Guards of the remote examination and the register of experts. The role saraptama_expert is made by packages/db/src/migrate.ts.
grant select on region, policy, nosology_group, nosology_code, expert, expert_nosology, expert_absence, expert_change, form_content, form_file,
  examination_case, case_event, dealing, assignment, decision_draft, decision, comparison, conclusion, outbound_message to saraptama_app;
--> statement-breakpoint
grant insert, update on region, nosology_group, nosology_code, expert, expert_nosology, expert_absence, examination_case, assignment, decision_draft, outbound_message to saraptama_app;
--> statement-breakpoint
-- Facts of the form are written with it and never changed.
grant insert on form_content, form_file to saraptama_app;
--> statement-breakpoint
grant delete on decision_draft to saraptama_app;
--> statement-breakpoint
-- History: written once.
grant insert on policy, expert_change, case_event, dealing, decision, comparison, conclusion to saraptama_app;
--> statement-breakpoint
create trigger policy_written_once before update or delete or truncate on policy for each statement execute function refuse_change();
--> statement-breakpoint
create trigger expert_change_written_once before update or delete or truncate on expert_change for each statement execute function refuse_change();
--> statement-breakpoint
create trigger case_event_written_once before update or delete or truncate on case_event for each statement execute function refuse_change();
--> statement-breakpoint
create trigger dealing_written_once before update or delete or truncate on dealing for each statement execute function refuse_change();
--> statement-breakpoint
create trigger decision_written_once before update or delete or truncate on decision for each statement execute function refuse_change();
--> statement-breakpoint
create trigger comparison_written_once before update or delete or truncate on comparison for each statement execute function refuse_change();
--> statement-breakpoint
create trigger conclusion_written_once before update or delete or truncate on conclusion for each statement execute function refuse_change();
--> statement-breakpoint
-- PX-04: the product makes the experts' side; experts' own queries run as saraptama_expert, which sees this schema and nothing of a person.
grant usage on schema blind to saraptama_app, saraptama_expert;
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema blind to saraptama_app;
--> statement-breakpoint
grant select on all tables in schema blind to saraptama_expert;
--> statement-breakpoint
insert into region (code, name) values
  ('10', '{"kk": "Абай облысы", "ru": "Абайская область", "en": "Abai region"}'),
  ('11', '{"kk": "Ақмола облысы", "ru": "Акмолинская область", "en": "Akmola region"}'),
  ('15', '{"kk": "Ақтөбе облысы", "ru": "Актюбинская область", "en": "Aktobe region"}'),
  ('19', '{"kk": "Алматы облысы", "ru": "Алматинская область", "en": "Almaty region"}'),
  ('23', '{"kk": "Атырау облысы", "ru": "Атырауская область", "en": "Atyrau region"}'),
  ('27', '{"kk": "Батыс Қазақстан облысы", "ru": "Западно-Казахстанская область", "en": "West Kazakhstan region"}'),
  ('31', '{"kk": "Жамбыл облысы", "ru": "Жамбылская область", "en": "Zhambyl region"}'),
  ('33', '{"kk": "Жетісу облысы", "ru": "область Жетісу", "en": "Zhetisu region"}'),
  ('35', '{"kk": "Қарағанды облысы", "ru": "Карагандинская область", "en": "Karaganda region"}'),
  ('39', '{"kk": "Қостанай облысы", "ru": "Костанайская область", "en": "Kostanay region"}'),
  ('43', '{"kk": "Қызылорда облысы", "ru": "Кызылординская область", "en": "Kyzylorda region"}'),
  ('47', '{"kk": "Маңғыстау облысы", "ru": "Мангистауская область", "en": "Mangystau region"}'),
  ('55', '{"kk": "Павлодар облысы", "ru": "Павлодарская область", "en": "Pavlodar region"}'),
  ('59', '{"kk": "Солтүстік Қазақстан облысы", "ru": "Северо-Казахстанская область", "en": "North Kazakhstan region"}'),
  ('61', '{"kk": "Түркістан облысы", "ru": "Туркестанская область", "en": "Turkistan region"}'),
  ('62', '{"kk": "Ұлытау облысы", "ru": "область Ұлытау", "en": "Ulytau region"}'),
  ('63', '{"kk": "Шығыс Қазақстан облысы", "ru": "Восточно-Казахстанская область", "en": "East Kazakhstan region"}'),
  ('71', '{"kk": "Астана қаласы", "ru": "город Астана", "en": "Astana city"}'),
  ('75', '{"kk": "Алматы қаласы", "ru": "город Алматы", "en": "Almaty city"}'),
  ('79', '{"kk": "Шымкент қаласы", "ru": "город Шымкент", "en": "Shymkent city"}');
--> statement-breakpoint
insert into policy (key, valid_from, value, basis, assumed) values
  ('terms.counting', '2025-01-01', '"arrival-day"', 'Standard of the service, item 5(2): reading of the cut-off', true),
  ('terms.cut-off', '2025-01-01', '"16:00"', 'Standard of the service, item 5(2)', false),
  ('terms.day-ends', '2025-01-01', '"18:00"', 'Standard of the service, item 9(1): end of the remote window', true),
  ('terms.days', '2025-01-01', '{"ordinary": 3, "special": 1, "redistributed": 1, "extended": 10}', 'Standard of the service, items 5(2) and 5(3); joint order 168/292-НҚ/56, paragraph 9; joint order 378/615-НҚ/77, paragraph 18-1', false),
  ('terms.warnings', '2025-01-01', '{"workingDays": 1, "minutes": 120}', 'No text: our default', true),
  ('dealing.panel', '2025-01-01', '{"ordinary": [["department-head"], ["chief-specialist"], ["independent"]], "special": [["department-head"]]}', 'Joint order 378/615-НҚ/77, paragraph 18, with the independent expert as the third; joint order 168/292-НҚ/56, paragraph 7', true),
  ('dealing.panel-late', '2025-01-01', '{"ordinary": [["department-head"], ["chief-specialist"], ["department-head", "chief-specialist"]], "special": [["department-head"]]}', 'No text: our default for the weeks after the last day of dealing to independent experts', true),
  ('dealing.independent-until', '2025-01-01', '"11-30"', 'Joint order 378/615-НҚ/77, paragraph 18 (pilot wording)', true),
  ('dealing.daily-cap', '2025-01-01', '20', 'No text: our default', true),
  ('comparison.consensus', '2025-01-01', '"majority"', 'Order 260, paragraph 45: reading A', true),
  ('comparison.nonconformity', '2025-01-01', '2', 'Order 260, paragraph 45: our default', true),
  ('invitation.days', '2025-01-01', '{"repeatAfter": 2, "closeAfter": 4}', 'Order 260, paragraph 45; counted from the first SMS', true),
  ('invitation.window', '2025-01-01', '{"from": "15:30", "until": "18:00"}', 'Order 260, paragraph 45', false),
  ('control.days', '2025-01-01', '3', 'Order 260, paragraph 73-1', false),
  ('register.announcement-days', '2025-01-01', '10', 'Joint order 378/615-НҚ/77, paragraph 4 (pilot wording)', false),
  ('register.check-days', '2025-01-01', '10', 'No text: our default', true),
  ('register.test', '2025-01-01', '{"passPercent": 70, "days": 10, "retakes": 1, "failureUsesRetake": false}', 'Order 393, paragraph 9; that a technical failure leaves the retake is our default', true),
  ('register.contract', '2025-01-01', '{"signDays": 3, "entryDays": 3, "trainingMonths": 1}', 'Joint order 378/615-НҚ/77, paragraphs 12-1 and 4(3); order 393, paragraph 11', false),
  ('register.training', '2025-01-01', '{"hours": 60, "years": 5, "experienceYears": 5}', 'Joint order 378/615-НҚ/77, paragraph 7(4) (pilot wording)', false),
  ('register.indicator', '2025-01-01', '{"perMonth": null, "failuresBorne": 3}', 'Joint order 378/615-НҚ/77, paragraph 14(5): the indicator itself stands in the contract', true),
  ('assessment.method', '2025-01-01', '{"monthly": "mean-of-shares-1", "yearly": "mean-of-signed-months-1"}', 'Order 408: the formula is not at hand; reconstruction from the legend of joint order 378/615-НҚ/77, paragraph 20', true),
  ('assessment.days', '2025-01-01', '{"assessmentBy": 5, "actBy": 10}', 'Joint order 378/615-НҚ/77, paragraph 19; order 411, paragraph 3', false),
  ('payment.tariff', '2025-01-01', '{"tenge": null}', 'The tariff of the year is not at hand', true);
