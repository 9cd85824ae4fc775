/** Grants of one portal process, counted per network; it holds while the database is away, too. */
export interface NetworkLimit {
  /** Takes one turn; answers the seconds to wait when none is left, 0 otherwise. `now` in milliseconds. */
  take(network: string, now: number): number;
}

/** So many networks are remembered; beyond that, all are forgotten and begin anew. */
const REMEMBERED = 10_000;

/** A limit of `turns` within a window of `seconds`. */
export function networkLimit(turns: number, seconds: number): NetworkLimit {
  const windows = new Map<string, { taken: number; endsAt: number }>();
  return {
    take(network, now) {
      const known = windows.get(network);
      if (!known || known.endsAt <= now) {
        if (windows.size >= REMEMBERED) windows.clear();
        windows.set(network, { taken: 1, endsAt: now + seconds * 1000 });
        return 0;
      }
      if (known.taken >= turns) return Math.ceil((known.endsAt - now) / 1000);
      known.taken += 1;
      return 0;
    },
  };
}
