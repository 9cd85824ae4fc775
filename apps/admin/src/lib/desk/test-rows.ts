import type { DeskDay, PendingChange, Row } from './types.ts';

const words = { kk: '', ru: '', en: '' };

/** A row for tests; a booked person at nine unless told otherwise. */
export function aRow(differs: Partial<Row>): Row {
  return {
    bookingId: null,
    visitId: 'visit',
    ticketNo: 'A-001',
    kind: 'booked',
    initials: 'Ә. Б.',
    language: 'kk',
    accessNeeds: [],
    startsAt: '09:00' as Row['startsAt'],
    lateAt: null,
    arrivedAt: null,
    calledAt: null,
    startedAt: null,
    finishedAt: null,
    calls: 0,
    room: null,
    state: 'waiting',
    ...differs,
  };
}

/** A day for tests; empty unless told otherwise. */
export function aDay(differs: Partial<DeskDay>): DeskDay {
  return {
    department: {
      id: 'd',
      number: 1,
      name: words,
      address: words,
      landmark: words,
      access: words,
      phone: '',
    },
    rooms: ['14', '15'],
    day: '2026-11-23' as DeskDay['day'],
    dayText: '',
    today: true,
    kind: 'reception',
    serverTime: '2026-11-23T04:00:00.000Z',
    now: [],
    waiting: [],
    expected: [],
    finished: [],
    ...differs,
  };
}

/** A press for tests. */
export function aChange(differs: Partial<PendingChange>): PendingChange {
  return {
    id: 'press',
    visitId: 'visit',
    ticketNo: 'A-001',
    event: 'call',
    room: null,
    day: '23.11.2026',
    pressedAt: '09:00',
    sent: 0,
    ...differs,
  };
}
