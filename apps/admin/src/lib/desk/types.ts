import type { DeskDayOutput, DeskRow } from '@mse/contracts/desk';
import type { VisitEvent } from '@mse/domain/queue';
import type { z } from 'zod';

/** `dayText` is the day in words: browsers know too little Kazakh to make it themselves. */
export type DeskDay = z.output<typeof DeskDayOutput> & { dayText: string };
export type Row = z.output<typeof DeskRow>;

/** A press of a clerk that has not been answered yet. It holds no personal data: a ticket number and opaque ids. */
export interface PendingChange {
  /** Made by the page, to tell two presses apart. */
  id: string;
  visitId: string;
  ticketNo: string;
  event: VisitEvent;
  room: string | null;
  /** Calendar date of the queue on which it was pressed; an action never runs into another day. */
  day: string;
  /** `HH:mm` of the press by the service's clock, for people. */
  pressedAt: string;
  /** How often it was sent; a second time may meet the trace of the first. */
  sent: number;
}
