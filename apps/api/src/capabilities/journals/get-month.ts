import type { MonthInput, MonthOutput } from '@mse/contracts/journals';
import { regions } from '@mse/db/schema';
import { isMonthOver } from '@mse/domain/journals';
import { toBusinessDate } from '@mse/domain/shared';
import { asc } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { isHead, journalOf } from './journal-caller.ts';
import { inMonth, loadProtocols, monthHash, monthSubject, signaturesOf } from './load-protocols.ts';
import { placeName } from './place-names.ts';
import { signersOf, signingState } from './signers.ts';

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
  const asked = await signersOf(deps.db, place, days, at);
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
      days.map(async (day) => {
        const { protocol, rows } = day;
        const { places, complete, role } = await signingState(
          deps.db,
          day,
          asked.get(protocol.id) ?? [],
          caller.personId,
        );
        return {
          id: protocol.id,
          number: protocol.number,
          day: protocol.day,
          rows: rows.length,
          corrections: rows.reduce((sum, row) => sum + row.corrections.length, 0),
          signed: complete,
          missing: places.filter((each) => each.at === null).length,
          waitsForMe: role !== null,
        };
      }),
    ),
    hash,
    monthOver: isMonthOver(month, toBusinessDate(at)),
    signatures: signatures
      .filter((each) => each.current)
      .map(({ name, role, at: signedAt }) => ({ name, role, at: signedAt.toISOString() })),
    signed: signatures.some((each) => each.current),
    maySign: isHead(caller, place.journal),
  };
}
