/** Cases of the simulated year: a sample, or with `YEAR_CASES=300000 npm run prove -- examination/year.prove` the whole country's. */
export const YEAR_CASES = Number(process.env.YEAR_CASES ?? 3000);
/** The same seed plans the same year: arrivals, absences, exclusions, outages, crashes, restarts. */
export const YEAR_SEED = Number(process.env.YEAR_SEED ?? 2027);
