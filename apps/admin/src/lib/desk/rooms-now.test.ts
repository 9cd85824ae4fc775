import { expect, test } from 'vitest';
import { roomsNow } from './room.ts';
import { aRow } from './test-rows.ts';

test('K01: every room of the department says who is called or received there, or that it is free', () => {
  const now = [
    aRow({ ticketNo: 'A-001', room: '14', state: 'in-service' }),
    aRow({ ticketNo: 'A-002', room: '14', state: 'called' }),
  ];
  expect(
    roomsNow(now, ['14', '15']).map(({ room, visits }) => [room, visits.map(({ ticketNo }) => ticketNo)]),
  ).toEqual([
    ['14', ['A-001', 'A-002']],
    ['15', []],
  ]);
});
