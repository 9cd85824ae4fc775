export * from './client.ts';
export { asExpert, asProduct, OWN_ASSIGNMENT } from './as-expert.ts';
export { gathered } from './gather.ts';
export { insertMany, updateMany } from './many-rows.ts';
export * as schema from './schema/index.ts';
