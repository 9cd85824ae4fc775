import type { ServiceAddresses } from '@mse/run/service-for-tests';
import { addDays, type PlainDate, plainDate, plainTime, toInstant } from '@mse/domain/shared';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { inject } from 'vitest';

/** Where the parts of a service are. */
export type Addresses = Pick<
  ServiceAddresses,
  'portal' | 'admin' | 'api' | 'workers' | 'simulators' | 'ncalayer' | 'databaseUrl' | 'dataDir'
>;

/** A running service as a test sees it: from outside, with a look into its database. */
export interface World {
  at: Addresses;
  /** For looking and for choosing people, never for changing what the product keeps. */
  sql: postgres.Sql;
  /** The service's time now. */
  now(): Promise<Date>;
  /** Moves the service's time forward to a minute of a day in Kazakhstan, and waits until every process knows. */
  moveTo(day: string, time: string): Promise<void>;
  /** Moves the service's time forward by whole minutes. */
  move(minutes: number): Promise<void>;
  close(): Promise<void>;
}

/** The demonstration moves its clock by a month at most. */
const MOST_MINUTES = 31 * 24 * 60;
/** Each process reads the demo clock once a second. */
const CLOCK_READ_MS = 1300;

/** Opens the shared service of the run, or another one. */
export function openWorld(at: Addresses = inject('service')): World {
  const sql = postgres(at.databaseUrl, { max: 2, onnotice: () => undefined });
  const now = async () => {
    const [row] = await sql<{ offset: number }[]>`select offset_ms::float8 as offset from demo_clock`;
    return new Date(Date.now() + (row?.offset ?? 0));
  };
  const move = async (minutes: number) => {
    for (let left = minutes; left > 0; left -= MOST_MINUTES) {
      const response = await fetch(`${at.api[0]}/demo/clock`, {
        method: 'POST',
        headers: { accept: 'application/json' },
        body: new URLSearchParams({ minutes: String(Math.min(left, MOST_MINUTES)) }),
      });
      if (!response.ok) throw new Error(`The clock was not moved by ${minutes} minutes: ${response.status}`);
      await pause(CLOCK_READ_MS);
    }
  };
  return {
    at,
    sql,
    now,
    move,
    async moveTo(day, time) {
      const target = toInstant(plainDate(day), plainTime(time));
      const minutes = Math.ceil((target.getTime() - (await now()).getTime()) / 60_000);
      if (minutes < 1) throw new Error(`It is later than ${day} ${time} already`);
      await move(minutes);
    },
    close: () => sql.end({ timeout: 5 }),
  };
}

/** Waits until something is there. `what` says in the failure what was waited for. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined | null | false>,
  seconds = 20,
): Promise<Found> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${seconds} s in vain for ${what}`);
    await pause(100);
  }
}

/** A day some days after another one, both as `YYYY-MM-DD`. */
export function daysAfter(day: string, days: number): PlainDate {
  return addDays(plainDate(day), days);
}
