import type { BoardViewInput, BoardViewOutput } from '@mse/contracts/boards';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { refuseFlood } from '../identity/refuse-flood.ts';
import { findBoardView } from './find-board-view.ts';

/** B01: the first picture of a board, for its token. Limited per network, so that tokens cannot be tried out. */
export async function viewBoard(
  call: CallContext,
  input: z.output<typeof BoardViewInput>,
): Promise<z.input<typeof BoardViewOutput>> {
  await refuseFlood(call, 'board-network-minute');
  return (await findBoardView(call.deps, input.token, call.at))?.view ?? null;
}
