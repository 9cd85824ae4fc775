-- PX-30: which terms and elements a decision may hold.
insert into policy (key, valid_from, value, basis, assumed) values
  ('decision.terms', '2025-01-01', '{"months": [6, 12, 24, 60], "childUntil": [7, 10, 14, 18], "indefinite": true}', 'Order 260: the text of the terms is not at hand; usual terms of re-examination', true),
  ('decision.elements', '2025-01-01', '{
    "disability-first": {"disability": "must", "generalLoss": "may", "professionalLoss": "none", "programme": "may", "injuredWorkerNeeds": "none"},
    "disability-repeated": {"disability": "must", "generalLoss": "may", "professionalLoss": "none", "programme": "may", "injuredWorkerNeeds": "none"},
    "disability-cause": {"disability": "must", "generalLoss": "none", "professionalLoss": "none", "programme": "none", "injuredWorkerNeeds": "none"},
    "general-capacity-loss": {"disability": "none", "generalLoss": "must", "professionalLoss": "none", "programme": "none", "injuredWorkerNeeds": "none"},
    "professional-capacity-loss": {"disability": "none", "generalLoss": "none", "professionalLoss": "must", "programme": "none", "injuredWorkerNeeds": "may"},
    "rehabilitation-programme": {"disability": "none", "generalLoss": "none", "professionalLoss": "none", "programme": "must", "injuredWorkerNeeds": "none"},
    "rehabilitation-programme-correction": {"disability": "none", "generalLoss": "none", "professionalLoss": "none", "programme": "must", "injuredWorkerNeeds": "none"},
    "injured-worker-needs": {"disability": "none", "generalLoss": "none", "professionalLoss": "none", "programme": "none", "injuredWorkerNeeds": "must"}}', 'Standard of the service, annex 1 (purposes) and item 7 (documents): our reading', true);
