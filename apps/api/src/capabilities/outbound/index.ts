export { type OutboundDraft, sendOutbound } from './send-outbound.ts';
