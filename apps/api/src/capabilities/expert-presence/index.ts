export { beginAbsences } from './begin-absences.ts';
