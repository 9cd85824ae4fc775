export { type ConclusionDraft, recordConclusion } from './record-conclusion.ts';
