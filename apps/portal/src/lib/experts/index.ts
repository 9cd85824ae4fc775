export { announcementTone, applicationTone } from './state-tone.ts';
export { default as DocumentsTable } from './documents-table.svelte';
