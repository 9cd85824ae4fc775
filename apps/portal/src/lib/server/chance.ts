import { randomInt } from 'node:crypto';

/** A fresh identifier: number of a request, key of a save. This file is the only place of the portal that draws lots. */
export function freshId(): string {
  return crypto.randomUUID();
}

/** A whole number from 0 up to, not including, `limit`. */
export function below(limit: number): number {
  return randomInt(limit);
}
