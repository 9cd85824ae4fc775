import { addWorkingDays, type WorkingCalendar } from '../calendar/index.ts';
import { addMonths, ok, type PlainDate, refuse, type Result } from '../shared/index.ts';
import type { ApplicationState } from './application.ts';

/** Numbers of RG-20, RG-21, RG-23. */
export interface ContractPolicy {
  signDays: number;
  entryDays: number;
  trainingMonths: number;
}

/** RG-20: last day to sign a contract that was sent on a day: so many working days after it. */
export function contractDueOn(
  calendar: WorkingCalendar,
  sentOn: PlainDate,
  policy: ContractPolicy,
): PlainDate {
  return addWorkingDays(calendar, sentOn, policy.signDays);
}

/** RG-21: last day for the Committee to enter the expert after the contract was signed. */
export function entryDueOn(
  calendar: WorkingCalendar,
  signedOn: PlainDate,
  policy: ContractPolicy,
): PlainDate {
  return addWorkingDays(calendar, signedOn, policy.entryDays);
}

/** RG-23: last day to train the expert after entry. */
export function trainingDueOn(enteredOn: PlainDate, policy: ContractPolicy): PlainDate {
  return addMonths(enteredOn, policy.trainingMonths);
}

/** Why no contract is sent. */
export const SEND_CONTRACT_REFUSALS = ['not-passed', 'no-places-left', 'no-indicator'] as const;
export type SendContractRefusal = (typeof SEND_CONTRACT_REFUSALS)[number];

/** RG-02(5), RG-20: whether a contract may be sent: the test is passed, a place is left, and the planned indicator is set (RG-30(5) needs it). */
export function decideSendContract(
  application: { state: ApplicationState },
  places: { total: number; taken: number },
  indicator: number | null,
): Result<null, SendContractRefusal> {
  if (application.state !== 'passed') return refuse('not-passed');
  if (places.taken >= places.total) return refuse('no-places-left');
  if (indicator === null || !Number.isInteger(indicator) || indicator < 1) return refuse('no-indicator');
  return ok(null);
}

/** Why a candidate's signature under the contract does not count, besides what is wrong with the signature itself. */
export const SIGN_CONTRACT_REFUSALS = ['not-sent', 'too-late'] as const;
export type SignContractRefusal = (typeof SIGN_CONTRACT_REFUSALS)[number];

/** RG-20: whether the candidate can still sign today; the last day counts whole. */
export function decideSignContract(
  contract: { state: ApplicationState; dueOn: PlainDate | null },
  today: PlainDate,
): Result<null, SignContractRefusal> {
  if (contract.state !== 'contract-sent') return refuse('not-sent');
  return contract.dueOn !== null && today > contract.dueOn ? refuse('too-late') : ok(null);
}

/** Why a modem cannot be issued or taken back (RG-24). */
export const MODEM_REFUSALS = [
  'modem-with-expert',
  'modem-with-another',
  'no-modem',
  'expert-excluded',
] as const;
export type ModemRefusal = (typeof MODEM_REFUSALS)[number];
