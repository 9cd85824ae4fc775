export * from './client.ts';
export { gathered } from './gather.ts';
export * as schema from './schema/index.ts';
