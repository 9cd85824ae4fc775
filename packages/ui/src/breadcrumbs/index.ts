export { default as Breadcrumbs } from './breadcrumbs.svelte';
