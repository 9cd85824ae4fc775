export { recordConclusion, recordConclusions } from './record-conclusion.ts';
