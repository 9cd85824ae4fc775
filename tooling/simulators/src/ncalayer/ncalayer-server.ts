/**
 * NCALayer, the program that holds a person's keys, as its WebSocket protocol shows it to a page. The person at
 * the keyboard is played by a web page ("who signs?") or by a standing order ("always this one").
 */
import { createHash } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import type { DevelopmentAuthority, Subject } from '../pki/authority.ts';
import { purposeOid } from '../pki/certificates.ts';
import { signCms } from '../pki/sign-cms.ts';
import { createLoopbackCertificate } from './loopback-certificate.ts';

/** A person who can be chosen to sign. */
export interface DemoSigner extends Subject {
  /** What the person is in the demonstration, for example "clerk of department 3". */
  label: string;
}

export const ncalayerModes = [
  /** The standing signer signs at once. */
  'auto',
  /** Every request waits for a choice on the page. */
  'ask',
  /** The person always presses "cancel". */
  'cancel',
  /** The program is not running: the connection is refused. */
  'down',
  /** Connected, but nothing ever answers. */
  'silent',
  /** The program closes the connection when asked to sign. */
  'closes',
  /** The signing module is missing. */
  'no-module',
  /** The module answers with an error. */
  'error',
] as const;
export type NcalayerMode = (typeof ncalayerModes)[number];

/** One request to sign, waiting for a person. */
export interface PendingRequest {
  id: string;
  askedAt: Date;
  /** The page that asks. */
  origin: string;
  purpose: 'sign' | 'auth';
  /** Whether a personal key or one of an organisation is asked for; null: any. */
  kind: 'individual' | 'organization' | null;
  /** Everything that is asked to be signed, exactly. */
  documents: readonly { bytes: number; text: string | null; sha256: string }[];
}

export interface NcalayerSimulator {
  readonly url: string;
  readonly signers: readonly DemoSigner[];
  readonly mode: NcalayerMode;
  /** Index of the standing signer in `signers`; null when everybody has to be chosen. */
  readonly standing: number | null;
  pending(): readonly PendingRequest[];
  /** Signs a waiting request by the signer with that index; false when either does not exist. */
  choose(requestId: string, signer: number): Promise<boolean>;
  /** Presses "cancel" on a waiting request. */
  cancel(requestId: string): boolean;
  configure(change: { mode?: NcalayerMode; standing?: number | null }): Promise<void>;
  close(): Promise<void>;
}

export interface NcalayerOptions {
  port: number;
  host: string;
  tls: boolean;
  signers: readonly DemoSigner[];
  authority: DevelopmentAuthority;
}

const VERSION = '1.4';
const MAX_FRAME_BYTES = 20_000_000;

const Call = z.object({ module: z.string(), method: z.string(), args: z.unknown().optional() });
const SignArguments = z.object({
  format: z.string(),
  data: z.union([z.string(), z.array(z.string()).min(1)]),
  signingParams: z
    .object({
      decode: z.union([z.boolean(), z.string()]).optional(),
      encapsulate: z.union([z.boolean(), z.string()]).optional(),
      digested: z.union([z.boolean(), z.string()]).optional(),
    })
    .optional(),
  signerParams: z.object({ extKeyUsageOids: z.array(z.string()).optional() }).optional(),
});

/** What the waiting person decides: an index of a signer, or null for "cancel". */
type Decision = number | null;

interface Job {
  documents: readonly Buffer[];
  attached: boolean;
  isDigest: boolean;
  purpose: 'sign' | 'auth';
  kind: 'individual' | 'organization' | null;
}

interface Waiting {
  request: PendingRequest;
  job: Job;
  decide: (decision: Decision) => void;
}

