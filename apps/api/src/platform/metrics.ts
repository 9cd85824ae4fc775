import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Figures in Prometheus form. Labels are names of things, never of people. */
export interface Metrics {
  registry: Registry;
  /** One call of a procedure: its path, `ok` or an error code, milliseconds. */
  call(action: string, outcome: string, milliseconds: number): void;
  /** One job: queue, `done` or `failed`, milliseconds. */
  job(queue: string, outcome: 'done' | 'failed', milliseconds: number): void;
  /** A message reached a state. */
  message(state: string): void;
  /** A registry call: which, outcome, milliseconds. */
  registryCall(registry: string, outcome: string, milliseconds: number): void;
  /** A form 031/у was decided. */
  form(state: string): void;
  /** Open event streams. */
  streams(count: number): void;
}

/** Makes the metrics of one process, default Node figures included. */
export function createMetrics(process: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const buckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 3];
  const calls = new Histogram({
    name: 'saraptama_call_seconds',
    help: 'Calls of procedures',
    labelNames: ['action', 'outcome'],
    buckets,
    registers,
  });
  const jobs = new Histogram({
    name: 'saraptama_job_seconds',
    help: 'Jobs',
    labelNames: ['queue', 'outcome'],
    buckets,
    registers,
  });
  const messages = new Counter({
    name: 'saraptama_messages_total',
    help: 'Messages by state reached',
    labelNames: ['state'],
    registers,
  });
  const registryCalls = new Histogram({
    name: 'saraptama_registry_seconds',
    help: 'Calls to registries',
    labelNames: ['registry', 'outcome'],
    buckets,
    registers,
  });
  const forms = new Counter({
    name: 'saraptama_forms_total',
    help: 'Forms 031/у by outcome of intake',
    labelNames: ['state'],
    registers,
  });
  const streams = new Gauge({ name: 'saraptama_event_streams', help: 'Open event streams', registers });
  return {
    registry,
    call: (action, outcome, ms) => calls.observe({ action, outcome }, ms / 1000),
    job: (queue, outcome, ms) => jobs.observe({ queue, outcome }, ms / 1000),
    message: (state) => messages.inc({ state }),
    registryCall: (name, outcome, ms) => registryCalls.observe({ registry: name, outcome }, ms / 1000),
    form: (state) => forms.inc({ state }),
    streams: (count) => streams.set(count),
  };
}
