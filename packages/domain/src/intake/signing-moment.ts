import { isPlainDate, plainTime, toInstant } from '../shared/index.ts';

/**
 * EQ-08, F004: the instant from which a form's month counts. The time stated inside the signature is the signer's own
 * word, so it is believed only between the form's day and the receipt; without one the receipt counts. `formedOn` is the
 * form's day as the sender wrote it.
 */
export function signingMoment(stated: Date | null, formedOn: string | undefined, receivedAt: Date): Date {
  if (!stated || stated > receivedAt) return receivedAt;
  const formed = formedOn && isPlainDate(formedOn) ? toInstant(formedOn, plainTime('00:00')) : stated;
  if (formed > receivedAt) return receivedAt;
  return stated < formed ? formed : stated;
}
