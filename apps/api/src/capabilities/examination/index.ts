export { openCase, openCases } from './open-case.ts';
export { changeCase, changeCases } from './change-case.ts';
export { dealWaiting } from './deal-cases.ts';
export { type MovedParts, moveOpenCases, moveParts, type PartsToMove } from './move-open-cases.ts';
export { startExaminationTimers, sweepExamination } from './start-examination-timers.ts';
export { closeInvitations } from './invite.ts';
export { settleCases, settleDecisions } from './settle-decisions.ts';
export { callForControl, enterMissedPeriod, receivePostalCall } from './control-call.ts';
