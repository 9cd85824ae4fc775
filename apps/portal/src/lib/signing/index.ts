export { default as SignDocument } from './sign-document.svelte';
