import { hiddenCounts, LARGEST_SMALL_COUNT, type PublishedCount } from './suppression.ts';

/** C36: what became of the bookings of a week. The only breakdown that is ever published: week, region, outcome. */
export const OUTCOMES = ['kept', 'missed', 'cancelled'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a region counted in a week. */
export interface RegionWeek {
  regionCode: string;
  counts: Readonly<Record<Outcome, number>>;
  /** Median calendar days from the acceptance of the form to the booked day; null when nobody booked. */
  waitingDays: number | null;
}

/** A number that may be hidden: null stands for "hidden". */
export type Shown = number | null;

/** A row of a published table. */
export interface PublishedRow {
  outcomes: Record<Outcome, Shown>;
  total: Shown;
  /** Share of those who were expected and did not come; null when a number it is made of is hidden or there is none. */
  noShowShare: number | null;
  /** Null when fewer than ten bookings stand behind it. */
  waitingDays: number | null;
}

/** One week as the public may see it: the country, and each region. */
export interface PublishedWeek {
  country: PublishedRow;
  regions: (PublishedRow & { regionCode: string })[];
}

const COUNTRY = 'country';
const PAGE = 'page';

/** Every number of a week and every sum among them, as one drawing: page → region → outcome → country → page. */
export function drawWeek(regions: readonly RegionWeek[]): PublishedCount[] {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const ofRegion = ({ counts }: RegionWeek) => sum(OUTCOMES.map((outcome) => counts[outcome]));
  return [
    ...regions.flatMap((region) => [
      {
        key: `${region.regionCode} total`,
        from: PAGE,
        to: `region ${region.regionCode}`,
        value: ofRegion(region),
      },
      ...OUTCOMES.map((outcome) => ({
        key: `${region.regionCode} ${outcome}`,
        from: `region ${region.regionCode}`,
        to: `outcome ${outcome}`,
        value: region.counts[outcome],
      })),
    ]),
    ...OUTCOMES.map((outcome) => ({
      key: `${COUNTRY} ${outcome}`,
      from: `outcome ${outcome}`,
      to: COUNTRY,
      value: sum(regions.map(({ counts }) => counts[outcome])),
    })),
    { key: `${COUNTRY} total`, from: COUNTRY, to: PAGE, value: sum(regions.map(ofRegion)) },
  ];
}

/**
 * C36, T33: a week as it is published. Weeks neither overlap nor are they ever summed up, so each is protected by itself and no
 * two publications can be subtracted from each other. `countryWaitingDays` is the median over all regions.
 */
export function publishWeek(
  regions: readonly RegionWeek[],
  countryWaitingDays: number | null,
): PublishedWeek {
  const counts = drawWeek(regions);
  const hidden = hiddenCounts(counts);
  const values = new Map(counts.map(({ key, value }) => [key, value]));
  const shown = (key: string): Shown => (hidden.has(key) ? null : (values.get(key) ?? 0));
  const row = (name: string, waitingDays: number | null): PublishedRow => {
    const outcomes = {
      kept: shown(`${name} kept`),
      missed: shown(`${name} missed`),
      cancelled: shown(`${name} cancelled`),
    };
    const { kept, missed } = outcomes;
    const total = values.get(`${name} total`) ?? 0;
    return {
      outcomes,
      total: shown(`${name} total`),
      noShowShare: kept === null || missed === null || kept + missed === 0 ? null : missed / (kept + missed),
      waitingDays: total > LARGEST_SMALL_COUNT ? waitingDays : null,
    };
  };
  return {
    country: row(COUNTRY, countryWaitingDays),
    regions: regions.map((region) => ({
      regionCode: region.regionCode,
      ...row(region.regionCode, region.waitingDays),
    })),
  };
}
