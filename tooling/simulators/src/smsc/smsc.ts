/** An SMS centre speaking SMPP 3.4, with the troubles real ones have. */
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { Pdu, Session, SmppLibrary } from '../smpp.d.ts';
import { MessageStore, type IncomingPart, type InboxMessage, type PartState } from './message-store.ts';

const require = createRequire(import.meta.url);
const smpp = require('smpp') as SmppLibrary;

const status = {
  ok: 0x00,
  invalidBindStatus: 0x04,
  alreadyBound: 0x05,
  systemError: 0x08,
  invalidDestination: 0x0b,
  bindFailed: 0x0d,
  queueFull: 0x14,
  throttled: 0x58,
} as const;

export const submitBehaviours = [
  'accept',
  'throttle',
  'queue-full',
  'invalid-address',
  'system-error',
  /** Takes the message and never confirms. */
  'silent',
  /** Drops the connection instead of confirming; the message is not taken. */
  'disconnect',
] as const;

export const receiptBehaviours = ['deliver', 'fail', 'expire', 'reject', 'none'] as const;

export interface SmscSettings {
  /** False refuses connections, as a dead centre does. */
  listening: boolean;
  bind: 'accept' | 'refuse' | 'silent';
  submit: (typeof submitBehaviours)[number];
  /** Share of messages, 0 to 1, that the behaviour above meets; the rest is accepted. */
  submitRate: number;
  /** Pause before a confirmation, milliseconds. */
  responseDelayMs: number;
  enquireLink: 'answer' | 'silent';
  /** What becomes of accepted messages. */
  receipts: (typeof receiptBehaviours)[number];
  /** Pause before a receipt, milliseconds. */
  receiptDelayMs: number;
  /** Oddities of receipts: each comes twice; one for an unknown message too; before the confirmation. */
  receiptOddity: 'none' | 'twice' | 'unknown-too' | 'before-response';
}

export const defaultSmscSettings: SmscSettings = {
  listening: true,
  bind: 'accept',
  submit: 'accept',
  submitRate: 1,
  responseDelayMs: 0,
  enquireLink: 'answer',
  receipts: 'deliver',
  receiptDelayMs: 200,
  receiptOddity: 'none',
};

/** Ways to break the open connections at once. */
export const breakages = ['disconnect', 'half-pdu', 'huge-length', 'garbage'] as const;
export type Breakage = (typeof breakages)[number];

export interface SmscOptions {
  port: number;
  host: string;
  systemId: string;
  password: string;
  maxMessages: number;
}

export interface SmscSimulator {
  readonly url: string;
  readonly settings: SmscSettings;
  configure(change: Partial<SmscSettings>): Promise<void>;
  break(how: Breakage): void;
  messages(phone?: string): InboxMessage[];
  clear(): void;
  /** Connections that are bound now, and receipts waiting for one. */
  state(): { bound: number; waitingReceipts: number; submitted: number };
  close(): Promise<void>;
}

interface Bound {
  session: Session;
  receives: boolean;
  sends: boolean;
  /** Receipts sent and not yet confirmed. */
  unconfirmed: Set<Receipt>;
}

interface Receipt {
  messageId: string;
  from: string;
  to: string;
  submittedAt: Date;
  state: PartState;
  userMessageReference: number | null;
}

const receiptStates: Record<Exclude<PartState, 'accepted'>, { word: string; code: number; error: string }> = {
  delivered: { word: 'DELIVRD', code: 2, error: '000' },
  expired: { word: 'EXPIRED', code: 3, error: '027' },
  undeliverable: { word: 'UNDELIV', code: 5, error: '001' },
  rejected: { word: 'REJECTD', code: 8, error: '011' },
};

const outcomes: Record<Exclude<SmscSettings['receipts'], 'none'>, Exclude<PartState, 'accepted'>> = {
  deliver: 'delivered',
  fail: 'undeliverable',
  expire: 'expired',
  reject: 'rejected',
};

