import type { MassMoveView } from '@mse/contracts/mass-move';
import type { z } from 'zod';

type Move = Pick<z.output<typeof MassMoveView>, 'state' | 'counts'>;

/** In which words and tone a mass move is spoken of: what needs a person comes before what is done. */
export function moveState(move: Move & { stopped?: boolean }): {
  word: 'running' | 'done' | 'stopped' | 'failures' | 'calls';
  tone: 'told' | 'good' | 'care' | 'bad';
} {
  if (move.stopped) return { word: 'stopped', tone: 'bad' };
  if (move.state === 'running') return { word: 'running', tone: 'told' };
  if (move.counts.failed > 0) return { word: 'failures', tone: 'bad' };
  return move.counts.called < move.counts.toCall
    ? { word: 'calls', tone: 'care' }
    : { word: 'done', tone: 'good' };
}