/** Starts the simulator. It listens at once unless the mode is 'down'. */
export async function startNcalayer(options: NcalayerOptions): Promise<NcalayerSimulator> {
  const server = options.tls ? createTlsServer(await createLoopbackCertificate()) : createHttpServer();
  const sockets = new WebSocketServer({ server, maxPayload: MAX_FRAME_BYTES });
  const waiting = new Map<string, Waiting>();
  let mode: NcalayerMode = 'ask';
  let standing: number | null = null;
  let lastId = 0;
  // The WebSocket server repeats the errors of the server below it; those are handled there.
  sockets.on('error', () => undefined);
  sockets.on('connection', (socket, request) => serve(socket, request.headers.origin ?? ''));
  await listen(server, options.port, options.host);
  const port = (server.address() as AddressInfo).port;

  function serve(socket: WebSocket, origin: string): void {
    socket.on('error', () => undefined);
    if (mode === 'silent') return;
    socket.send(JSON.stringify({ result: { version: VERSION } }));
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (text === '--heartbeat--') {
        socket.send(text);
        return;
      }
      void answer(text, origin, socket).then((reply) => {
        if (reply !== null && socket.readyState === socket.OPEN) socket.send(JSON.stringify(reply));
      });
    });
  }

  async function answer(text: string, origin: string, socket: WebSocket): Promise<object | null> {
    const call = readCall(text);
    if (call === null) return failure('BAD_REQUEST', 'The request is not understood');
    const isBasics = call.module === 'kz.gov.pki.knca.basics' && call.method === 'sign';
    if (isBasics) return basicsSign(call.args, origin, socket);
    if (call.module === 'kz.gov.pki.knca.commonUtils')
      return commonUtils(call.method, call.args, origin, socket);
    return failure('MODULE_NOT_FOUND', `Module ${call.module} is not installed`);
  }

  /** The module of 2022: one call, many documents. */
  async function basicsSign(args: unknown, origin: string, socket: WebSocket): Promise<object | null> {
    if (mode === 'no-module')
      return failure('MODULE_NOT_FOUND', 'Module kz.gov.pki.knca.basics is not installed');
    const parsed = SignArguments.safeParse(args);
    if (!parsed.success) return failure('500', 'The arguments are not understood');
    const { format, data, signingParams, signerParams } = parsed.data;
    if (format !== 'cms') return failure('500', `The simulator signs CMS only, not ${format}`);
    const usages = signerParams?.extKeyUsageOids ?? [];
    const isEncoded = isOn(signingParams?.decode);
    const signed = await sign(
      {
        documents: (Array.isArray(data) ? data : [data]).map((each) =>
          Buffer.from(each, isEncoded ? 'base64' : 'utf8'),
        ),
        attached: isOn(signingParams?.encapsulate),
        isDigest: isOn(signingParams?.digested),
        purpose: usages.includes(purposeOid.clientAuthentication) ? 'auth' : 'sign',
        kind: kindOf(usages),
      },
      origin,
      socket,
    );
    if (signed === 'failed') return failure('500', 'No suitable key');
    if (signed === 'gone') return null;
    // A body without a result means: the person cancelled.
    if (signed === 'cancelled') return { status: true, body: {} };
    return { status: true, body: { result: signed.map((each) => each.toString('base64')) } };
  }

  /** The older module, which pages fall back to. */
  async function commonUtils(
    method: string,
    args: unknown,
    origin: string,
    socket: WebSocket,
  ): Promise<object | null> {
    const list: unknown[] = Array.isArray(args) ? args : [];
    if (method === 'getActiveTokens') return { code: '200', responseObject: [] };
    if (method === 'changeLocale') return { code: '200', responseObject: null };
    const isHash = method === 'createCAdESFromBase64Hash';
    const isPlain = method === 'createCAdESFromBase64' || method === 'createCMSSignatureFromBase64';
    const data = list[2];
    if ((!isHash && !isPlain) || typeof data !== 'string')
      return { code: '500', message: `method ${method} is not simulated` };
    const signed = await sign(
      {
        documents: [Buffer.from(data, 'base64')],
        attached: isPlain && isOn(list[3]),
        isDigest: isHash,
        purpose: list[1] === 'AUTHENTICATION' ? 'auth' : 'sign',
        kind: null,
      },
      origin,
      socket,
    );
    if (signed === 'gone') return null;
    if (signed === 'failed') return { code: '500', message: 'signing failed' };
    if (signed === 'cancelled') return { code: '500', message: 'action.canceled' };
    return { code: '200', responseObject: signed[0]?.toString('base64') };
  }

  async function sign(
    job: Job,
    origin: string,
    socket: WebSocket,
  ): Promise<Buffer[] | 'cancelled' | 'failed' | 'gone'> {
    if (mode === 'error') return 'failed';
    if (mode === 'cancel') return 'cancelled';
    if (mode === 'closes') {
      socket.close();
      return 'gone';
    }
    const decision = mode === 'auto' && standing !== null ? standing : await ask(job, origin, socket);
    if (decision === 'gone') return 'gone';
    if (decision === null) return 'cancelled';
    const signer = options.signers[decision];
    if (signer === undefined) return 'failed';
    const subject = subjectFor(signer, job.kind);
    if (subject === null) return 'failed';
    const credential = await options.authority.credentialOf(subject, job.purpose);
    return job.documents.map((each) =>
      signCms(credential, each, { attached: job.attached, isDigest: job.isDigest }),
    );
  }

  function ask(job: Job, origin: string, socket: WebSocket): Promise<Decision | 'gone'> {
    lastId += 1;
    const id = String(lastId);
    return new Promise((resolve) => {
      const finish = (decision: Decision | 'gone'): void => {
        waiting.delete(id);
        resolve(decision);
      };
      waiting.set(id, {
        job,
        decide: finish,
        request: {
          id,
          askedAt: new Date(),
          origin,
          purpose: job.purpose,
          kind: job.kind,
          documents: job.documents.map(describe),
        },
      });
      socket.once('close', () => finish('gone'));
    });
  }

  async function goDown(): Promise<void> {
    for (const each of [...waiting.values()]) each.decide(null);
    for (const socket of sockets.clients) socket.terminate();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }

  return {
    url: `${options.tls ? 'wss' : 'ws'}://${options.host}:${port}`,
    signers: options.signers,
    get mode() {
      return mode;
    },
    get standing() {
      return standing;
    },
    pending: () => [...waiting.values()].map((each) => each.request),
    async choose(requestId, signer) {
      const found = waiting.get(requestId);
      if (found === undefined || options.signers[signer] === undefined) return false;
      found.decide(signer);
      return true;
    },
    cancel(requestId) {
      const found = waiting.get(requestId);
      found?.decide(null);
      return found !== undefined;
    },
    async configure(change) {
      if (change.standing !== undefined) standing = change.standing;
      if (change.mode !== undefined) mode = change.mode;
      // Requests that already wait get the standing signer too, so that one click is enough.
      if (mode === 'auto' && standing !== null)
        for (const each of [...waiting.values()]) each.decide(standing);
      if (mode === 'down') await goDown();
      else if (!server.listening) await listen(server, port, options.host);
    },
    async close() {
      mode = 'down';
      await goDown();
      sockets.close();
    },
  };
}

/** A person may have a personal key beside that of the organisation; the other way round not. */
function subjectFor(signer: DemoSigner, kind: Job['kind']): Subject | null {
  if (kind === 'organization') return signer.bin == null ? null : signer;
  return kind === 'individual' ? { ...signer, bin: null, organization: null } : signer;
}

function kindOf(usages: readonly string[]): Job['kind'] {
  if (usages.includes(purposeOid.individual)) return 'individual';
  return usages.some((each) => each.startsWith(purposeOid.organization)) ? 'organization' : null;
}

/** NCALayer takes both true and "true". */
function isOn(value: unknown): boolean {
  return value === true || value === 'true';
}

function describe(document: Buffer): PendingRequest['documents'][number] {
  const sha256 = createHash('sha256').update(document).digest('hex');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(document);
    // Control characters other than line ends mean: not a text for people.
    // eslint-disable-next-line no-control-regex
    const isText = !/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text);
    return { bytes: document.length, text: isText ? text : null, sha256 };
  } catch {
    return { bytes: document.length, text: null, sha256 };
  }
}

function readCall(text: string): z.infer<typeof Call> | null {
  try {
    const parsed = Call.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function failure(code: string, message: string): object {
  return { status: false, code, message, details: '' };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
