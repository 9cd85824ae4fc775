export { default as SiteFooter } from './site-footer.svelte';