/** Starts the centre. */
export async function startSmsc(options: SmscOptions): Promise<SmscSimulator> {
  const settings: SmscSettings = { ...defaultSmscSettings };
  const store = new MessageStore(options.maxMessages);
  const bound = new Map<Session, Bound>();
  const open = new Set<Session>();
  const waitingReceipts: Receipt[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let submitted = 0;
  let lastId = 0;

  const server = smpp.createServer((session) => {
    open.add(session);
    // The library stops reading after an error, so the connection is of no use any more.
    session.on('error', () => session.destroy());
    session.on('close', () => forget(session));
    session.on('bind_transceiver', (pdu) => bind(session, pdu, true, true));
    session.on('bind_transmitter', (pdu) => bind(session, pdu, true, false));
    session.on('bind_receiver', (pdu) => bind(session, pdu, false, true));
    session.on('submit_sm', (pdu) => submit(session, pdu));
    session.on('unknown', (pdu) => session.send(pdu.response()));
    session.on('enquire_link', (pdu) => {
      if (settings.enquireLink === 'answer') session.send(pdu.response());
    });
    session.on('unbind', (pdu) => {
      session.send(pdu.response());
      session.close();
    });
  });
  await listen();
  const port = (server.address() as AddressInfo).port;

  function listen(at: number = options.port): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, options.host, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  }

  function bind(session: Session, pdu: Pdu, sends: boolean, receives: boolean): void {
    if (settings.bind === 'silent') return;
    if (bound.has(session)) {
      session.send(pdu.response({ command_status: status.alreadyBound }));
      return;
    }
    const isKnown = pdu.system_id === options.systemId && pdu.password === options.password;
    if (!isKnown || settings.bind === 'refuse') {
      session.send(pdu.response({ command_status: status.bindFailed }));
      session.close();
      return;
    }
    bound.set(session, { session, sends, receives, unconfirmed: new Set() });
    session.send(pdu.response({ system_id: 'SIMULATOR', sc_interface_version: 0x34 }));
    if (receives) flushReceipts();
  }

  function submit(session: Session, pdu: Pdu): void {
    if (bound.get(session)?.sends !== true) {
      session.send(pdu.response({ command_status: status.invalidBindStatus }));
      return;
    }
    submitted += 1;
    const behaviour = Math.random() < settings.submitRate ? settings.submit : 'accept';
    const refusal = refusalOf(behaviour, pdu);
    if (refusal !== null) {
      after(settings.responseDelayMs, () => session.send(pdu.response({ command_status: refusal })));
      return;
    }
    if (behaviour === 'disconnect') {
      session.destroy();
      return;
    }
    lastId += 1;
    const messageId = lastId.toString(16).padStart(8, '0');
    const part = readPart(pdu, messageId);
    store.add(part);
    const receipt = (): void => {
      if (settings.receipts === 'none') return;
      const state = outcomes[settings.receipts];
      store.setState(messageId, state);
      if (((pdu.registered_delivery ?? 0) & 1) === 0) return;
      queueReceipt({
        messageId,
        from: part.from,
        to: part.to,
        submittedAt: new Date(),
        state,
        userMessageReference: part.userMessageReference,
      });
    };
    if (settings.receiptOddity === 'before-response') receipt();
    else after(settings.responseDelayMs + settings.receiptDelayMs, receipt);
    if (behaviour === 'silent') return;
    after(settings.responseDelayMs, () => session.send(pdu.response({ message_id: messageId })));
  }

  function queueReceipt(receipt: Receipt): void {
    waitingReceipts.push(receipt);
    if (settings.receiptOddity === 'twice') waitingReceipts.push({ ...receipt });
    if (settings.receiptOddity === 'unknown-too') waitingReceipts.push({ ...receipt, messageId: 'ffffffff' });
    flushReceipts();
  }

  /** Receipts wait here while nobody is bound to receive them. */
  function flushReceipts(): void {
    const receiver = [...bound.values()].find((each) => each.receives);
    if (receiver === undefined) return;
    for (const receipt of waitingReceipts.splice(0)) deliver(receiver, receipt);
  }

  function deliver(receiver: Bound, receipt: Receipt): void {
    receiver.unconfirmed.add(receipt);
    const sent = receiver.session.deliver_sm(receiptFields(receipt), (response) => {
      if (response.command_status === status.ok) receiver.unconfirmed.delete(receipt);
    });
    if (!sent) {
      receiver.unconfirmed.delete(receipt);
      waitingReceipts.push(receipt);
    }
  }

  function forget(session: Session): void {
    open.delete(session);
    const gone = bound.get(session);
    bound.delete(session);
    // What was sent and not confirmed is sent again to whoever binds next.
    if (gone !== undefined) waitingReceipts.push(...gone.unconfirmed);
    flushReceipts();
  }

  function after(milliseconds: number, act: () => void): void {
    if (milliseconds <= 0) {
      act();
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, milliseconds);
    timers.add(timer);
  }

  async function stopListening(): Promise<void> {
    for (const session of open) session.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }

  return {
    url: `smpp://${encodeURIComponent(options.systemId)}:${encodeURIComponent(options.password)}@${options.host}:${port}`,
    settings,
    async configure(change) {
      Object.assign(settings, change);
      if (!settings.listening) await stopListening();
      else if (!server.listening) await listen(port);
    },
    break(how) {
      for (const session of [...open]) breakSession(session, how);
    },
    messages: (phone) => store.list(phone),
    clear: () => store.clear(),
    state: () => ({ bound: bound.size, waitingReceipts: waitingReceipts.length, submitted }),
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await stopListening();
    },
  };
}

