import { type Executor, insertMany } from '@mse/db';
import { protocolRows, protocols } from '@mse/db/schema';
import type { Journal, JournalCells } from '@mse/domain/journals';
import { toBusinessDate } from '@mse/domain/shared';
import { and, eq, isNull, max, sql } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { nextNumber, numberScope } from '../results/next-number.ts';

/** Whose journal: of a department, or of the methodology and control department of a region. */
export interface JournalPlace {
  journal: Journal;
  departmentId: string | null;
  regionCode: string;
}

/** A row to be appended. `cells` is told the row's place in the protocol, from 1. */
export interface ProtocolEntry {
  place: JournalPlace;
  personId: string;
  conclusionId: string | null;
  cells: (place: number) => JournalCells;
}

/** Where a row was written. */
export interface AppendedRow {
  protocolId: string;
  rowId: string;
}

/**
 * JR-01: appends rows to the protocols of the day, each protocol's in the order given; the day's first row makes the protocol and takes its
 * number, so that an empty day has none. Answers in the order of the entries.
 */
export async function appendProtocolRows(
  deps: Deps,
  tx: Executor,
  entries: readonly ProtocolEntry[],
  at: Date,
): Promise<AppendedRow[]> {
  const byProtocol = Map.groupBy(
    entries,
    ({ place }) => `${place.journal}:${place.regionCode}:${numberScope(place)}`,
  );
  // Always in this order, so that two who write to several protocols wait for each other and never in a circle.
  const appended = new Map<ProtocolEntry, AppendedRow>();
  for (const [, own] of [...byProtocol].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const [first] = own;
    const rows = first ? await appendToProtocol(deps, tx, first.place, own, at) : [];
    for (const [index, row] of rows.entries()) {
      const entry = own[index];
      if (entry) appended.set(entry, row);
    }
  }
  return entries.flatMap((entry) => appended.get(entry) ?? []);
}

/** JR-01: one row; see `appendProtocolRows`. */
export async function appendProtocolRow(
  deps: Deps,
  tx: Executor,
  place: JournalPlace,
  row: Omit<ProtocolEntry, 'place'>,
  at: Date,
): Promise<AppendedRow> {
  const [appended] = await appendProtocolRows(deps, tx, [{ ...row, place }], at);
  if (!appended) throw new Error('A row of a protocol was not written');
  return appended;
}

async function appendToProtocol(
  deps: Deps,
  tx: Executor,
  place: JournalPlace,
  entries: readonly ProtocolEntry[],
  at: Date,
): Promise<AppendedRow[]> {
  const day = toBusinessDate(at);
  const scope = numberScope(place);
  // Rows of one day are written one after the other: their places have no gaps either.
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`protocol:${place.journal}:${scope}:${day}`}, 0))`,
  );
  const own = and(
    eq(protocols.journal, place.journal),
    eq(protocols.regionCode, place.regionCode),
    place.departmentId === null
      ? isNull(protocols.departmentId)
      : eq(protocols.departmentId, place.departmentId),
    eq(protocols.day, day),
  );
  const [known] = await tx.select({ id: protocols.id }).from(protocols).where(own);
  const protocolId = known?.id ?? deps.random.id(at);
  if (!known) {
    const register = place.journal === 'department' ? 'protocol' : 'methodology-protocol';
    const number = await nextNumber(tx, register, scope, Number(day.slice(0, 4)));
    await tx.insert(protocols).values({ id: protocolId, ...place, day, number });
  }
  // Places have no gaps, so the last one is the number of rows; the index knows it without counting them.
  const [last] = await tx
    .select({ place: max(protocolRows.place) })
    .from(protocolRows)
    .where(eq(protocolRows.protocolId, protocolId));
  const before = last?.place ?? 0;
  const rows = entries.map(({ conclusionId, personId, cells }, index) => ({
    id: deps.random.id(at),
    protocolId,
    place: before + index + 1,
    conclusionId,
    personId,
    cells: cells(before + index + 1),
    writtenAt: at,
  }));
  await insertMany(tx, protocolRows, rows);
  return rows.map(({ id }) => ({ protocolId, rowId: id }));
}
