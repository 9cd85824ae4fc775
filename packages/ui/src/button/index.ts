export { default as Button } from './button.svelte';
export { default as ButtonLink } from './button-link.svelte';
