import { type CandidateFacts, DOCUMENT_ITEMS } from '@mse/domain/experts';
import type { Deps } from '../../deps.ts';
import { NOTHING_ASKED } from './document-facts.ts';

/** What asking gave: facts, or why nobody could be asked. */
export type Asked =
  | { ok: true; facts: CandidateFacts; silent: number }
  | { ok: false; refusal: 'consent-waiting' | 'consent-declined' | 'consent-silent' };

/**
 * RG-06: asks the systems about a candidate, with the proof of the person's consent through the personal data access control service; nobody is asked
 * without it. A system that gives no answer keeps what was known of it: silence is never a no and never forgets.
 */
export async function askSystems(deps: Deps, iin: string, known: CandidateFacts | null): Promise<Asked> {
  const consent = await deps.candidateRegistries.consent(iin);
  if (consent.kind !== 'granted') return { ok: false, refusal: `consent-${consent.kind}` };
  const entries = await Promise.all(
    DOCUMENT_ITEMS.map(async (item) => {
      const answer = await deps.candidateRegistries[item](iin, consent.proof);
      return [
        item,
        answer.kind === 'silent' ? (known ?? NOTHING_ASKED)[item] : answer,
        answer.kind === 'silent',
      ] as const;
    }),
  );
  return {
    ok: true,
    facts: Object.fromEntries(entries.map(([item, answer]) => [item, answer])) as unknown as CandidateFacts,
    silent: entries.filter(([, , silent]) => silent).length,
  };
}
