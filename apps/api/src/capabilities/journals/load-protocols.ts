import type { Executor } from '@mse/db';
import { journalSignatures, persons, protocolCorrections, protocolRows, protocols } from '@mse/db/schema';
import { correctedCells, type JournalCells } from '@mse/domain/journals';
import { fullName } from '@mse/domain/shared';
import { and, asc, eq, gte, inArray, isNull, lte, type SQL } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import type { JournalPlace } from './append-row.ts';

export type Protocol = typeof protocols.$inferSelect;

export interface LoadedCorrection {
  column: number;
  kk: string;
  ru: string;
  reason: string;
  name: string;
  at: Date;
}

export interface LoadedRow {
  id: string;
  place: number;
  personId: string;
  /** As they read now. */
  cells: JournalCells;
  corrected: number[];
  corrections: LoadedCorrection[];
}

export interface LoadedProtocol {
  protocol: Protocol;
  rows: LoadedRow[];
  /** SHA-256 over everything that is read in it: a signature names it, and a correction changes it. */
  hash: string;
}

/** JR-01, JR-03: protocols with their rows as they read now, in order of time. */
export async function loadProtocols(executor: Executor, where: SQL | undefined): Promise<LoadedProtocol[]> {
  const found = await executor.select().from(protocols).where(where).orderBy(asc(protocols.day));
  if (found.length === 0) return [];
  const rows = await executor
    .select()
    .from(protocolRows)
    .where(
      inArray(
        protocolRows.protocolId,
        found.map(({ id }) => id),
      ),
    )
    .orderBy(asc(protocolRows.place));
  const corrections =
    rows.length === 0
      ? []
      : await executor
          .select({ correction: protocolCorrections, person: persons })
          .from(protocolCorrections)
          .innerJoin(persons, eq(persons.id, protocolCorrections.madeBy))
          .where(
            inArray(
              protocolCorrections.rowId,
              rows.map(({ id }) => id),
            ),
          )
          .orderBy(asc(protocolCorrections.madeAt), asc(protocolCorrections.id));
  const made = corrections.map(({ correction }) => correction);
  return found.map((protocol) => {
    const own = rows
      .filter((row) => row.protocolId === protocol.id)
      .map((row): LoadedRow => {
        const now = correctedCells(row, made);
        return {
          id: row.id,
          place: row.place,
          personId: row.personId,
          cells: now.cells,
          corrected: now.corrected,
          corrections: corrections
            .filter(({ correction }) => correction.rowId === row.id)
            .map(({ correction: { column, kk, ru, reason, madeAt }, person }) => ({
              column,
              kk,
              ru,
              reason,
              name: fullName(person),
              at: madeAt,
            })),
        };
      });
    return { protocol, rows: own, hash: hashOf(protocol, own) };
  });
}

/** Protocols of a journal within one month, `YYYY-MM`. */
export function inMonth(place: JournalPlace, month: string): SQL | undefined {
  return and(
    eq(protocols.journal, place.journal),
    eq(protocols.regionCode, place.regionCode),
    place.departmentId === null
      ? isNull(protocols.departmentId)
      : eq(protocols.departmentId, place.departmentId),
    gte(protocols.day, `${month}-01` as Protocol['day']),
    // No month is longer; the comparison is of dates written the same way.
    lte(protocols.day, lastDay(month)),
  );
}

function lastDay(month: string): Protocol['day'] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) as Protocol['day'];
}

/** JR-02: the hash of a month: over the hashes of its days, in order. */
export function monthHash(days: readonly LoadedProtocol[]): string {
  return sha256(days.map(({ protocol, hash }) => `${protocol.number}:${protocol.day}:${hash}`).join('\n'));
}

function hashOf(protocol: Protocol, rows: readonly LoadedRow[]): string {
  const { journal, departmentId, regionCode, day, number } = protocol;
  return sha256(
    JSON.stringify([
      [journal, departmentId, regionCode, day, number],
      rows.map(({ place, cells, corrections }) => [
        place,
        cells.kk,
        cells.ru,
        corrections.map(({ column, kk, ru, reason, at }) => [column, kk, ru, reason, at.toISOString()]),
      ]),
    ]),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Signatures under a day or a month; `current` are those over the content as it reads now. */
export async function signaturesOf(executor: Executor, subject: string, hash: string) {
  const rows = await executor
    .select({ signature: journalSignatures, person: persons })
    .from(journalSignatures)
    .innerJoin(persons, eq(persons.id, journalSignatures.signedBy))
    .where(eq(journalSignatures.subject, subject))
    .orderBy(asc(journalSignatures.signedAt));
  return rows.map(({ signature, person }) => ({
    name: fullName(person),
    personId: person.id,
    role: signature.role,
    at: signature.signedAt,
    current: signature.contentHash === hash,
  }));
}

/** The name of a day among signatures. */
export const daySubject = (protocolId: string) => `protocol:${protocolId}`;
/** The name of a month among signatures. */
export const monthSubject = (place: JournalPlace, month: string) =>
  `month:${place.journal}:${place.departmentId ?? place.regionCode}:${month}`;
