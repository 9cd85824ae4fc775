export { default as FiguresTable } from './figures-table.svelte';
