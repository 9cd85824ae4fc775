/** The handset's side: parts come in, whole messages can be read. */

export type PartState = 'accepted' | 'delivered' | 'undeliverable' | 'expired' | 'rejected';

export interface MessagePart {
  messageId: string;
  state: PartState;
}

/** One message as the person sees it on the phone. */
export interface InboxMessage {
  /** Counts up from 1 in order of arrival of the first part. */
  number: number;
  /** When the first part came. */
  at: Date;
  from: string;
  /** With a plus sign. */
  to: string;
  /** Whole text, or the parts that came so far with an ellipsis for the missing ones. */
  text: string;
  /** How the parts were joined. */
  joinedBy: 'single' | 'udh' | 'sar' | 'payload';
  dataCoding: number;
  partsExpected: number;
  partsReceived: number;
  state: PartState;
  messageIds: readonly string[];
  userMessageReference: number | null;
}

export interface IncomingPart {
  messageId: string;
  from: string;
  /** As in the PDU. */
  to: string;
  text: string;
  dataCoding: number;
  joinedBy: InboxMessage['joinedBy'];
  /** Reference that joins parts; null for a single message. */
  reference: number | null;
  total: number;
  /** From 1. */
  index: number;
  userMessageReference: number | null;
}

interface Entry extends Omit<InboxMessage, 'text' | 'partsReceived' | 'state' | 'messageIds'> {
  parts: (MessagePart & { text: string })[];
}

/** Inbox of all phones, newest kept, oldest forgotten above `maxMessages`. */
export class MessageStore {
  readonly #maxMessages: number;
  readonly #entries = new Map<number, Entry>();
  /** Messages whose parts are still coming. */
  readonly #open = new Map<string, Entry>();
  readonly #byMessageId = new Map<string, { entry: Entry; index: number }>();
  #last = 0;

  constructor(maxMessages: number) {
    this.#maxMessages = maxMessages;
  }

  /** Puts a part in its place. A part of an already complete group starts a new message. */
  add(part: IncomingPart): void {
    const group = [part.joinedBy, part.from, part.to, part.reference, part.total].join('|');
    let entry = part.total > 1 ? this.#open.get(group) : undefined;
    if (entry === undefined || entry.parts[part.index - 1] !== undefined) {
      entry = this.#start(part);
      if (part.total > 1) this.#open.set(group, entry);
    }
    entry.parts[part.index - 1] = { messageId: part.messageId, state: 'accepted', text: part.text };
    this.#byMessageId.set(part.messageId, { entry, index: part.index - 1 });
    if (present(entry).length === entry.partsExpected) this.#open.delete(group);
  }

  /** Notes what became of a part. */
  setState(messageId: string, state: PartState): void {
    const found = this.#byMessageId.get(messageId);
    const part = found?.entry.parts[found.index];
    if (part !== undefined) part.state = state;
  }

  /** Messages, newest first; only those to one phone when it is given (any spelling with the same digits). */
  list(phone?: string): InboxMessage[] {
    const digits = phone?.replace(/\D/g, '');
    return [...this.#entries.values()]
      .filter((each) => digits === undefined || digits === '' || each.to.replace(/\D/g, '') === digits)
      .map(toMessage)
      .reverse();
  }

  clear(): void {
    this.#entries.clear();
    this.#open.clear();
    this.#byMessageId.clear();
  }

  #start(part: IncomingPart): Entry {
    this.#last += 1;
    const entry: Entry = {
      number: this.#last,
      at: new Date(),
      from: part.from,
      to: `+${part.to.replace(/^\+/, '')}`,
      joinedBy: part.joinedBy,
      dataCoding: part.dataCoding,
      partsExpected: part.total,
      userMessageReference: part.userMessageReference,
      parts: [],
    };
    this.#entries.set(entry.number, entry);
    if (this.#entries.size > this.#maxMessages) this.#forgetOldest();
    return entry;
  }

  #forgetOldest(): void {
    const oldest = this.#entries.values().next().value;
    if (oldest === undefined) return;
    this.#entries.delete(oldest.number);
    for (const part of present(oldest)) this.#byMessageId.delete(part.messageId);
  }
}

function present(entry: Entry): Entry['parts'] {
  // Parts that have not come are holes in the list; filter skips holes.
  return entry.parts.filter(() => true);
}

function toMessage(entry: Entry): InboxMessage {
  const { parts, ...rest } = entry;
  const received = present(entry);
  const texts = Array.from({ length: entry.partsExpected }, (_, index) => parts[index]?.text ?? '…');
  return {
    ...rest,
    text: texts.join(''),
    partsReceived: received.length,
    state: stateOf(received, entry.partsExpected),
    messageIds: received.map((each) => each.messageId),
  };
}

/** A message is delivered when all its parts are; one bad part spoils it. */
function stateOf(parts: readonly MessagePart[], expected: number): PartState {
  const bad = parts.find((each) => each.state !== 'accepted' && each.state !== 'delivered');
  if (bad !== undefined) return bad.state;
  return parts.length === expected && parts.every((each) => each.state === 'delivered')
    ? 'delivered'
    : 'accepted';
}
