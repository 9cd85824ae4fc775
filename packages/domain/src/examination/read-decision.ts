import type {
  DecisionContent,
  DecisionTerm,
  DisabilityCause,
  DisabilityOutcome,
  NonconformityKind,
} from './decision.ts';
import { DISABILITY_CAUSES, DISABILITY_OUTCOMES, NONCONFORMITY_KINDS } from './decision.ts';
import {
  askedOf,
  checkDecision,
  DECISION_FIELDS,
  type DecisionFacts,
  type DecisionField,
  type DecisionProblem,
} from './check-decision.ts';
import { termOfCode } from './decision-terms.ts';
import { ok, refuse, type Result } from '../shared/index.ts';

/** A decision as somebody types it: texts of the fields of a form, lists one item a line, `kinds` comma-separated. What is missing is empty. */
export type DecisionTyped = Partial<Record<DecisionField, string>>;

/** Keeps the fields of a decision and nothing else of what was sent. */
export function decisionTyped(sent: Readonly<Record<string, unknown>>): DecisionTyped {
  return Object.fromEntries(
    DECISION_FIELDS.flatMap((field) => {
      const value = sent[field];
      return typeof value === 'string' && value !== '' ? [[field, value]] : [];
    }),
  );
}

/** Whether nothing was typed. */
export function isEmptyDecision(typed: DecisionTyped): boolean {
  return DECISION_FIELDS.every((field) => !typed[field]?.trim());
}

/** The fields in which two typed decisions differ, in the order of the form (X04). */
export function changedFields(before: DecisionTyped, after: DecisionTyped): DecisionField[] {
  return DECISION_FIELDS.filter((field) => (before[field] ?? '').trim() !== (after[field] ?? '').trim());
}

/** PX-30, PX-31: the decision that was typed, or everything that is wrong with it, in the order of the form. */
export function readDecision(
  typed: DecisionTyped,
  facts: DecisionFacts,
): Result<DecisionContent, DecisionProblem[]> {
  const text = (field: DecisionField) => (typed[field] ?? '').trim();
  const problems: DecisionProblem[] = [];
  const wrong = (field: DecisionField, problem: DecisionProblem['problem']) =>
    problems.push({ field, problem });
  const oneOf = <Value extends string>(field: DecisionField, values: readonly Value[]): Value | null => {
    const value = text(field);
    if (value === '') return null;
    const known = values.find((each) => each === value);
    if (known === undefined) wrong(field, 'unknown');
    return known ?? null;
  };
  const term = (field: DecisionField): DecisionTerm | null => {
    const code = text(field);
    const read = code === '' ? null : termOfCode(code, facts.examinedOn);
    if (code !== '' && read === null) wrong(field, 'term-not-listed');
    return read;
  };
  const percent = (field: DecisionField): number => {
    const value = text(field).replace(/\s*%$/, '');
    return /^\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  };
  const lines = (field: DecisionField) =>
    text(field)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');

  const finish = (content: DecisionContent): Result<DecisionContent, DecisionProblem[]> => {
    // The first thing wrong with a field is told; what could not be read comes before what does not fit.
    const found = [...problems, ...checkDecision(content, facts)];
    const first = DECISION_FIELDS.flatMap((field) => found.find((each) => each.field === field) ?? []);
    return first.length > 0 ? refuse(first) : ok(content);
  };

  const kind = text('kind');
  if (kind === 'nonconformity') {
    const kinds = text('kinds')
      .split(',')
      .filter((each) => each !== '');
    return finish({
      kind,
      // In the order of the order itself, each once.
      kinds: kinds.every((each) => NONCONFORMITY_KINDS.some((known) => known === each))
        ? NONCONFORMITY_KINDS.filter((known) => kinds.includes(known))
        : (kinds as NonconformityKind[]),
      reasons: text('reasons'),
    });
  }
  if (kind !== 'conclusion')
    return refuse([{ field: 'kind', problem: kind === '' ? 'required' : 'unknown' }]);

  const aboutDisability = askedOf(facts, 'disability') !== 'none';
  const chosen: DisabilityOutcome | null = oneOf('disability.outcome', DISABILITY_OUTCOMES);
  if (chosen === null && aboutDisability && text('disability.outcome') === '')
    wrong('disability.outcome', 'required');
  const outcome = chosen ?? 'not-established';
  const cause = chosen === null ? null : oneOf('disability.cause', DISABILITY_CAUSES);

  const general = text('generalLoss.percent') !== '' || text('generalLoss.term') !== '';
  const generalTerm = general ? term('generalLoss.term') : null;
  if (general && generalTerm === null) wrong('generalLoss.term', 'required');
  if (general && text('generalLoss.percent') === '') wrong('generalLoss.percent', 'required');

  const professional = (['percent', 'cause', 'term'] as const).some(
    (part) => text(`professionalLoss.${part}`) !== '',
  );
  const professionalTerm = professional ? term('professionalLoss.term') : null;
  const professionalCause = professional
    ? oneOf<DisabilityCause>('professionalLoss.cause', DISABILITY_CAUSES)
    : null;
  if (professional && professionalTerm === null) wrong('professionalLoss.term', 'required');
  if (professional && professionalCause === null) wrong('professionalLoss.cause', 'required');
  if (professional && text('professionalLoss.percent') === '') wrong('professionalLoss.percent', 'required');

  const social = lines('programme.social');
  const vocational = lines('programme.vocational');
  const programme = social.length + vocational.length > 0 || text('programme.term') !== '';
  const programmeTerm = programme ? term('programme.term') : null;
  if (programme && programmeTerm === null) wrong('programme.term', 'required');

  const needs = lines('injuredWorkerNeeds');
  const indefinite: DecisionTerm = { kind: 'indefinite' };
  return finish({
    kind: 'conclusion',
    conclusion: {
      disability: { outcome, cause, term: chosen === null ? null : term('disability.term') },
      // Where a part could not be read its problem is noted above, so that what stands in its place is never signed.
      generalLoss: general
        ? { percent: percent('generalLoss.percent'), term: generalTerm ?? indefinite }
        : null,
      professionalLoss: professional
        ? {
            percent: percent('professionalLoss.percent'),
            cause: professionalCause ?? 'work-injury',
            term: professionalTerm ?? indefinite,
          }
        : null,
      programme: programme ? { social, vocational, term: programmeTerm ?? indefinite } : null,
      injuredWorkerNeeds: needs.length > 0 ? needs : null,
      diagnosis: text('diagnosis'),
      reasons: text('reasons'),
    },
  });
}
