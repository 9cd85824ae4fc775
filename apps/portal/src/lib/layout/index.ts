export { default as PageFrame } from './page-frame.svelte';
export { default as ConsentText } from './consent-text.svelte';
