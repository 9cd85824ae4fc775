import type { BoardChangeOutput, ChangeBoardInput } from '@mse/contracts/boards';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { boardRefusal, changeOwnBoard } from './own-board.ts';

/** K11: name, rooms and volume of a board. The screen follows at once. */
export async function changeBoard(
  call: CallContext,
  input: z.output<typeof ChangeBoardInput>,
): Promise<z.input<typeof BoardChangeOutput>> {
  const { boardId, ...wish } = input;
  const changed = await changeOwnBoard(call, 'boards.change', boardId, async (_, tx) => {
    const refusal = await boardRefusal(call, tx, wish, boardId);
    return refusal ? { ok: false, refusal } : wish;
  });
  return changed.ok ? { ok: true } : changed;
}
