import { ok, type PlainDate, refuse, type Result } from '../shared/index.ts';
import type { PolicyKey, PolicyValues } from '../policies/index.ts';

/** Policies the Committee sees and corrects in the register's settings. */
export const REGISTER_POLICIES = [
  'register.announcement-days',
  'register.check-days',
  'register.experience',
  'register.training',
  'register.disqualifying',
  'register.test',
  'register.contract',
  'register.indicator',
  'payment.tariff',
] as const satisfies readonly PolicyKey[];
export type RegisterPolicy = (typeof REGISTER_POLICIES)[number];

/** Why another number of the law is not proposed or approved. */
export const POLICY_REFUSALS = [
  'value-unreadable',
  'same-as-now',
  'day-passed',
  'not-first-of-month',
  'month-settled',
  'day-taken',
  'proposed-already',
  'not-proposed',
  'own-proposal',
] as const;
export type PolicyRefusal = (typeof POLICY_REFUSALS)[number];

const isCount = (value: unknown, least = 0): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 1000;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const hasOnly = (value: Record<string, unknown>, names: readonly string[]) =>
  Object.keys(value).length === names.length && names.every((name) => name in value);

/** PY-03: tenge above zero, exact to the tiyn: text, because money is never a binary fraction. */
const TARIFF = /^(?!0+(?:\.0{1,2})?$)\d{1,9}(?:\.\d{1,2})?$/;

const SHAPES: { [Key in RegisterPolicy]: (value: unknown) => boolean } = {
  'register.announcement-days': (value) => isCount(value),
  'register.check-days': (value) => isCount(value, 1),
  'register.experience': (value) =>
    isRecord(value) && hasOnly(value, ['years']) && (value.years === null || isCount(value.years)),
  'register.training': (value) =>
    isRecord(value) &&
    hasOnly(value, ['hours', 'years', 'experienceYears']) &&
    Object.values(value).every((each) => isCount(each)),
  'register.disqualifying': (value) =>
    isRecord(value) &&
    hasOnly(value, ['psychiatry', 'narcology', 'criminalRecord']) &&
    Object.values(value).every((each) => typeof each === 'boolean'),
  'register.test': (value) =>
    isRecord(value) &&
    hasOnly(value, ['passPercent', 'days', 'retakes', 'failureUsesRetake']) &&
    isCount(value.passPercent) &&
    value.passPercent <= 100 &&
    isCount(value.days, 1) &&
    isCount(value.retakes) &&
    typeof value.failureUsesRetake === 'boolean',
  'register.contract': (value) =>
    isRecord(value) &&
    hasOnly(value, ['signDays', 'entryDays', 'trainingMonths']) &&
    Object.values(value).every((each) => isCount(each, 1)),
  'register.indicator': (value) =>
    isRecord(value) &&
    hasOnly(value, ['perMonth', 'failuresBorne']) &&
    (value.perMonth === null || isCount(value.perMonth, 1)) &&
    isCount(value.failuresBorne),
  'payment.tariff': (value) =>
    isRecord(value) &&
    hasOnly(value, ['tenge']) &&
    (value.tenge === null || (typeof value.tenge === 'string' && TARIFF.test(value.tenge))),
};

/** Whether a value has the shape of its policy: numbers in bounds, nothing missing, nothing more. */
export function fitsPolicy<Key extends RegisterPolicy>(key: Key, value: unknown): value is PolicyValues[Key] {
  return SHAPES[key](value);
}

/**
 * Whether a dated value may still begin on a day: tomorrow or later. PY-03: the tariff of a year is often approved after the year has begun, so it
 * may begin with any month whose acts nobody has formed yet (`settled`); what acts were made of stays.
 */
export function decideBeginning(
  key: RegisterPolicy,
  validFrom: PlainDate,
  settled: boolean,
  today: PlainDate,
): Result<null, PolicyRefusal> {
  if (key !== 'payment.tariff') return validFrom > today ? ok(null) : refuse('day-passed');
  if (!validFrom.endsWith('-01')) return refuse('not-first-of-month');
  return settled ? refuse('month-settled') : ok(null);
}

/** Whether another value may be proposed from a day on; a day that has its own row already keeps it. */
export function decidePolicyChange(
  key: RegisterPolicy,
  value: unknown,
  validFrom: PlainDate,
  known: { now: unknown; days: readonly PlainDate[]; proposalOpen: boolean; settled: boolean },
  today: PlainDate,
): Result<null, PolicyRefusal> {
  if (!fitsPolicy(key, value)) return refuse('value-unreadable');
  const beginning = decideBeginning(key, validFrom, known.settled, today);
  if (!beginning.ok) return beginning;
  if (known.days.includes(validFrom)) return refuse('day-taken');
  if (known.proposalOpen) return refuse('proposed-already');
  return sameValue(value, known.now) ? refuse('same-as-now') : ok(null);
}

/** Whether two values of a policy say the same, in whatever order their names stand. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (!isRecord(left) || !isRecord(right)) return left === right;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length && names.every((name) => sameValue(left[name], right[name]))
  );
}
