import { describe, expect, test } from 'vitest';
import { TRUST_LEVELS } from '../identity/index.ts';
import { ROLES, STAFF_ROLES, type Role } from './roles.ts';
import { ACCESS, type AccessRule, type Action, mayCall } from './table.ts';

const lines = Object.entries(ACCESS) as [Action, AccessRule][];
const trusts = ['none', ...TRUST_LEVELS] as const;

describe('Access table', () => {
  test.each(lines)('%s: every role with every trust gets just what the line says', (action, rule) => {
    for (const role of ROLES) {
      for (const trust of trusts) {
        const enough =
          rule.trust === 'none' || trust === 'signature' || (rule.trust === 'sms' && trust === 'sms');
        expect(mayCall(action, { roles: [role], trust })).toBe(rule.roles.includes(role) && enough);
      }
    }
  });

  test('nobody without a role may call anything', () => {
    for (const [action] of lines) expect(mayCall(action, { roles: [], trust: 'signature' })).toBe(false);
  });

  test('of several roles one that fits is enough', () => {
    expect(mayCall('desk.day', { roles: ['citizen', 'clerk'], trust: 'signature' })).toBe(true);
    expect(mayCall('desk.day', { roles: ['citizen'], trust: 'signature' })).toBe(false);
  });

  test('staff work by electronic signature only', () => {
    const open = new Set<Role>(['anonymous', 'citizen']);
    for (const [action, rule] of lines) {
      if (rule.roles.some((role) => open.has(role))) continue;
      expect(rule.trust, action).toBe('signature');
      for (const role of STAFF_ROLES) expect(mayCall(action, { roles: [role], trust: 'sms' })).toBe(false);
    }
    expect(mayCall('desk.markArrival', { roles: ['clerk'], trust: 'sms' })).toBe(false);
  });

  test("only what touches nobody's data is open to strangers", () => {
    const open = lines.filter(([, rule]) => rule.roles.includes('anonymous')).map(([action]) => action);
    expect(open.toSorted()).toEqual([
      'boards.view',
      'expertApplication.announcement',
      'expertApplication.announcements',
      'faultReports.report',
      'identity.demoPeople',
      'identity.finishMobileSignature',
      'identity.finishSignature',
      'identity.requestCode',
      'identity.startMobileSignature',
      'identity.startSignature',
      'identity.verifyCode',
      'pilots.reception',
      'queue.checkTicket',
      'queue.ticketState',
      'reference.departments',
      'reporting.exportPublicFigures',
      'reporting.publicFigures',
      'results.checkDocument',
      'terms.on',
    ]);
    for (const action of open) expect((ACCESS[action] as AccessRule).scope).toBe('none');
  });

  test('whatever touches the data of a person, a ward or a department leaves an audit row, but for who one is and which times are free', () => {
    const silent = lines
      .filter(([, rule]) => rule.scope !== 'none' && !rule.audited)
      .map(([action]) => action);
    expect(silent).toEqual(['identity.whoAmI', 'queue.freeTimes']);
  });

  test('a clerk sees the own department only, a citizen the own data only', () => {
    for (const [action, rule] of lines) {
      if (action.startsWith('desk.')) expect(rule.scope).toBe('department');
      if (rule.roles.length === 1 && rule.roles[0] === 'citizen') expect(rule.scope).toBe('own');
    }
  });

  test('EQ-01: only people themselves book, move and cancel; no role of the staff puts anybody into the queue of bookings', () => {
    const { 'queue.bookPlace': book, 'queue.moveBooking': move, 'queue.cancelBooking': cancel } = ACCESS;
    for (const rule of [book, move, cancel]) expect(rule).toMatchObject({ roles: ['citizen'], scope: 'own' });
  });

  test('staff roles are all roles but strangers and citizens', () => {
    expect(STAFF_ROLES).toEqual(ROLES.slice(2));
  });
});
