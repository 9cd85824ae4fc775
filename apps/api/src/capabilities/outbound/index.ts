export { type OutboundDraft, sendOutbound } from './send-outbound.ts';
export { startOutbound } from './start-outbound.ts';
