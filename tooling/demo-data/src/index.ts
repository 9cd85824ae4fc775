export {
  demoClinicToken,
  demoProgrammeTokens,
  loadDemoData,
  type LoadOptions,
  type LoadResult,
} from './load.ts';
export { demoPeople, demoSigners, type DemoPerson, type DemoSigner } from './files.ts';
export { chooseServiceTime } from './service-time.ts';
