/** Cases of the simulated year: a sample, or with `YEAR_CASES=300000 npm run prove -- year` the whole country's. */
export const YEAR_CASES = Number(process.env.YEAR_CASES ?? 1000);
/** The same seed walks the same year. */
export const YEAR_SEED = Number(process.env.YEAR_SEED ?? 2027);
