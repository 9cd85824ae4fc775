import type { Row } from './types.ts';

/**
 * The room a clerk's calls lead to: the choice remembered in this browser, if it is this clerk's own and the department
 * still has the room; the only room where there is one; else none.
 */
export function roomOf(
  choice: { personId: string; room: string } | null,
  personId: string,
  rooms: readonly string[],
): string | null {
  if (choice && choice.personId === personId && rooms.includes(choice.room)) return choice.room;
  return rooms.length === 1 ? (rooms[0] ?? null) : null;
}

/** Every room of the department with who is called to it or received in it now; an empty list means that the room is free. */
export function roomsNow(now: readonly Row[], rooms: readonly string[]): { room: string; visits: Row[] }[] {
  return rooms.map((room) => ({ room, visits: now.filter((row) => row.room === room) }));
}
