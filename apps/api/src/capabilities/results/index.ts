export { recordConclusion } from './record-conclusion.ts';
