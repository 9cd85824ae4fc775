export { default as Unbroken } from './unbroken.svelte';
