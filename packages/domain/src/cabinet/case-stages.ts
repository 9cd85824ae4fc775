import type { CaseState } from '../examination/index.ts';

/** C18: a remote case in the seven plain stages a person follows. The last but one is the result, or the visit that must come first. */
export const CASE_STAGES = [
  'received',
  'checked',
  'stripped',
  'experts',
  'compared',
  'result',
  'documents',
] as const;
export type CaseStage = (typeof CASE_STAGES)[number];

/** Where a case stands, in one sentence of the page. */
export const CASE_HEADLINES = [
  'checking',
  'returned',
  'preparing',
  'waiting',
  'deciding',
  'consultation',
  'invited',
  'invited-again',
  'issuing',
  'done',
  'closed-no-show',
  'closed-refused',
] as const;
export type CaseHeadline = (typeof CASE_HEADLINES)[number];

/** Whose move it is. `service`: the service works by itself. Nobody in particular is ever named, nor how many they are. */
export const CASE_TURNS = ['clinic', 'service', 'experts', 'you', 'nobody'] as const;
export type CaseTurn = (typeof CASE_TURNS)[number];

/** What the view depends on: states and moments of our tables, nothing of a person. */
export interface CaseFacts {
  /** The form with us: its checks wait for a registry, it went back, or it was accepted. */
  form: 'checking' | 'returned' | 'accepted';
  /** Inner state of the case; null before there is one. */
  state: CaseState | null;
  /** Every document of the conclusion has its files. */
  documentsReady: boolean;
  at: {
    received: Date;
    checked: Date | null;
    /** The draft act was formed from the papers without identity. */
    stripped: Date | null;
    /** The last of the experts had signed, and the decisions were compared. */
    compared: Date | null;
    concluded: Date | null;
    documents: Date | null;
  };
  /** PX-20, PX-22: when the experts' work must be done. */
  dueAt: Date | null;
  /** PX-37: when an invitation ends. */
  closeAt: Date | null;
}

export interface CaseView {
  headline: CaseHeadline;
  turn: CaseTurn;
  /** Until when the one whose move it is has time; null when no term runs. */
  until: Date | null;
  stages: { stage: CaseStage; state: 'done' | 'now' | 'ahead'; at: Date | null }[];
}

/**
 * C18, PX-39: the citizen's view of a case. Inner states that mean the same to a person are one; that papers wait for a person's
 * eye (`held`) is our own affair and reads as preparing.
 */
export function caseView(facts: CaseFacts): CaseView {
  const { headline, turn, until, now } = standing(facts);
  const reached = CASE_STAGES.indexOf(now ?? 'documents');
  return {
    headline,
    turn,
    until,
    stages: CASE_STAGES.map((stage, index) => {
      const state = now === null || index < reached ? 'done' : index === reached ? 'now' : 'ahead';
      return { stage, state, at: state === 'done' ? momentOf(stage, facts) : null };
    }),
  };
}

/** The stage a case is in; null when everything is done. */
function standing(facts: CaseFacts): Omit<CaseView, 'stages'> & { now: CaseStage | null } {
  const at = (headline: CaseHeadline, turn: CaseTurn, now: CaseStage | null, until: Date | null = null) => ({
    headline,
    turn,
    until,
    now,
  });
  if (facts.form === 'returned') return at('returned', 'clinic', 'checked');
  if (facts.form === 'checking') return at('checking', 'service', 'checked');
  switch (facts.state) {
    case null:
    case 'accepted':
    case 'held':
      return at('preparing', 'service', 'stripped');
    case 'waiting':
      return at('waiting', 'service', 'experts', facts.dueAt);
    case 'deciding':
      return at('deciding', 'experts', 'experts', facts.dueAt);
    case 'consultation':
      return at('consultation', 'service', 'compared', facts.dueAt);
    case 'invited':
    case 'invited-again':
      return at(facts.state, 'you', 'result', facts.closeAt);
    case 'closed-no-show':
    case 'closed-refused':
      return at(facts.state, 'you', 'result');
    case 'concluded':
    case 'concluded-in-person':
      return facts.documentsReady ? at('done', 'nobody', null) : at('issuing', 'service', 'documents');
  }
}

function momentOf(stage: CaseStage, { at }: CaseFacts): Date | null {
  const moments: Record<CaseStage, Date | null> = {
    received: at.received,
    checked: at.checked,
    stripped: at.stripped,
    experts: at.compared,
    compared: at.compared,
    result: at.concluded,
    documents: at.documents,
  };
  return moments[stage];
}
