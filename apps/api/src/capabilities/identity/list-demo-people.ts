import { DemoPeopleOutput } from '@mse/contracts/identity';
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type CallContext, notFound } from '../../trpc.ts';

/** People the sign-in page offers in demo mode, from the file the settings name. In production there is no such thing. */
export async function listDemoPeople(call: CallContext): Promise<z.input<typeof DemoPeopleOutput>> {
  const { SERVICE_MODE, DEMO_PEOPLE_FILE } = call.deps.settings;
  if (SERVICE_MODE !== 'demo') throw notFound();
  if (!DEMO_PEOPLE_FILE) return [];
  return DemoPeopleOutput.parse(JSON.parse(await readFile(DEMO_PEOPLE_FILE, 'utf8')));
}
