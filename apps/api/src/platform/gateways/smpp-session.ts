import { createRequire } from 'node:module';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import {
  partReference,
  type ReceiptListener,
  type SmsGateway,
  type SmsPart,
  type SmsReceipt,
  type SubmitOutcome,
} from './sms-gateway.ts';
import type { Pdu, Session, SmppLibrary } from './smpp.d.ts';

const smpp = createRequire(import.meta.url)('smpp') as SmppLibrary;

/** How the session behaves. Milliseconds and counts. */
export interface SmppOptions {
  /** `smpp://login:password@host:port`, or `ssmpp://` for TLS. */
  url: string;
  /** Alphanumeric sender. */
  sender: string;
  /** Parts handed over whose answer is awaited. */
  window: number;
  perSecond: number;
  answerMs?: number;
  bindMs?: number;
  enquireEveryMs?: number;
  reconnectFirstMs?: number;
  reconnectLastMs?: number;
}

const STATUS = { ok: 0x00, receiverTemporaryError: 0x64, unknownCommand: 0x03 } as const;

/** Refusals that pass by themselves: throttled, queue full, system error, wrong bind state, temporary or unknown error. */
const PASSING = new Set([0x58, 0x14, 0x08, 0x04, 0x64, 0xff]);
const THROTTLED = new Set([0x58, 0x14]);

/** Pause after the centre said it is too much, milliseconds. */
const THROTTLE_PAUSE_MS = 1000;

const UCS_2 = 8;
const USER_DATA_HEADER = 0x40;

interface Bound {
  session: Session;
  since: number;
  /** Ends of parts whose answer is awaited. */
  awaited: Set<(outcome: SubmitOutcome) => void>;
}

/**
 * A lasting SMPP 3.4 session as transceiver: binds, keeps the link alive, binds again with growing pauses when it breaks,
 * hands parts over within a window and a rate, and passes receipts on. Trouble with the centre never leaves this file as
 * an exception.
 */
