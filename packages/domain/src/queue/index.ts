export * from './booking.ts';
export * from './form-validity.ts';
export * from './lateness.ts';
export * from './pilot.ts';
export * from './reminder.ts';
export * from './schedule.ts';
export * from './ticket.ts';
export * from './visit.ts';
