export * from './deal.ts';
