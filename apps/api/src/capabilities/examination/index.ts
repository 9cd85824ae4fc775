export { openCase } from './open-case.ts';
export { changeCase } from './change-case.ts';
export { dealWaiting } from './deal-cases.ts';
export { type MovedParts, moveOpenCases } from './move-open-cases.ts';
export { startExaminationTimers, sweepExamination } from './start-examination-timers.ts';
export { closeInvitations } from './invite.ts';
export { settleDecisions } from './settle-decisions.ts';
export { callForControl, enterMissedPeriod, receivePostalCall } from './control-call.ts';
