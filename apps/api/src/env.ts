import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const url = (fallback: string) => z.url().default(fallback);

/** Every setting of API and worker with its default. `docs/settings.md` is written from these descriptions. */
export const Settings = z.object({
  SERVICE_MODE: z
    .enum(['production', 'demo'])
    .default('production')
    .describe(
      'demo adds demo people at sign-in and a clock that can be moved; nothing of it exists in production',
    ),
  DATABASE_URL: z.url().describe('PostgreSQL 15 or newer; the login must be able to act as saraptama_app'),
  MIGRATION_DATABASE_URL: z.url().optional().describe('Login that owns the tables; DATABASE_URL when absent'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20).describe('Connections of one process'),
  API_HOST: z.string().default('127.0.0.1').describe('Address API and worker listen on'),
  API_PORT: port(4000).describe('Port of the API'),
  WORKER_PORT: port(4001).describe('Port of the worker (health and metrics)'),
  PORTAL_URL: url('http://localhost:3000').describe(
    'Public address of the citizen portal; it stands in messages and tickets',
  ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least level that is logged'),
  SMPP_URL: z
    .string()
    .default('smpp://saraptama:secret@127.0.0.1:2775')
    .describe('SMS centre: smpp:// or ssmpp://login:password@host:port'),
  SMPP_SENDER: z.string().max(11).default('ALEUMET').describe('Alphanumeric sender of SMS'),
  SMPP_WINDOW: z.coerce.number().int().min(1).max(100).default(10).describe('Unanswered SMS at a time'),
  SMPP_PER_SECOND: z.coerce.number().int().min(1).max(1000).default(30).describe('SMS parts per second'),
  REGISTRIES_URL: url('http://127.0.0.1:4100/registries').describe(
    'Base address of the registries when they share one',
  ),
  REGISTRY_PERSONS_URL: z.url().optional().describe('State database of natural persons (ГБД ФЛ)'),
  REGISTRY_MOBILE_CITIZENS_URL: z.url().optional().describe('Base of mobile citizens (БМГ)'),
  REGISTRY_ATTACHED_POPULATION_URL: z.url().optional().describe('Register of attached population (РПН)'),
  REGISTRY_GUARDIANSHIP_URL: z.url().optional().describe('Guardianship register'),
  REGISTRY_CONSENTS_URL: z.url().optional().describe('Consent service: SMS of consent'),
  REGISTRY_AID_QUESTIONNAIRES_URL: z
    .url()
    .optional()
    .describe('System of technical means of rehabilitation (ТСР): questionnaires'),
  REGISTRY_DOCUMENT_STORE_URL: z.url().optional().describe('Electronic document store (ХЭД)'),
  REGISTRIES_TOKEN: z.string().default('registries-demo-token').describe('Bearer token for the registries'),
  REGISTRY_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(30_000)
    .default(3000)
    .describe('Time a registry has to answer, milliseconds'),
  RECEIVERS_URL: url('http://127.0.0.1:4100/receivers').describe(
    'Base address of the systems that are told things, when they share one',
  ),
  RECEIVER_HEALTH_MINISTRY_URL: z
    .url()
    .optional()
    .describe('Gateway to the systems of the Ministry of Health'),
  RECEIVER_SERVICE_MONITORING_URL: z.url().optional().describe('Monitoring of state services'),
  RECEIVER_E_SOBES_URL: z.url().optional().describe('E-Sobes'),
  RECEIVER_LABOUR_MARKET_URL: z.url().optional().describe('Labour market system'),
  RECEIVER_MILITARY_BODY_URL: z.url().optional().describe('Local military body'),
  RECEIVER_BENEFITS_URL: z.url().optional().describe('Offers of benefits'),
  RECEIVERS_TOKEN: z.string().default('receivers-demo-token').describe('Bearer token for these systems'),
  RECEIVER_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(10_000)
    .describe('Time such a system has to acknowledge, milliseconds'),
  CANDIDATE_REGISTRIES_URL: z
    .url()
    .optional()
    .describe(
      'Base address of the systems that know a candidate for the register of experts, and of the feeds; REGISTRIES_URL when absent',
    ),
  DIGITAL_DOCUMENTS_URL: url('http://127.0.0.1:4100/digital-documents').describe(
    'Digital documents service of the electronic government',
  ),
  DIGITAL_DOCUMENTS_TOKEN: z
    .string()
    .default('registries-demo-token')
    .describe('Bearer token for the digital documents service'),
  SKILLS_URL: url('http://127.0.0.1:4100/skills').describe(
    'Test platform skills.enbek.kz: invitations go here',
  ),
  SKILLS_PAGE_URL: url('https://skills.enbek.kz').describe(
    'Where a candidate takes the test; the code is added',
  ),
  SKILLS_CALLBACK_URL: url('http://127.0.0.1:4000/integration/v1/skills/results').describe(
    'Address of this API at which the test platform tells results',
  ),
  SKILLS_SECRET: z
    .string()
    .min(32)
    .default('demo-skills-demo-skills-demo-skills')
    .describe('Secret shared with the test platform, for signatures both ways; must be set in production'),
  SIGNATURE_VERIFIER: z
    .enum(['builtin', 'ncanode'])
    .default('builtin')
    .describe('Who verifies signatures: our own X.509 and CMS, or NCANode'),
  NCANODE_URL: url('http://127.0.0.1:14579').describe('Address of NCANode'),
  TRUST_ANCHORS_FILE: z
    .string()
    .optional()
    .describe(
      'PEM file with root and intermediate certificates of the national authority; needed by the built-in verifier',
    ),
  REVOCATION: z.enum(['ocsp', 'crl', 'ocsp-or-crl']).default('ocsp').describe('How revocation is asked'),
  MOBILE_SIGNING_URL: url('http://127.0.0.1:4100/egov-mobile').describe(
    'Gateway of eGov Mobile for signing by QR; registers at {address}/api/egovQr',
  ),
  MOBILE_SIGNING_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(10_000)
    .default(1500)
    .describe('Time the gateway has to register a signing, milliseconds; then other ways are offered'),
  SEALING_KEY_FILE: z
    .string()
    .optional()
    .describe(
      'PEM file with the certificate and the key that signs issued documents; without it no document is issued',
    ),
  DEMO_PEOPLE_FILE: z.string().optional().describe('Demo mode: list of people offered at sign-in'),
  SECRET_KEY: z
    .string()
    .min(32)
    .default('demo-secret-demo-secret-demo-secret')
    .describe(
      'Key that seals one-time codes on their way to the SMS centre and hashes them; must be set in production',
    ),
});
export type Settings = z.infer<typeof Settings>;

/** Reads the settings of this process; ends it with one plain line per wrong setting. The only place that reads process.env. */
export function readSettings(): Settings {
  const read = Settings.safeParse(process.env);
  if (!read.success) {
    for (const issue of read.error.issues) console.error(`Setting ${issue.path.join('.')}: ${issue.message}`);
    process.exit(78);
  }
  if (read.data.SERVICE_MODE === 'production' && read.data.SECRET_KEY.startsWith('demo-secret')) {
    console.error('Setting SECRET_KEY: must be set to a secret of at least 32 characters in production');
    process.exit(78);
  }
  if (read.data.SERVICE_MODE === 'production' && read.data.SKILLS_SECRET.startsWith('demo-skills')) {
    console.error('Setting SKILLS_SECRET: must be set to a secret of at least 32 characters in production');
    process.exit(78);
  }
  return read.data;
}
