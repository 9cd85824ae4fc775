import type { BoardChangeOutput, BoardInput } from '@mse/contracts/boards';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { changeOwnBoard } from './own-board.ts';

/** K11: lets a board sound, speak and flash once, without calling anybody. */
export async function testCall(
  call: CallContext,
  input: z.output<typeof BoardInput>,
): Promise<z.input<typeof BoardChangeOutput>> {
  const changed = await changeOwnBoard(call, 'boards.testCall', input.boardId, (board) => ({
    testCalls: board.testCalls + 1,
  }));
  return changed.ok ? { ok: true } : changed;
}
