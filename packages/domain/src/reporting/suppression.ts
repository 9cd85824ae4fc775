/** C36: counts of people from 1 to this number are not published. */
export const LARGEST_SMALL_COUNT = 9;

/**
 * A number of a publication, drawn as an arrow between two sums. At every node what comes in equals what goes out: a node is a sum
 * that the reader knows to hold, such as "the departments of a region make the region". All the sums of a publication belong into
 * one drawing, else a number hidden in one table could be worked out from another.
 */
export interface PublishedCount {
  key: string;
  from: string;
  to: string;
  /** A whole number, not negative. */
  value: number;
}

/** What somebody who knows how we hide would still believe possible of a hidden number: the worst case we protect against. */
function believable(value: number): { least: number; most: number } {
  return value >= 1 && value <= LARGEST_SMALL_COUNT
    ? { least: 1, most: LARGEST_SMALL_COUNT }
    : { least: value === 0 ? 0 : LARGEST_SMALL_COUNT + 1, most: Infinity };
}

/** A way over numbers that can each be changed by one, and the sum of those on it that are still shown. */
interface Way {
  cost: number;
  counts: PublishedCount[];
}

/**
 * The cheapest way from one node to another over numbers that could be one more (along the arrow) or one less (against it), without
 * using `without`. A hidden number costs nothing, a shown one its value; zeros are never used.
 */
function cheapestWay(
  usable: readonly PublishedCount[],
  hidden: ReadonlySet<string>,
  start: string,
  end: string,
  without: PublishedCount,
): Way | null {
  const ways = new Map<string, Way>([[start, { cost: 0, counts: [] }]]);
  const settled = new Set<string>();
  for (;;) {
    let node: string | undefined;
    for (const [name, { cost }] of ways)
      if (!settled.has(name) && (node === undefined || cost < (ways.get(node)?.cost ?? 0))) node = name;
    const way = node === undefined ? undefined : ways.get(node);
    if (node === undefined || !way) return null;
    if (node === end) return way;
    settled.add(node);
    for (const count of usable) {
      const { least, most } = believable(count.value);
      const next =
        count.from === node && count.value < most
          ? count.to
          : count.to === node && count.value > least
            ? count.from
            : null;
      if (count === without || next === null || settled.has(next)) continue;
      const cost = way.cost + (hidden.has(count.key) ? 0 : count.value);
      if (cost < (ways.get(next)?.cost ?? Infinity)) ways.set(next, { cost, counts: [...way.counts, count] });
    }
  }
}

/** The cheapest ring by which a number could be another one; null when there is none over the usable numbers. */
function cheapestRing(
  usable: readonly PublishedCount[],
  hidden: ReadonlySet<string>,
  count: PublishedCount,
): Way | null {
  const { least, most } = believable(count.value);
  const more = count.value < most ? cheapestWay(usable, hidden, count.to, count.from, count) : null;
  const less = count.value > least ? cheapestWay(usable, hidden, count.from, count.to, count) : null;
  return more && less ? (more.cost <= less.cost ? more : less) : (more ?? less);
}

/**
 * Whether a hidden number could also be another one, with everything that is shown as it is. That is so exactly when one more, or
 * one less, can be sent around a ring of hidden numbers (whole flows that keep every sum differ by such rings), so this is no
 * estimate: where it answers no, the number can be worked out.
 */
export function couldDiffer(
  counts: readonly PublishedCount[],
  hidden: ReadonlySet<string>,
  key: string,
): boolean {
  const unknown = counts.filter((count) => hidden.has(count.key));
  const count = unknown.find((each) => each.key === key);
  if (!count) throw new Error('The number is not hidden');
  return cheapestRing(unknown, hidden, count) !== null;
}

/**
 * Which numbers of a publication stay hidden: those below ten but not zero, and as little else as it takes until nobody can work out
 * one of them, nor that some of them together are fewer than ten. Zeros are shown: they are nobody. When hiding single numbers does
 * not do, all are hidden. Returns the keys.
 */
export function hiddenCounts(counts: readonly PublishedCount[]): ReadonlySet<string> {
  assertSumsHold(counts);
  const usable = counts.filter(({ value }) => value > 0);
  const hidden = new Set(usable.filter(({ value }) => isSmall(value)).map(({ key }) => key));
  for (let before = -1; before < hidden.size;) {
    before = hidden.size;
    for (const count of usable.filter(({ key }) => hidden.has(key))) {
      // A ring, once hidden, stays one, and makes every number on it doubtful.
      const ring = cheapestRing(usable, hidden, count);
      if (!ring) return new Set(counts.map(({ key }) => key));
      for (const { key } of ring.counts) hidden.add(key);
    }
    for (const node of new Set(usable.flatMap(({ from, to }) => [from, to]))) {
      if (!isSmall(remainderAt(usable, hidden, node))) continue;
      const [smallest] = usable
        .filter(({ key, from, to }) => (from === node || to === node) && !hidden.has(key))
        .sort((left, right) => left.value - right.value || (left.key < right.key ? -1 : 1));
      if (smallest) hidden.add(smallest.key);
    }
  }
  return hidden;
}

const isSmall = (value: number) => value >= 1 && value <= LARGEST_SMALL_COUNT;

/**
 * What a reader of one sum knows of its hidden numbers together: their total, when all stand on one side of it; 0 when they stand on
 * both and so nothing is known.
 */
export function remainderAt(
  counts: readonly PublishedCount[],
  hidden: ReadonlySet<string>,
  node: string,
): number {
  const total = (side: 'from' | 'to') =>
    counts
      .filter((count) => count[side] === node && hidden.has(count.key))
      .reduce((sum, { value }) => sum + value, 0);
  const [out, into] = [total('from'), total('to')];
  return out > 0 && into > 0 ? 0 : out + into;
}

/** A drawing in which a sum does not hold protects nothing; it is a bug of whoever drew it. */
function assertSumsHold(counts: readonly PublishedCount[]): void {
  const balance = new Map<string, number>();
  for (const { from, to, value } of counts) {
    if (!Number.isInteger(value) || value < 0) throw new Error('A published count is a whole number');
    balance.set(from, (balance.get(from) ?? 0) - value);
    balance.set(to, (balance.get(to) ?? 0) + value);
  }
  for (const rest of balance.values())
    if (rest !== 0) throw new Error('A sum of the publication does not hold');
}
