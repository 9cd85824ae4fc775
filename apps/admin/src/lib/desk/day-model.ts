import {
  decideVisit,
  LATENESS_MINUTES,
  type VisitEvent,
  VISIT_EVENTS,
  VISIT_STATES,
  type VisitState,
} from '@mse/domain/queue';
import type { DeskDay, PendingChange, Row } from './types.ts';

export const GROUPS = ['now', 'waiting', 'expected', 'finished'] as const;
export type Group = (typeof GROUPS)[number];
export type GroupedRows = Record<Group, Row[]>;

/** The visit's state of a row, or null while nobody has arrived. */
export function visitState(row: Row): VisitState | null {
  return row.visitId && (VISIT_STATES as readonly string[]).includes(row.state)
    ? (row.state as VisitState)
    : null;
}

/** What a clerk can do with a row now, in the order of the buttons. */
export function possibleEvents(row: Row): VisitEvent[] {
  const state = visitState(row);
  return state === null ? [] : VISIT_EVENTS.filter((event) => decideVisit(state, event).ok);
}

function groupOf(state: VisitState): Group {
  switch (state) {
    case 'called':
    case 'in-service':
      return 'now';
    case 'waiting':
      return 'waiting';
    case 'done':
    case 'did-not-come':
      return 'finished';
  }
}

/**
 * The groups after one pressed button. A press the table of visits does not allow changes nothing here; the service will
 * say so. The order within the groups stays the service's own (EQ-15).
 */
export function applyChange<Groups extends GroupedRows>(groups: Groups, change: PendingChange): Groups {
  for (const from of GROUPS) {
    const index = groups[from].findIndex((row) => row.visitId === change.visitId);
    const row = groups[from][index];
    if (!row) continue;
    const state = visitState(row);
    const next = state === null ? null : decideVisit(state, change.event);
    if (!next?.ok) return groups;
    const called = change.event === 'call' || change.event === 'recall';
    const changed: Row = {
      ...row,
      state: next.value,
      room: change.room ?? row.room,
      calls: row.calls + (called ? 1 : 0),
    };
    const to = groupOf(next.value);
    if (to === from) return { ...groups, [from]: groups[from].with(index, changed) };
    return { ...groups, [from]: groups[from].toSpliced(index, 1), [to]: [...groups[to], changed] };
  }
  return groups;
}

/** The day as it will be once all pressed buttons have reached the service. */
export function projectDay(day: DeskDay, pending: readonly PendingChange[]): GroupedRows {
  return pending.reduce<GroupedRows>(applyChange, day);
}

/** The state a visit has after an event that was carried out; null when the event fits no state. */
export function stateAfter(event: VisitEvent): VisitState | null {
  for (const state of VISIT_STATES) {
    const next = decideVisit(state, event);
    if (next.ok) return next.value;
  }
  return null;
}

/** Whether the day shows that a change was carried out already, though its answer never came. */
export function isCarriedOut(day: DeskDay, change: PendingChange): boolean {
  const row = GROUPS.flatMap((group) => day[group]).find((candidate) => candidate.visitId === change.visitId);
  return row !== undefined && row.state === stateAfter(change.event);
}

/** How a row stands to EQ-14. `secondsLeft` counts to the last second of an arrival in time. */
export type Lateness =
  | { kind: 'none' }
  | { kind: 'late'; minutes: number }
  | { kind: 'running'; minutes: number; secondsLeft: number }
  | { kind: 'over'; minutes: number };

/**
 * EQ-14: minutes late of a row at an instant (milliseconds of the service's clock). Someone who has arrived keeps the
 * minutes of the arrival; someone still expected is counted from the appointed time, whole minutes, rounded down.
 */
export function lateness(row: Row, at: number): Lateness {
  if (row.lateAt === null) return { kind: 'none' };
  const lateAt = Date.parse(row.lateAt);
  const startsAt = lateAt - LATENESS_MINUTES * 60_000;
  const minutesAt = (instant: number) => Math.floor((instant - startsAt) / 60_000);
  if (row.arrivedAt !== null) {
    const minutes = minutesAt(Date.parse(row.arrivedAt));
    return minutes > 0 ? { kind: 'late', minutes } : { kind: 'none' };
  }
  if (row.state !== 'booked' || at < startsAt) return { kind: 'none' };
  const secondsLeft = Math.floor(lateAt / 1000) - Math.floor(at / 1000);
  return secondsLeft >= 0
    ? { kind: 'running', minutes: minutesAt(at), secondsLeft }
    : { kind: 'over', minutes: minutesAt(at) };
}

/** `14:05` for 845 seconds. */
export function countdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The visit a key acts on: the one called or received in the clerk's room last, else the only one there is. */
export function currentVisit(rows: readonly Row[], room: string | null): Row | null {
  const mine = rows.filter((row) => row.room === room);
  const candidates = mine.length > 0 ? mine : rows;
  return candidates.length === 1 || mine.length > 0
    ? ([...candidates].sort((left, right) => (right.calledAt ?? '').localeCompare(left.calledAt ?? ''))[0] ??
        null)
    : null;
}
