import type { CabinetPerson } from '@mse/contracts/queue';
import type { z } from 'zod';

type Person = z.output<typeof CabinetPerson>;

/** 0: something to do; 1: something to know; 2: nothing but waiting. */
const NEED: Record<Person['nextStep'], number> = {
  come: 0,
  'wait-for-visit': 1,
  'give-consent': 0,
  book: 0,
  'book-again': 0,
  'come-invited': 0,
  'form-expired': 1,
  'case-closed': 1,
  'case-over': 2,
  'form-checking': 1,
  served: 2,
  'wait-for-form': 2,
  'follow-case': 2,
};

/** C08: whoever has something to do stands first, so that the page shows one next step; otherwise the order stays. */
export function inOrderOfNeed(people: readonly Person[]): Person[] {
  return people.toSorted((left, right) => NEED[left.nextStep] - NEED[right.nextStep]);
}
