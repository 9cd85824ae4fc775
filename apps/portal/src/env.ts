import { defineEnvVars } from '@sveltejs/kit/env';
import { z } from 'zod';

const DEMO_SECRET = 'demo-secret-demo-secret-demo-secret';

/**
 * Every setting of the portal with its default. A wrong value stops the start.
 * PORT and HOST, where the server listens, are read by server.ts.
 */
export const variables = defineEnvVars({
  SERVICE_MODE: {
    description: '`demo` offers demo people at sign-in; nothing of it exists in `production`',
    schema: z.enum(['production', 'demo']).default('production'),
  },
  API_URL: {
    description: 'Address of the API, without a slash at the end',
    schema: z.url().default('http://127.0.0.1:4000'),
  },
  PORTAL_URL: {
    description: 'Public address of this portal; the QR of a ticket leads there',
    schema: z.url().default('http://localhost:3000'),
  },
  NCALAYER_URL: {
    description: "NCALayer on the person's computer: wss://127.0.0.1:13579, or ws:// for the simulator",
    schema: z
      .string()
      .regex(/^wss?:\/\/[^\s;,'"]+$/)
      .default('wss://127.0.0.1:13579'),
  },
  SIMULATORS_URL: {
    description: 'Address of the simulators; demo mode links to their inbox of SMS',
    schema: z.url().default('http://127.0.0.1:4100'),
  },
  PORTAL_SECRET: {
    description:
      'Key that seals answers kept in cookies between two pages, at least 32 characters; the same in all portal processes; must be set in production',
    schema: z.string().min(32).default(DEMO_SECRET),
  },
  SPOOL_DIR: {
    description:
      'Folder in which reports of faults wait while the API is away; several portal processes may share it',
    schema: z.string().min(1).default('.data/spool'),
  },
  LOG_LEVEL: {
    description: 'Least level that is logged',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  },
});
