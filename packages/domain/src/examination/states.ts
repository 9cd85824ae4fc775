/**
 * PX-39: where a remote case stands. `accepted`: the draft act is being made. `held`: something of its papers cannot be stripped
 * of identity by the machine and waits for a person. `waiting`: on the waiting list, no panel yet (PX-16). `deciding`: dealt.
 * `consultation`: with the methodology and control department (PX-22). `invited`, `invited-again`: the person must come (PX-34, PX-36).
 */
export const CASE_STATES = [
  'accepted',
  'held',
  'waiting',
  'deciding',
  'consultation',
  'invited',
  'invited-again',
  'concluded',
  'concluded-in-person',
  'closed-no-show',
  'closed-refused',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** States after which nothing happens to a case by itself. */
export const FINAL_CASE_STATES = [
  'concluded',
  'concluded-in-person',
  'closed-no-show',
  'closed-refused',
] as const satisfies readonly CaseState[];

/** Ways a remote case is examined: the ordinary panel of three, or the special mechanism with one head of department (SN-05). */
export const CASE_TRACKS = ['ordinary', 'special'] as const;
export type CaseTrack = (typeof CASE_TRACKS)[number];

/** Life of an expert's part in a case. `moved`: given to another expert (PX-17, PX-25). `recused`: given back by the expert. `dropped`: the case left the panel. */
export const ASSIGNMENT_STATES = ['open', 'signed', 'moved', 'recused', 'dropped'] as const;
export type AssignmentState = (typeof ASSIGNMENT_STATES)[number];

/** Why an expert holds a case. */
export const ASSIGNMENT_CAUSES = ['dealt', 'absence', 'exclusion', 'overdue', 'recusal'] as const;
export type AssignmentCause = (typeof ASSIGNMENT_CAUSES)[number];
