export { prepareCrowd, type Crowd, type CrowdMember, type CrowdOptions } from './crowd.ts';
export {
  measureInterleaved,
  median,
  ratioLine,
  type Bench,
  type BenchContext,
  type BenchLine,
  type Contestant,
  type Measured,
  type MeasureOptions,
} from './measure.ts';
export { dataFolder, repositoryRoot } from './paths.ts';
export { freePort, isPortFree, nextFreePort } from './ports.ts';
export { startPostgres, type PostgresOptions, type PostgresServer } from './postgres.ts';
export {
  logTail,
  ProcessFailure,
  runProcess,
  startProcess,
  type ProcessEnd,
  type ProcessPlan,
  type RunningProcess,
} from './processes.ts';
export {
  startService,
  type PartName,
  type Service,
  type ServiceOptions,
  type ServicePorts,
} from './service.ts';
