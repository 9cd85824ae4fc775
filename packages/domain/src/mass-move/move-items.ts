/** What became of one booking of a mass move. */
export const MOVE_ITEM_STATES = ['pending', 'moved', 'no-place', 'ended-meanwhile', 'failed'] as const;
export type MoveItemState = (typeof MOVE_ITEM_STATES)[number];

/** K08: whether somebody has to be called: whoever could not be told by SMS, has no new time, or could not be moved. */
export function hasToBeCalled(state: MoveItemState, hasPhone: boolean): boolean {
  switch (state) {
    case 'no-place':
    case 'failed':
      return true;
    case 'moved':
      return !hasPhone;
    case 'pending':
    case 'ended-meanwhile':
      return false;
  }
}
