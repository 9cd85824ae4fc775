export { default as Choices } from './choices.svelte';
