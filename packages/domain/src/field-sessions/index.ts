export * from './field-place.ts';
export * from './places.ts';
export * from './session.ts';