export function startSmppSession(
  options: SmppOptions,
  random: Random,
  log: Log,
  onReceipt: ReceiptListener,
): SmsGateway {
  const address = new URL(options.url);
  const isTls = address.protocol === 'ssmpp:';
  const answerMs = options.answerMs ?? 20_000;
  const bindMs = options.bindMs ?? 5_000;
  const enquireEveryMs = options.enquireEveryMs ?? 15_000;
  const reconnectFirstMs = options.reconnectFirstMs ?? 500;
  const reconnectLastMs = options.reconnectLastMs ?? 30_000;
  const turns = pacedTurns(options.window, options.perSecond);

  let bound: Bound | null = null;
  let connecting: Session | null = null;
  let failures = 0;
  let stopped = false;
  let reconnectTimer: NodeJS.Timeout | undefined;

  function connect(): void {
    if (stopped) return;
    const session = smpp.connect({
      host: address.hostname,
      port: Number(address.port) || (isTls ? 3550 : 2775),
      tls: isTls,
    });
    connecting = session;
    const bindTimer = setTimeout(() => session.destroy(), bindMs);
    let enquireTimer: NodeJS.Timeout | undefined;
    // The library stops reading after an error of any kind, so the connection is of no use any more.
    session.on('error', (error) => {
      if (failures === 0) log.warn({ err: error }, 'SMS centre: connection failed');
      session.destroy();
    });
    session.on('close', () => {
      clearTimeout(bindTimer);
      clearInterval(enquireTimer);
      if (connecting === session) connecting = null;
      if (bound?.session === session) lose(bound);
      reconnectLater();
    });
    session.on(isTls ? 'secureConnect' : 'connect', () => {
      const login = {
        system_id: decodeURIComponent(address.username),
        password: decodeURIComponent(address.password),
        interface_version: 0x34,
      };
      session.bind_transceiver(
        { ...login, system_type: '', addr_ton: 0, addr_npi: 0, address_range: '' },
        (answer) => {
          clearTimeout(bindTimer);
          if (answer.command_status !== STATUS.ok) {
            log.error({ status: hex(answer.command_status) }, 'SMS centre: bind refused');
            session.destroy();
            return;
          }
          failures = 0;
          connecting = null;
          bound = { session, since: performance.now(), awaited: new Set() };
          enquireTimer = setInterval(() => enquire(session), enquireEveryMs);
          log.info('SMS centre: bound');
        },
      );
    });
    session.on('deliver_sm', (pdu) => void receive(session, pdu));
    session.on('enquire_link', (pdu) => session.send(pdu.response()));
    session.on('data_sm', (pdu) => session.send(pdu.response({ command_status: STATUS.unknownCommand })));
    session.on('unknown', (pdu) => {
      if (!pdu.isResponse()) session.send(pdu.response());
    });
    session.on('unbind', (pdu) => {
      session.send(pdu.response());
      session.destroy();
    });
  }

  function lose(lost: Bound): void {
    bound = null;
    for (const end of [...lost.awaited]) end({ kind: 'unknown' });
    if (!stopped) log.warn('SMS centre: connection lost');
  }

  function reconnectLater(): void {
    if (stopped) return;
    const ceiling = Math.min(reconnectLastMs, reconnectFirstMs * 2 ** Math.min(failures, 10));
    failures += 1;
    // Half fixed, half by chance, so that many workers do not knock at the same moment.
    clearTimeout(reconnectTimer);
    reconnectTimer = setTimeout(connect, ceiling / 2 + random.below(Math.ceil(ceiling / 2)));
  }

  function enquire(session: Session): void {
    const timer = setTimeout(() => session.destroy(), Math.min(5_000, enquireEveryMs));
    if (!session.enquire_link({}, () => clearTimeout(timer))) session.destroy();
  }

  async function receive(session: Session, pdu: Pdu): Promise<void> {
    let status: number = STATUS.ok;
    const receipt = readReceipt(pdu);
    if (receipt) {
      try {
        await onReceipt(receipt);
      } catch (error) {
        // The centre keeps the receipt and sends it again.
        log.error({ err: error }, 'SMS receipt could not be kept');
        status = STATUS.receiverTemporaryError;
      }
    }
    session.send(pdu.response(status === STATUS.ok ? {} : { command_status: status }));
  }

  async function submit(part: SmsPart, late: (outcome: SubmitOutcome) => void): Promise<SubmitOutcome> {
    await turns.take();
    try {
      const through = bound;
      if (!through || stopped) return { kind: 'not-sent' };
      const outcome = await handOver(through, part, late);
      if (outcome.kind === 'later' && outcome.throttled) turns.pause(THROTTLE_PAUSE_MS);
      return outcome;
    } finally {
      turns.giveBack();
    }
  }

  function handOver(
    through: Bound,
    part: SmsPart,
    late: (outcome: SubmitOutcome) => void,
  ): Promise<SubmitOutcome & { throttled?: boolean }> {
    return new Promise((resolve) => {
      let ended = false;
      const end = (outcome: SubmitOutcome): void => {
        if (ended) return;
        ended = true;
        clearTimeout(timer);
        through.awaited.delete(end);
        resolve(outcome);
      };
      const timer = setTimeout(() => end({ kind: 'unknown' }), answerMs);
      through.awaited.add(end);
      const sent = through.session.submit_sm(fieldsOf(part, options.sender), (answer) => {
        const outcome = readAnswer(answer, part);
        if (ended) late(outcome);
        else end(outcome);
      });
      if (!sent) end({ kind: 'not-sent' });
    });
  }

  connect();
  return {
    connectedSince: () => bound?.since ?? null,
    submit,
    async stop() {
      stopped = true;
      clearTimeout(reconnectTimer);
      connecting?.destroy();
      const last = bound;
      if (!last) return;
      await settled(last, 3_000);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_000);
        const done = () => {
          clearTimeout(timer);
          resolve();
        };
        if (!last.session.unbind({}, done)) done();
      });
      last.session.destroy();
    },
  };
}

