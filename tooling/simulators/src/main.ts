/**
 * Starts the simulators as a process. Environment: SIM_PORT (4100), SMPP_PORT (2775), NCALAYER_PORT (13579),
 * SIM_HOST (127.0.0.1), SIM_DATA_DIR (.data/simulators), SIM_REGISTRY_FILE, SIM_SIGNERS_FILE and SIM_CANDIDATES_FILE (JSON), SKILLS_SECRET,
 * REGISTRIES_TOKEN (registries), RECEIVERS_TOKEN (receivers), EXECUTIONS_URL with EXECUTIONS_TOKEN_E_SOBES and EXECUTIONS_TOKEN_LABOUR_MARKET
 * (programme systems report back there), SMPP_SYSTEM_ID (saraptama), SMPP_PASSWORD (secret), NCALAYER_TLS (false).
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CandidateList } from './candidates/candidate-data.ts';
import { RegistryData } from './registries/registry-data.ts';
import { startSimulators } from './simulators.ts';

const Port = z.coerce.number().int().min(0).max(65535);
const Environment = z.object({
  SIM_PORT: Port.default(4100),
  SMPP_PORT: Port.default(2775),
  NCALAYER_PORT: Port.default(13579),
  SIM_HOST: z.string().default('127.0.0.1'),
  SIM_DATA_DIR: z.string().default('.data/simulators'),
  SIM_REGISTRY_FILE: z.string().optional(),
  SIM_SIGNERS_FILE: z.string().optional(),
  SIM_CANDIDATES_FILE: z.string().optional(),
  SKILLS_SECRET: z.string().min(32).default('demo-skills-demo-skills-demo-skills'),
  REGISTRIES_TOKEN: z.string().default('registries'),
  RECEIVERS_TOKEN: z.string().default('receivers'),
  EXECUTIONS_URL: z.url().optional(),
  EXECUTIONS_TOKEN_E_SOBES: z.string().default(''),
  EXECUTIONS_TOKEN_LABOUR_MARKET: z.string().default(''),
  SMPP_SYSTEM_ID: z.string().default('saraptama'),
  SMPP_PASSWORD: z.string().default('secret'),
  NCALAYER_TLS: z.stringbool().default(false),
});

const Signers = z.array(
  z.strictObject({
    iin: z.string().regex(/^\d{12}$/),
    surname: z.string(),
    name: z.string(),
    patronymic: z.string().nullable(),
    bin: z
      .string()
      .regex(/^\d{12}$/)
      .nullish(),
    organization: z.string().nullish(),
    label: z.string(),
  }),
);

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

const environment = Environment.parse(process.env);
const simulators = await startSimulators({
  httpPort: environment.SIM_PORT,
  smppPort: environment.SMPP_PORT,
  ncalayerPort: environment.NCALAYER_PORT,
  host: environment.SIM_HOST,
  ncalayerTls: environment.NCALAYER_TLS,
  dataDir: environment.SIM_DATA_DIR,
  registriesToken: environment.REGISTRIES_TOKEN,
  receiversToken: environment.RECEIVERS_TOKEN,
  executions:
    environment.EXECUTIONS_URL === undefined
      ? null
      : {
          url: environment.EXECUTIONS_URL,
          tokens: {
            'e-sobes': environment.EXECUTIONS_TOKEN_E_SOBES,
            'labour-market': environment.EXECUTIONS_TOKEN_LABOUR_MARKET,
          },
        },
  smppSystemId: environment.SMPP_SYSTEM_ID,
  smppPassword: environment.SMPP_PASSWORD,
  ...(environment.SIM_REGISTRY_FILE === undefined
    ? {}
    : { registries: RegistryData.parse(readJson(environment.SIM_REGISTRY_FILE)) }),
  skillsSecret: environment.SKILLS_SECRET,
  ...(environment.SIM_CANDIDATES_FILE === undefined
    ? {}
    : { candidates: CandidateList.parse(readJson(environment.SIM_CANDIDATES_FILE)) }),
  ...(environment.SIM_SIGNERS_FILE === undefined
    ? {}
    : { signers: Signers.parse(readJson(environment.SIM_SIGNERS_FILE)) }),
});
const smpp = new URL(simulators.smppUrl);
console.log(`simulators ready: ${simulators.httpUrl} smpp://${smpp.host} ${simulators.ncalayerUrl}`);

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void simulators.close().then(() => process.exit(0));
  });
}
