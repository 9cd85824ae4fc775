export * from './offer.ts';
export * from './subscription.ts';
export * from './turn.ts';
