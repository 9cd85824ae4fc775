import type { MassMovesOutput } from '@mse/contracts/mass-move';
import { massMoves } from '@mse/db/schema';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { findMassMoves } from './move-counts.ts';

/** K08: the mass moves of the caller's department, newest first. Numbers only. */
export async function listMassMoves(call: CallContext): Promise<z.input<typeof MassMovesOutput>> {
  const { department } = deskCaller(call);
  call.seen(null, `department:${department.id}`);
  return { moves: await findMassMoves(call.deps.db, eq(massMoves.departmentId, department.id)) };
}
