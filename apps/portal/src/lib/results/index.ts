export { default as CaseCard } from './case-card.svelte';
export { default as DocumentCard } from './document-card.svelte';
export { default as DocumentsCard } from './documents-card.svelte';
