import type { BoardChangeOutput, BoardInput } from '@mse/contracts/boards';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { changeOwnBoard } from './own-board.ts';

/** K11: takes a board out of use for good; its token opens nothing any more. */
export async function closeBoard(
  call: CallContext,
  input: z.output<typeof BoardInput>,
): Promise<z.input<typeof BoardChangeOutput>> {
  const changed = await changeOwnBoard(call, 'boards.close', input.boardId, () => ({ closedAt: call.at }));
  return changed.ok ? { ok: true } : changed;
}
