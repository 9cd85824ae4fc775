export { default as WaitCard } from './wait-card.svelte';
