import { DECISION_FIELDS, type DecisionTyped } from '@mse/domain/examination';

/** X04: the fields of a decision as a form sends them; several kinds of nonconformity become one text. */
export function typedDecision(form: FormData): DecisionTyped {
  const typed: DecisionTyped = {};
  for (const field of DECISION_FIELDS) {
    const values = form.getAll(field).filter((value) => typeof value === 'string' && value !== '');
    if (values.length > 0) typed[field] = values.join(',');
  }
  return typed;
}
