export { generatePopulation, populationSize } from './generate.ts';
export { toRegistryData, type RegistryData, type RegistryPerson } from './registry-data.ts';
export { controlDigit, hasRightControlDigit } from './numbers.ts';
export { addDays, ageOn, isWorkingDay, workingDayAfter } from './dates.ts';
export { kazakhstanCalendar } from './calendar.ts';
export type * from './types.ts';
