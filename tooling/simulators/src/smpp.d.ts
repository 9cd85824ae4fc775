/**
 * Types of the part of the untyped package `smpp` that is used. A module of types and not an ambient
 * declaration: a package that reads this source may declare `smpp` for itself in its own way.
 */
import type { Server as NetServer, Socket } from 'node:net';

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
  /** Present after the header was read by the library; fields depend on the command. */
  system_id?: string;
  password?: string;
  source_addr?: string;
  destination_addr?: string;
  esm_class?: number;
  data_coding?: number;
  registered_delivery?: number;
  short_message?: DecodedMessage;
  message_payload?: DecodedMessage;
  message_id?: string;
  receipted_message_id?: string;
  message_state?: number;
  user_message_reference?: number;
  sar_msg_ref_num?: number;
  sar_total_segments?: number;
  sar_segment_seqnum?: number;
  isResponse(): boolean;
  response(options?: Record<string, unknown>): Pdu;
  toBuffer(): Buffer;
}

export type PduHandler = (pdu: Pdu) => void;

export interface Session {
  socket: Socket;
  on(event: 'error', handler: (error: Error) => void): this;
  on(event: 'close' | 'connect', handler: () => void): this;
  on(event: string, handler: PduHandler): this;
  send(pdu: Pdu, onResponse?: PduHandler): boolean;
  close(callback?: () => void): void;
  destroy(callback?: () => void): void;
  bind_transceiver(options: Record<string, unknown>, onResponse?: PduHandler): boolean;
  bind_transmitter(options: Record<string, unknown>, onResponse?: PduHandler): boolean;
  bind_receiver(options: Record<string, unknown>, onResponse?: PduHandler): boolean;
  submit_sm(options: Record<string, unknown>, onResponse?: PduHandler): boolean;
  deliver_sm(options: Record<string, unknown>, onResponse?: PduHandler): boolean;
  enquire_link(options?: Record<string, unknown>, onResponse?: PduHandler): boolean;
  unbind(options?: Record<string, unknown>, onResponse?: PduHandler): boolean;
}

export interface SmppLibrary {
  createServer(listener: (session: Session) => void): NetServer & { sessions: Session[] };
  connect(options: { url: string; auto_enquire_link_period?: number }): Session;
}
