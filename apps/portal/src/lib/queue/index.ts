export { default as Bring } from './bring.svelte';
export { default as ChooseTime } from './choose-time.svelte';
export { default as DepartmentCard } from './department-card.svelte';
export { messageTone } from './message-tone.ts';
export { default as NearestTimes } from './nearest-times.svelte';
export { default as Needs } from './needs.svelte';
export { default as PersonCard } from './person-card.svelte';
export { type Place, placeValue, readPlace } from './place.ts';
export { bookingTone, isMendedByTime } from './refusals.ts';
