export { default as Notification } from './notification.svelte';
