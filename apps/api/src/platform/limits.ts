import type { Database } from '@mse/db';
import { integer, pgTable, timestamp, varchar } from 'drizzle-orm/pg-core';
import { RateLimiterDrizzle, RateLimiterRes } from 'rate-limiter-flexible';

/** Limits that hold across processes: they live in PostgreSQL. Points are counted per procedure call, never per HTTP request. */
export interface Limits {
  /** Takes one point of `key` in `limit`; answers how many seconds to wait when none is left. Keys are hashes or networks, never numbers of people. */
  take(limit: LimitName, key: string): Promise<{ ok: true } | { ok: false; retryAfterSeconds: number }>;
}

/**
 * The limits there are: points within a window of seconds. They guard the service and its purse; what one person may do
 * with codes is a rule of the domain (CODE_POLICY) and is counted on the codes themselves.
 * A public service centre has some 200 people behind one address (T11), so limits of a network are generous.
 */
const LIMITS = {
  'code-phone-hour': { points: 5, seconds: 3600 },
  'code-phone-day': { points: 10, seconds: 86_400 },
  'code-network-hour': { points: 1000, seconds: 3600 },
  'code-service-minute': { points: 600, seconds: 60 },
  'verify-network-minute': { points: 300, seconds: 60 },
  'signature-network-minute': { points: 300, seconds: 60 },
  // Two hundred waiting pages behind one address that ask every three seconds, and half as many again.
  'mobile-signature-network-minute': { points: 6000, seconds: 60 },
  'integration-client-second': { points: 50, seconds: 1 },
  'ticket-check-network-minute': { points: 120, seconds: 60 },
  'document-check-network-minute': { points: 120, seconds: 60 },
  // Two hundred phones in one hall that ask every five seconds, and as many again.
  'ticket-state-network-minute': { points: 6000, seconds: 60 },
  // C31: the portal hands over what waited through an outage from one address, too.
  'fault-report-network-minute': { points: 120, seconds: 60 },
  'board-network-minute': { points: 600, seconds: 60 },
  // RG-06: seven systems are asked at a time.
  'candidate-systems-hour': { points: 30, seconds: 3600 },
} as const;
export type LimitName = keyof typeof LIMITS;

/** The unlogged table of migration 0001: a crash of the database forgets the counts, and they fill again within the window. */
const rateLimits = pgTable('rate_limit', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  expire: timestamp('expire'),
});

/**
 * Limits in the database. They guard real resources, so they run by the machine's clock even where the service's own is
 * moved. A key without points left is refused from memory until its window ends, so that an attack does not reach the database.
 */
export function createLimits(db: Database): Limits {
  const limiters = new Map<LimitName, RateLimiterDrizzle>();
  for (const [name, { points, seconds }] of Object.entries(LIMITS) as [
    LimitName,
    { points: number; seconds: number },
  ][]) {
    limiters.set(
      name,
      new RateLimiterDrizzle({
        storeClient: db,
        schema: rateLimits,
        keyPrefix: name,
        points,
        duration: seconds,
        inMemoryBlockOnConsumed: points + 1,
        // One of them clears the table for all.
        clearExpiredByTimeout: limiters.size === 0,
      }),
    );
  }
  return {
    async take(limit, key) {
      const limiter = limiters.get(limit);
      if (!limiter) throw new Error(`There is no limit ${limit}`);
      try {
        await limiter.consume(key);
        return { ok: true };
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes)
          return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
        throw refusal;
      }
    },
  };
}
