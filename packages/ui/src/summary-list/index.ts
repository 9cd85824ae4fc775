export { default as SummaryList } from './summary-list.svelte';
