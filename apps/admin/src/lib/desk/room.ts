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