function refusalOf(behaviour: SmscSettings['submit'], pdu: Pdu): number | null {
  if (behaviour === 'throttle') return status.throttled;
  if (behaviour === 'queue-full') return status.queueFull;
  if (behaviour === 'system-error') return status.systemError;
  const isNumber = /^\+?\d{10,15}$/.test(pdu.destination_addr ?? '');
  return behaviour === 'invalid-address' || !isNumber ? status.invalidDestination : null;
}

function breakSession(session: Session, how: Breakage): void {
  const half = Buffer.from([0, 0, 0, 64, 0, 0, 0, 5, 0, 0]);
  const hugeLength = Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1]);
  const garbage = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n');
  if (how === 'half-pdu') session.socket.write(half, () => session.destroy());
  else if (how === 'huge-length') session.socket.write(hugeLength);
  else if (how === 'garbage') session.socket.write(garbage);
  else session.destroy();
}

const CONCATENATION_8_BIT = 0x00;
const CONCATENATION_16_BIT = 0x08;

/** Where a PDU stands in its message: user data header, SAR fields, payload, or on its own. */
function readPart(pdu: Pdu, messageId: string): IncomingPart {
  const payload = pdu.message_payload;
  const content = payload ?? pdu.short_message;
  const common = {
    messageId,
    from: pdu.source_addr ?? '',
    to: pdu.destination_addr ?? '',
    text:
      typeof content?.message === 'string' ? content.message : (content?.message.toString('latin1') ?? ''),
    dataCoding: pdu.data_coding ?? 0,
    userMessageReference: pdu.user_message_reference ?? null,
  };
  for (const element of pdu.short_message?.udh ?? []) {
    const isShort = element[0] === CONCATENATION_8_BIT && element.length >= 5;
    const isLong = element[0] === CONCATENATION_16_BIT && element.length >= 6;
    if (!isShort && !isLong) continue;
    const reference = isShort ? element.readUInt8(2) : element.readUInt16BE(2);
    const rest = element.subarray(isShort ? 3 : 4);
    return { ...common, joinedBy: 'udh', reference, ...place(rest[0], rest[1]) };
  }
  if (pdu.sar_msg_ref_num !== undefined)
    return {
      ...common,
      joinedBy: 'sar',
      reference: pdu.sar_msg_ref_num,
      ...place(pdu.sar_total_segments, pdu.sar_segment_seqnum),
    };
  return {
    ...common,
    joinedBy: payload === undefined ? 'single' : 'payload',
    reference: null,
    total: 1,
    index: 1,
  };
}

function place(total = 1, index = 1): { total: number; index: number } {
  const parts = Math.max(1, total);
  return { total: parts, index: Math.min(Math.max(1, index), parts) };
}

function receiptFields(receipt: Receipt): Record<string, unknown> {
  const { word, code, error } = receiptStates[receipt.state === 'accepted' ? 'undeliverable' : receipt.state];
  const delivered = receipt.state === 'delivered' ? '001' : '000';
  return {
    // A receipt travels from the handset back to the sender.
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: receipt.to,
    dest_addr_ton: 5,
    dest_addr_npi: 0,
    destination_addr: receipt.from,
    esm_class: 0x04,
    short_message:
      `id:${receipt.messageId} sub:001 dlvrd:${delivered} submit date:${stamp(receipt.submittedAt)} ` +
      `done date:${stamp(new Date())} stat:${word} err:${error} text:`,
    receipted_message_id: receipt.messageId,
    message_state: code,
    ...(receipt.userMessageReference === null
      ? {}
      : { user_message_reference: receipt.userMessageReference }),
  };
}

/** YYMMDDhhmm, as receipts print it. */
function stamp(moment: Date): string {
  return moment.toISOString().replace(/\D/g, '').slice(2, 12);
}
