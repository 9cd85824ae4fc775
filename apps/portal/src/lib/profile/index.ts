export { default as AccessLineCard } from './access-line.svelte';