/** Waits until no answer is awaited, or so many milliseconds. */
async function settled(bound: Bound, milliseconds: number): Promise<void> {
  const until = performance.now() + milliseconds;
  while (bound.awaited.size > 0 && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Turns for parts: so many out at a time, so many a second, none during a pause. First come, first served. */
function pacedTurns(window: number, perSecond: number) {
  let out = 0;
  let nextAt = 0;
  const waiting: (() => void)[] = [];
  return {
    async take(): Promise<void> {
      if (out >= window) await new Promise<void>((resolve) => waiting.push(resolve));
      else out += 1;
      const now = performance.now();
      const at = Math.max(now, nextAt);
      nextAt = at + 1000 / perSecond;
      if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
    },
    giveBack(): void {
      // The place goes to the next in line, so `out` stays as it is.
      const next = waiting.shift();
      if (next) next();
      else out -= 1;
    },
    pause(milliseconds: number): void {
      nextAt = Math.max(nextAt, performance.now() + milliseconds);
    },
  };
}

function fieldsOf(part: SmsPart, sender: string): Record<string, unknown> {
  const several = part.total > 1;
  const header = several
    ? { udh: Buffer.from([5, 0, 3, part.reference & 0xff, part.total, part.number]) }
    : {};
  return {
    // 5 = alphanumeric sender; 1 = international number.
    source_addr_ton: 5,
    source_addr_npi: 0,
    source_addr: sender,
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: part.to.replace(/^\+/, ''),
    registered_delivery: 1,
    data_coding: part.alphabet === 'ucs-2' ? UCS_2 : 0,
    esm_class: several ? USER_DATA_HEADER : 0,
    short_message: { ...header, message: part.text },
    user_message_reference: partReference(part.reference, part.number),
    ...(part.validForSeconds === null ? {} : { validity_period: relativeTime(part.validForSeconds) }),
  };
}

const MAX_VALIDITY_SECONDS = 7 * 86_400;

/** Relative time of SMPP, `YYMMDDhhmmss000R`. */
function relativeTime(seconds: number): string {
  const left = Math.min(Math.max(1, Math.floor(seconds)), MAX_VALIDITY_SECONDS);
  const two = (value: number) => String(value).padStart(2, '0');
  return `0000${two(Math.floor(left / 86_400))}${two(Math.floor(left / 3600) % 24)}${two(Math.floor(left / 60) % 60)}${two(left % 60)}000R`;
}

function readAnswer(answer: Pdu, part: SmsPart): SubmitOutcome & { throttled?: boolean } {
  const status = answer.command_status;
  if (status === STATUS.ok) {
    // A centre that gives no id can only be matched by the reference.
    return {
      kind: 'accepted',
      centreId: answer.message_id || `without-id-${partReference(part.reference, part.number)}`,
    };
  }
  const reason = `smpp-${hex(status)}`;
  return PASSING.has(status)
    ? { kind: 'later', reason, throttled: THROTTLED.has(status) }
    : { kind: 'refused', reason };
}

const STATE_WORDS = [
  'SCHEDULED',
  'ENROUTE',
  'DELIVRD',
  'EXPIRED',
  'DELETED',
  'UNDELIV',
  'ACCEPTD',
  'UNKNOWN',
  'REJECTD',
];
const BAD_WORDS = new Set(['EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD']);

/** Reads a receipt from its fields, or from its text where the centre gives no fields; null for a message somebody wrote. */
export function readReceipt(pdu: Pdu): SmsReceipt | null {
  if (((pdu.esm_class ?? 0) & 0x3c) === 0) return null;
  const content = pdu.short_message?.message ?? pdu.message_payload?.message ?? '';
  const text = typeof content === 'string' ? content : content.toString('latin1');
  const word =
    (pdu.message_state === undefined ? undefined : STATE_WORDS[pdu.message_state]) ??
    /\bstat:([A-Z]{4,10})/i.exec(text)?.[1]?.toUpperCase() ??
    'UNKNOWN';
  const error = /\berr:(\w{1,6})/i.exec(text)?.[1];
  return {
    phone: `+${(pdu.source_addr ?? '').replace(/\D/g, '')}`,
    centreId: pdu.receipted_message_id || (/\bid:([\w-]{1,64})/i.exec(text)?.[1] ?? null),
    reference: pdu.user_message_reference ?? null,
    outcome: word === 'DELIVRD' ? 'delivered' : BAD_WORDS.has(word) ? 'undelivered' : 'under-way',
    words: error ? `${word} err:${error}` : word,
  };
}

function hex(status: number): string {
  return `0x${status.toString(16).padStart(2, '0')}`;
}
