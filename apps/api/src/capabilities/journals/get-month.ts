import type { MonthInput, MonthOutput } from '@mse/contracts/journals';
import { regions } from '@mse/db/schema';
import { isMonthOver } from '@mse/domain/journals';
import { toBusinessDate } from '@mse/domain/shared';
import { asc } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { journalOf, maySign } from './journal-caller.ts';
import {
  daySubject,
  inMonth,
  loadProtocols,
  monthHash,
  monthSubject,
  signaturesOf,
} from './load-protocols.ts';
import { placeName } from './place-names.ts';

/** JR-01, JR-02: the protocols of a month, a line per day that had a conclusion. */
export async function getMonth(
  call: CallContext,
  { month: wanted, region }: z.output<typeof MonthInput>,
): Promise<z.input<typeof MonthOutput>> {
  const { deps, at } = call;
  const month = wanted ?? toBusinessDate(at).slice(0, 7);
  const { caller, place } = journalOf(call, region);
  const days = await loadProtocols(deps.db, inMonth(place, month));
  const hash = days.length > 0 ? monthHash(days) : null;
  const signatures = hash === null ? [] : await signaturesOf(deps.db, monthSubject(place, month), hash);
  call.seen(null, monthSubject(place, month));
  return {
    journal: place.journal,
    month,
    regions:
      place.journal === 'methodology'
        ? await deps.db.select().from(regions).orderBy(asc(regions.code))
        : null,
    region: place.regionCode,
    place: await placeName(deps, place),
    protocols: await Promise.all(
      days.map(async ({ protocol, rows, hash: dayHash }) => ({
        id: protocol.id,
        number: protocol.number,
        day: protocol.day,
        rows: rows.length,
        corrections: rows.reduce((sum, row) => sum + row.corrections.length, 0),
        signed: (await signaturesOf(deps.db, daySubject(protocol.id), dayHash)).some(
          (each) => each.current && each.role === 'department-head',
        ),
      })),
    ),
    hash,
    monthOver: isMonthOver(month, toBusinessDate(at)),
    signatures: signatures
      .filter((each) => each.current)
      .map(({ name, role, at: signedAt }) => ({ name, role, at: signedAt.toISOString() })),
    signed: signatures.some((each) => each.current),
    maySign: maySign(caller),
  };
}
