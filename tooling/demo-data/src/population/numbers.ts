import type { Random } from './random.ts';

const firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const secondWeights = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/**
 * The twelfth digit of an ИИН or БИН: the weighted sum of the first eleven modulo 11, weighed a second time
 * when that gives 10. Null when it gives 10 again: such a number is never issued.
 */
export function controlDigit(first11: string): number | null {
  if (!/^\d{11}$/.test(first11)) throw new RangeError('Eleven digits are needed');
  for (const weights of [firstWeights, secondWeights]) {
    const sum = weights.reduce((total, weight, place) => total + weight * Number(first11[place]), 0);
    if (sum % 11 < 10) return sum % 11;
  }
  return null;
}

/** Twelve digits whose last is the right control digit. */
export function hasRightControlDigit(number: string): boolean {
  return /^\d{12}$/.test(number) && controlDigit(number.slice(0, 11)) === Number(number[11]);
}

function draw(taken: Set<string>, make: () => string | null): string {
  for (;;) {
    const number = make();
    if (number !== null && !taken.has(number)) {
      taken.add(number);
      return number;
    }
  }
}

function withControlDigit(first11: string): string | null {
  const digit = controlDigit(first11);
  return digit === null ? null : `${first11}${digit}`;
}

function digits(random: Random, lowest: number, highest: number, length: number): string {
  return String(random.integer(lowest, highest)).padStart(length, '0');
}

/**
 * A new ИИН. In place of a month stands 13 to 89, so that it can belong to no living person, and nothing about
 * its bearer can be read from it: the service must not try.
 */
export function drawIin(random: Random, taken: Set<string>): string {
  return draw(taken, () =>
    withControlDigit(
      digits(random, 0, 99, 2) +
        digits(random, 13, 89, 2) +
        digits(random, 1, 31, 2) +
        digits(random, 1, 6, 1) +
        digits(random, 0, 9999, 4),
    ),
  );
}

/** A new БИН of a resident legal entity (fifth digit 4), made unassignable in the same way. */
export function drawBin(random: Random, taken: Set<string>): string {
  return draw(taken, () =>
    withControlDigit(
      `${digits(random, 0, 24, 2)}${digits(random, 13, 89, 2)}40${digits(random, 0, 99999, 5)}`,
    ),
  );
}

const mobileCodes = ['700', '701', '702', '705', '707', '708', '747', '771', '775', '776', '777', '778'];

/** A new Kazakhstan mobile number; the subscriber's part starts with 00, so that it looks made up. */
export function drawPhone(random: Random, taken: Set<string>): string {
  return draw(taken, () => `+7${random.pick(mobileCodes)}00${digits(random, 0, 99999, 5)}`);
}
