export { default as CheckMark } from './check-mark.svelte';
