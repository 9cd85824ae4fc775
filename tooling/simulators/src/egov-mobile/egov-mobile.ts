/**
 * eGov Mobile and its gateway as the protocol of SIGEX shows them: a system registers a signing, hands the documents
 * over when the person has scanned the QR, and waits for the signatures. The person with the phone is played by a page
 * or by a standing order.
 */
import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { DemoSigner } from '../ncalayer/ncalayer-server.ts';
import type { DevelopmentAuthority } from '../pki/authority.ts';
import { signCms } from '../pki/sign-cms.ts';

export const egovMobileModes = [
  /** Every request waits for a person on the page. */
  'ask',
  /** The standing signer signs at once. */
  'auto',
  /** The person always refuses. */
  'refuse',
  /** The gateway answers 503 to everything. */
  'down',
  /** The gateway takes questions and never answers. */
  'silent',
  /** Whoever signs, signs another text than was asked for. */
  'other-text',
] as const;
export type EgovMobileMode = (typeof egovMobileModes)[number];

/** One signing on the phone. */
export interface PhoneRequest {
  id: string;
  askedAt: Date;
  description: string;
  /** What is asked to be signed, once it was handed over. */
  documents: readonly { name: string; text: string }[];
  state: 'registered' | 'opened' | 'signed' | 'refused';
}

export interface EgovMobileSimulator {
  /** Routes, to be mounted at /egov-mobile. */
  app: Hono;
  readonly signers: readonly DemoSigner[];
  readonly mode: EgovMobileMode;
  readonly standing: number | null;
  /** Requests that wait for the person, oldest first. */
  pending(): readonly PhoneRequest[];
  /** The person scans the QR or follows the link; false when there is no such request. */
  open(id: string): boolean;
  /** Signs by the signer with that index; false when either does not exist or nothing was handed over. */
  sign(id: string, signer: number): Promise<boolean>;
  refuse(id: string): boolean;
  configure(change: { mode?: EgovMobileMode; standing?: number | null }): void;
  close(): void;
}

const Registration = z.object({ description: z.string().max(1000) });
const Documents = z.object({
  signMethod: z.literal('CMS_SIGN_ONLY'),
  documentsToSign: z
    .array(
      z.object({
        id: z.number(),
        nameRu: z.string(),
        nameKz: z.string(),
        nameEn: z.string(),
        document: z.object({ file: z.object({ mime: z.string(), data: z.base64() }) }),
      }),
    )
    .min(1)
    .max(10),
});
type DocumentToSign = z.infer<typeof Documents>['documentsToSign'][number];

interface Entry {
  request: PhoneRequest;
  documents: DocumentToSign[];
  signatures: string[];
  /** Called at every change of this entry. */
  listeners: Set<() => void>;
}

/** The real gateway ends a question without an answer after about half a minute. */
const HOLD_MS = 25_000;
const KEPT_MS = 10 * 60_000;

