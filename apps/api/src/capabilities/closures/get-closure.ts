import type { ClosureInput, ClosureOutput } from '@mse/contracts/closures';
import { businessTrips } from '@mse/db/schema';
import { mayCall } from '@mse/domain/access';
import { toBusinessDate } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { closureView, findClosures } from './closure-view.ts';

/** One closure of the caller's department; another department's reads as NOT_FOUND. */
export async function getClosure(
  call: CallContext,
  input: z.output<typeof ClosureInput>,
): Promise<z.input<typeof ClosureOutput>> {
  const { caller, department } = deskCaller(call);
  const [closure] = await findClosures(call.deps.db, department.id, eq(businessTrips.id, input.id));
  if (!closure) throw notFound();
  return {
    ...closureView(closure, toBusinessDate(call.at)),
    mayTakeBack: mayCall('closures.takeBack', caller),
  };
}
