import type { BoardChangeOutput, SetEmergencyInput } from '@mse/contracts/boards';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { changeOwnBoard } from './own-board.ts';

/** K11: puts a text over everything else on a board, in three languages, or takes it away. */
export async function setEmergency(
  call: CallContext,
  input: z.output<typeof SetEmergencyInput>,
): Promise<z.input<typeof BoardChangeOutput>> {
  const changed = await changeOwnBoard(call, 'boards.setEmergency', input.boardId, () => ({
    emergency: input.text,
  }));
  return changed.ok ? { ok: true } : changed;
}
