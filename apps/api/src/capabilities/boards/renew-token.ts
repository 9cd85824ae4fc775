import type { BoardInput, BoardTokenOutput } from '@mse/contracts/boards';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { boardTokenHash, newBoardToken } from './board-token.ts';
import { changeOwnBoard } from './own-board.ts';

/** K11: a new token for a board whose link was lost or seen by strangers; the screen with the old one goes dark. */
export async function renewToken(
  call: CallContext,
  input: z.output<typeof BoardInput>,
): Promise<z.input<typeof BoardTokenOutput>> {
  const token = newBoardToken(call.deps.random);
  const changed = await changeOwnBoard(call, 'boards.renewToken', input.boardId, () => ({
    tokenHash: boardTokenHash(token),
  }));
  return changed.ok ? { ok: true, boardId: changed.board.id, name: changed.board.name, token } : changed;
}
