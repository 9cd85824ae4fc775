export { default as LanguageLinks } from './language-links.svelte';
