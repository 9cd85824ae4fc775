/** PX-41: what a control re-examination found about the conclusion it looked at. */
export const CONTROL_OUTCOMES = ['confirmed', 'not-confirmed'] as const;
export type ControlOutcome = (typeof CONTROL_OUTCOMES)[number];

/** What the methodology and control department has written down; annex 18 is kept in Kazakh and Russian. */
export interface ControlTyped {
  outcome: ControlOutcome;
  diagnosis: string;
  conclusionKk: string;
  conclusionRu: string;
  recommendationsKk: string;
  recommendationsRu: string;
}

/**
 * PX-41, JR-01: fields that are still missing. A conclusion that is not confirmed is said anew, in both languages of the journal; what is
 * recommended may be left out, and is said in both languages when it is said.
 */
export function missingOfControl(typed: ControlTyped): (keyof ControlTyped)[] {
  const missing: (keyof ControlTyped)[] = [];
  const needs = (field: keyof ControlTyped) => {
    if (typed[field].trim() === '') missing.push(field);
  };
  needs('diagnosis');
  if (typed.outcome === 'not-confirmed') {
    needs('conclusionKk');
    needs('conclusionRu');
  }
  if (`${typed.recommendationsKk}${typed.recommendationsRu}`.trim() !== '') {
    needs('recommendationsKk');
    needs('recommendationsRu');
  }
  return missing;
}
