export { default as TextField } from './text-field.svelte';
export { default as TextArea } from './text-area.svelte';
