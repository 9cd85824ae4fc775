/** The part of the untyped package `smpp` that the SMS session uses. A module of types, loaded by name where it is needed. */
import type { Socket } from 'node:net';

/** Text of a message after decoding; `udh` is a list of information elements without the length byte. */
export interface DecodedMessage {
  message: string | Buffer;
  udh?: Buffer[];
}

export interface Pdu {
  command: string;
  command_id: number;
  command_status: number;
  sequence_number: number;
  source_addr?: string;
  destination_addr?: string;
  esm_class?: number;
  short_message?: DecodedMessage;
  message_payload?: DecodedMessage;
  message_id?: string;
  receipted_message_id?: string;
  message_state?: number;
  user_message_reference?: number;
  isResponse(): boolean;
  response(options?: Record<string, unknown>): Pdu;
}

export interface Session {
  socket: Socket;
  on(event: 'error', handler: (error: Error) => void): this;
  on(event: 'close' | 'connect' | 'secureConnect', handler: () => void): this;
  on(event: string, handler: (pdu: Pdu) => void): this;
  /** False when the connection cannot take it: then nothing was sent. */
  send(pdu: Pdu, onResponse?: (pdu: Pdu) => void): boolean;
  destroy(): void;
  bind_transceiver(options: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
  submit_sm(options: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
  enquire_link(options: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
  unbind(options: Record<string, unknown>, onResponse: (pdu: Pdu) => void): boolean;
}

export interface SmppLibrary {
  connect(options: { host: string; port: number; tls: boolean }): Session;
}
