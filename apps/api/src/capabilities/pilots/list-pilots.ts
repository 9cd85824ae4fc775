import type { PilotsOutput } from '@mse/contracts/pilots';
import { queuePilots } from '@mse/db/schema';
import { pilotState } from '@mse/domain/queue';
import { toBusinessDate } from '@mse/domain/shared';
import { desc } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';

/** GV-04: every period in which a region has or had the queue, the newest first, with the act behind it. */
export async function listPilots(call: CallContext): Promise<z.input<typeof PilotsOutput>> {
  const today = toBusinessDate(call.at);
  const rows = await call.deps.db
    .select()
    .from(queuePilots)
    .orderBy(desc(queuePilots.validFrom), queuePilots.regionCode);
  call.seen(null, 'pilots');
  return { today, pilots: rows.map((row) => ({ ...row, state: pilotState(row, today) })) };
}
