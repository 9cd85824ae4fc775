export { type CaseOpening, openCase } from './open-case.ts';
export {
  type Case,
  type CaseChange,
  changeCase,
  changeCases,
  type CaseStep,
  type StepRefusal,
} from './change-case.ts';
export { dealWaiting } from './deal-cases.ts';
export { type MoveCause, type MovedParts, moveOpenCases } from './move-open-cases.ts';
export { startExaminationTimers, sweepExamination } from './start-examination-timers.ts';
export { closeInvitations } from './invite.ts';
export { settleDecisions, type Settled } from './settle-decisions.ts';
export { callForControl, enterMissedPeriod, receivePostalCall } from './control-call.ts';
