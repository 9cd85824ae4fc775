export { announcementTone, applicationTone } from './state-tone.ts';