/** Makes the simulator. `address` is where it is mounted, without a slash at the end. */
export function egovMobileSimulator(options: {
  address: string;
  signers: readonly DemoSigner[];
  authority: DevelopmentAuthority;
  holdMs?: number;
}): EgovMobileSimulator {
  const { signers, authority, address } = options;
  const entries = new Map<string, Entry>();
  const closing = new AbortController();
  let mode: EgovMobileMode = 'ask';
  let standing: number | null = null;

  const changed = (entry: Entry) => {
    for (const listener of [...entry.listeners]) listener();
  };

  /** Waits until `ready`, the caller goes away, or the patience of a question ends. */
  function wait(entry: Entry, ready: () => boolean, gone: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        entry.listeners.delete(look);
        signal.removeEventListener('abort', finish);
        resolve(ready());
      };
      const look = (): void => {
        if (ready()) finish();
      };
      const signal = AbortSignal.any([gone, closing.signal]);
      const timer = setTimeout(finish, options.holdMs ?? HOLD_MS);
      entry.listeners.add(look);
      signal.addEventListener('abort', finish);
      if (signal.aborted || ready()) finish();
    });
  }

  function forgetOld(): void {
    for (const [id, { request }] of entries)
      if (Date.now() - request.askedAt.getTime() > KEPT_MS) entries.delete(id);
  }

  function open(id: string): boolean {
    const entry = entries.get(id);
    if (entry?.request.state === 'registered') {
      entry.request.state = 'opened';
      changed(entry);
    }
    return entry !== undefined;
  }

  function refuse(id: string): boolean {
    const entry = entries.get(id);
    if (!entry || entry.request.state === 'signed') return false;
    entry.request.state = 'refused';
    changed(entry);
    return true;
  }

  async function sign(id: string, index: number): Promise<boolean> {
    const entry = entries.get(id);
    const signer = signers[index];
    if (!entry || !signer || entry.documents.length === 0 || entry.request.state === 'refused') return false;
    // A phone holds the keys of the person, never those of an organisation.
    const subject = { ...signer, bin: null, organization: null };
    const credential = await authority.credentialOf(subject, 'sign');
    entry.signatures = entry.documents.map(({ document }) => {
      const asked = Buffer.from(document.file.data, 'base64');
      const content = mode === 'other-text' ? Buffer.concat([asked, Buffer.from('\n')]) : asked;
      return signCms(credential, content).toString('base64');
    });
    entry.request.state = 'signed';
    changed(entry);
    return true;
  }

  /** What a person without a page does with a request that has its documents. */
  async function followOrder(id: string): Promise<void> {
    if (mode === 'refuse') refuse(id);
    else if (mode === 'auto' && standing !== null) await sign(id, standing);
  }

  const canceled = { status: 'canceled', message: 'Пользователь отказался от подписания' };
  const app = new Hono();
  app.use('/api/*', bodyLimit({ maxSize: 5_000_000 }), async (context, next) => {
    if (mode === 'down') return context.json({ message: 'unavailable' }, 503);
    if (mode === 'silent') {
      await untilGone(context, closing.signal);
      return context.body(null, 504);
    }
    return next();
  });

  app.post('/api/egovQr', async (context) => {
    const asked = Registration.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.json({ message: 'bad request' }, 400);
    forgetOld();
    const id = randomBytes(16).toString('base64url');
    entries.set(id, {
      request: {
        id,
        askedAt: new Date(),
        description: asked.data.description,
        documents: [],
        state: 'registered',
      },
      documents: [],
      signatures: [],
      listeners: new Set(),
    });
    const own = `${address}/api/egovQr/${id}`;
    const link = `${address}/open/${id}`;
    return context.json({
      dataURL: own,
      signURL: `${own}/sign`,
      eGovMobileLaunchLink: link,
      eGovBusinessLaunchLink: link,
    });
  });

  app.post('/api/egovQr/:id', async (context) => {
    const entry = entries.get(context.req.param('id'));
    const sent = Documents.safeParse(await context.req.json().catch(() => null));
    if (!entry) return context.json({ message: 'no such signing' }, 404);
    if (!sent.success) return context.json({ message: 'bad request' }, 400);
    entry.documents = sent.data.documentsToSign;
    entry.request.documents = entry.documents.map((each) => ({
      name: each.nameKz,
      text: Buffer.from(each.document.file.data, 'base64').toString('utf8'),
    }));
    void followOrder(entry.request.id);
    const isOpened = await wait(entry, () => entry.request.state !== 'registered', context.req.raw.signal);
    if (!isOpened) return context.json({ message: 'nobody has scanned the code yet' }, 504);
    return context.json(entry.request.state === 'refused' ? canceled : { status: 'success' });
  });

  app.get('/api/egovQr/:id/sign', async (context) => {
    const entry = entries.get(context.req.param('id'));
    if (!entry) return context.json({ message: 'no such signing' }, 404);
    const isOver = () => entry.request.state === 'signed' || entry.request.state === 'refused';
    if (!(await wait(entry, isOver, context.req.raw.signal)))
      return context.json({ message: 'not signed yet' }, 504);
    if (entry.request.state === 'refused') return context.json(canceled);
    return context.json({
      documentsToSign: entry.documents.map((each, index) => ({
        ...each,
        document: { file: { mime: each.document.file.mime, data: entry.signatures[index] } },
      })),
    });
  });

  return {
    app,
    signers,
    get mode() {
      return mode;
    },
    get standing() {
      return standing;
    },
    pending: () =>
      [...entries.values()]
        .map(({ request }) => request)
        .filter(({ state }) => state === 'registered' || state === 'opened'),
    open,
    sign,
    refuse,
    configure(change) {
      if (change.standing !== undefined) standing = change.standing;
      if (change.mode !== undefined) mode = change.mode;
      for (const { request, documents } of entries.values())
        if (documents.length > 0 && (request.state === 'registered' || request.state === 'opened'))
          void followOrder(request.id);
    },
    close: () => closing.abort(),
  };
}

/** Keeps a caller waiting until one of the two goes away. */
function untilGone(context: Context, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const signal = AbortSignal.any([context.req.raw.signal, closing]);
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve());
  });
}
