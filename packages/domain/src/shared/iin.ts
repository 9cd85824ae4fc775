/**
 * Individual identification number (ИИН, ЖСН): twelve digits.
 * Birth date and sex are never read from it: since decree 853 of 26.08.2013 the number need not match them.
 */
export type Iin = string & { readonly __brand: 'Iin' };

/** Takes what a person typed (spaces, dashes, invisible characters) and keeps the digits; undefined unless there are twelve. */
export function parseIin(typed: string): Iin | undefined {
  const digits = typed.normalize('NFKC').replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff-]/g, '');
  return /^\d{12}$/.test(digits) ? (digits as Iin) : undefined;
}

const FIRST_WEIGHTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND_WEIGHTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/** Whether the control digit fits. A soft hint against typing slips, never a reason to turn a person away. */
export function hasIinControlDigit(iin: string): boolean {
  const digits = [...iin].map(Number);
  const sum = (weights: number[]) =>
    weights.reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0) % 11;
  const first = sum(FIRST_WEIGHTS);
  const control = first === 10 ? sum(SECOND_WEIGHTS) : first;
  return control < 10 && control === digits[11];
}

/** How a number is shown outside the owner's own profile: `9101••••••23`. */
export function maskIin(iin: string): string {
  return `${iin.slice(0, 4)}••••••${iin.slice(-2)}`;
}
