/**
 * The digital documents service of the electronic government: a request of access becomes a code or a question on the owner's registered
 * number; the code or the reply opens a token that serves the documents once, each as a PDF with signed data about it.
 */
import { createHash, randomInt, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';

export const digitalFaults = [
  'none',
  /** HTTP 503. */
  'error',
  /** The data of every document is changed after it was signed. */
  'forged',
  /** Every document is of somebody else. */
  'other-person',
] as const;
export type DigitalFault = (typeof digitalFaults)[number];

/** A message on the owner's phone. */
export interface PhoneMessage {
  accessId: string;
  iin: string;
  phone: string;
  /** Null when a reply is wanted instead. */
  code: string | null;
  text: string;
  sentAt: string;
}

export interface DigitalDocumentsSimulator {
  app: Hono;
  setFault(fault: DigitalFault): void;
  /** What came to the owner's phone, newest first. */
  phone(iin?: string): PhoneMessage[];
  /** The owner replies to a question by SMS; false when there is none. */
  reply(accessId: string, agrees: boolean): boolean;
}

interface Options {
  token: string;
  registries: { phone(iin: string): string | null };
  /** Signs bytes as the service; DER of a detached CMS. */
  sign(content: Uint8Array): Promise<Buffer>;
}

interface Access {
  id: string;
  iin: string;
  documents: string[];
  way: 'code' | 'sms-reply';
  message: PhoneMessage;
  expiresAt: number;
  tries: number;
  state: 'waiting' | 'granted' | 'declined' | 'used-up' | 'served';
  token: string | null;
}

const LIFE_MS = 5 * 60_000;
const TRIES = 3;
const KEPT = 1000;

const Ask = z.object({
  requestId: z.string(),
  iin: z.string().regex(/^\d{12}$/),
  documents: z.string().min(1),
  way: z.enum(['code', 'sms-reply']),
  language: z.string(),
});
const Code = z.object({ requestId: z.string(), accessId: z.string(), code: z.string() });
const Reply = z.object({ requestId: z.string(), accessId: z.string() });
const Documents = z.object({ requestId: z.string(), accessId: z.string(), token: z.string() });

export function digitalDocumentsSimulator(options: Options): DigitalDocumentsSimulator {
  const accesses = new Map<string, Access>();
  let fault: DigitalFault = 'none';
  const app = new Hono();
  const asOf = () => new Date().toISOString();

  app.use('*', async (context, next) => {
    if (context.req.method === 'GET' || context.req.path === '/phone') return next();
    if (context.req.header('authorization') !== `Bearer ${options.token}`)
      return context.json({ error: 'unauthorized' }, 401);
    if (fault === 'error') return context.json({ error: 'unavailable' }, 503);
    return next();
  });

  app.post('/access', async (context) => {
    const asked = Ask.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.json({ error: 'bad-request' }, 400);
    const { iin, way, documents } = asked.data;
    const phone = options.registries.phone(iin);
    if (phone === null) return context.json({ asOf: asOf(), outcome: 'no-number' });
    const id = randomUUID();
    const code = way === 'code' ? String(randomInt(1_000_000)).padStart(6, '0') : null;
    const expiresAt = Date.now() + LIFE_MS;
    const message: PhoneMessage = {
      accessId: id,
      iin,
      phone,
      code,
      text: code
        ? `eGov: ${code} – цифрлық құжаттарға рұқсат коды / код доступа к цифровым документам.`
        : 'eGov: цифрлық құжаттарға рұқсат бересіз бе? 1 – иә, 2 – жоқ / доступ к цифровым документам? 1 – да, 2 – нет.',
      sentAt: asOf(),
    };
    accesses.set(id, {
      id,
      iin,
      documents: documents.split(','),
      way,
      message,
      expiresAt,
      tries: 0,
      state: 'waiting',
      token: null,
    });
    for (const oldest of [...accesses.keys()].slice(0, -KEPT)) accesses.delete(oldest);
    return context.json({
      asOf: asOf(),
      outcome: 'sent',
      accessId: id,
      phone: `${phone.slice(0, 5)} *** ** ${phone.slice(-2)}`,
      expiresAt: new Date(expiresAt).toISOString(),
    });
  });

  /** The token of a granted access, made once. */
  function grant(access: Access) {
    access.state = 'granted';
    access.token = randomUUID() + randomUUID();
    return { asOf: asOf(), outcome: 'granted', token: access.token };
  }

  function over(access: Access | undefined): { asOf: string; outcome: string } | null {
    if (!access || access.expiresAt < Date.now()) return { asOf: asOf(), outcome: 'expired' };
    if (access.state === 'used-up' || access.state === 'granted' || access.state === 'served')
      return { asOf: asOf(), outcome: 'used-up' };
    if (access.state === 'declined') return { asOf: asOf(), outcome: 'declined' };
    return null;
  }

  app.post('/code', async (context) => {
    const given = Code.safeParse(await context.req.json().catch(() => null));
    if (!given.success) return context.json({ error: 'bad-request' }, 400);
    const access = accesses.get(given.data.accessId);
    const end = over(access);
    if (end || !access) return context.json(end);
    if (access.way === 'code' && access.message.code === given.data.code) return context.json(grant(access));
    access.tries += 1;
    if (access.tries >= TRIES) access.state = 'used-up';
    return context.json({ asOf: asOf(), outcome: access.tries >= TRIES ? 'used-up' : 'wrong-code' });
  });

  const agreed = new Set<string>();
  app.post('/reply', async (context) => {
    const asked = Reply.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.json({ error: 'bad-request' }, 400);
    const access = accesses.get(asked.data.accessId);
    const end = over(access);
    if (end || !access) return context.json(end);
    return context.json(agreed.has(access.id) ? grant(access) : { asOf: asOf(), outcome: 'waiting' });
  });

  app.post('/documents', async (context) => {
    const asked = Documents.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.json({ error: 'bad-request' }, 400);
    const access = accesses.get(asked.data.accessId);
    if (!access || access.state !== 'granted' || access.token !== asked.data.token)
      return context.json({ error: 'forbidden' }, 403);
    access.state = 'served';
    const documents = await Promise.all(
      access.documents.map(async (document, index) => {
        const pdf = pdfOf(`Digital document: ${document}`);
        const data = JSON.stringify({
          document,
          iin: fault === 'other-person' ? '000101500015' : access.iin,
          number: `D-${access.id.slice(0, 6)}-${index + 1}`,
          issuedOn: '2024-03-15',
          validUntil: document === 'identity' ? '2034-03-14' : null,
          sheets: 1,
          pdfSha256: createHash('sha256').update(pdf).digest('hex'),
        });
        const signature = await options.sign(Buffer.from(data));
        return {
          data: fault === 'forged' ? data.replace('"sheets":1', '"sheets":2') : data,
          signature: signature.toString('base64'),
          pdf: pdf.toString('base64'),
        };
      }),
    );
    return context.json({ asOf: asOf(), accessId: access.id, documents });
  });

  function reply(accessId: string, agrees: boolean): boolean {
    const access = accesses.get(accessId);
    if (!access || access.way !== 'sms-reply' || access.state !== 'waiting') return false;
    if (agrees) agreed.add(accessId);
    else access.state = 'declined';
    return true;
  }

  const phone = (iin?: string) =>
    [...accesses.values()]
      .map(({ message }) => message)
      .filter((message) => iin === undefined || message.iin === iin)
      .reverse();

  app.get('/', (context) =>
    context.html(
      html`<!doctype html>
        <html lang="ru">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width" />
            <title>eGov: digital documents (simulator)</title>
          </head>
          <body>
            <h1>Цифрлық құжаттар · Цифровые документы · Digital documents (simulator)</h1>
            ${phone()
              .slice(0, 50)
              .map(
                (message) =>
                  html`<form method="post" action="/digital-documents/phone">
                    <p>${message.phone}: ${message.text}</p>
                    <input type="hidden" name="accessId" value="${message.accessId}" />
                    ${
                      message.code
                        ? ''
                        : html`<button name="agrees" value="1">1</button>
                            <button name="agrees" value="2">2</button>`
                    }
                  </form>`,
              )}
          </body>
        </html>`,
    ),
  );
  app.post('/phone', async (context) => {
    const form = await context.req.parseBody();
    reply(String(form['accessId']), form['agrees'] === '1');
    return context.redirect('/digital-documents', 303);
  });
  return {
    app,
    setFault: (wanted) => {
      fault = wanted;
    },
    phone,
    reply,
  };
}

/** A PDF of one page with one line of Latin text. */
function pdfOf(line: string): Buffer {
  const content = `BT /F1 14 Tf 60 760 Td (${line.replace(/[()\\]/g, '')}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}
