import { VISIT_CHANGE_REFUSALS } from '@mse/contracts/desk';
import { SIGN_IN_SIGNATURE_REFUSALS } from '@mse/contracts/identity';
import { STAFF_ROLES } from '@mse/domain/access';
import {
  ARRIVAL_REFUSALS,
  BOOKING_STATES,
  LIVE_QUEUE_REFUSALS,
  VISIT_EVENTS,
  VISIT_STATES,
} from '@mse/domain/queue';
import { LANGUAGES } from '@mse/domain/shared';
import { SIGNING_REFUSALS } from '@mse/domain/signing';
import { hasKey } from '@mse/i18n';
import { describe, expect, test } from 'vitest';
import { deskWords } from './desk-words.ts';
import { errorWords } from './error-words.ts';
import { sectionsFor, sessionWatch, shellWords } from './shell-words.ts';
import { signInWords } from './sign-in-words.ts';

describe('what the staff app may have to say has words in every language', () => {
  const literals: Record<string, readonly string[]> = {
    'desk:arrivalRefusal.': ARRIVAL_REFUSALS,
    'desk:liveRefusal.': LIVE_QUEUE_REFUSALS,
    'desk:changeRefusal.': VISIT_CHANGE_REFUSALS,
    'desk:state.': [...BOOKING_STATES, ...VISIT_STATES],
    'desk:action.': VISIT_EVENTS,
    'desk:done.': VISIT_EVENTS,
    'staff:role.': STAFF_ROLES,
    'identity:signature-refusal.': SIGN_IN_SIGNATURE_REFUSALS,
    'signing:refusal.': [...SIGNING_REFUSALS, 'unavailable'],
    'operations:breaker.': ['closed', 'open', 'half-open', 'unknown'],
    'operations:light.': ['good', 'warning', 'bad', 'unknown'],
    'operations:registry.': ['persons', 'mobile-citizens', 'attached-population', 'guardianship'],
  };
  for (const [prefix, names] of Object.entries(literals)) {
    test(`U10: ${prefix}`, () => {
      const missing = LANGUAGES.flatMap((language) =>
        names.filter((name) => !hasKey(language, prefix + name)).map((name) => `${language} ${name}`),
      );
      expect(missing).toEqual([]);
    });
  }

  test('U10: the words handed to living pages are complete, and only known places are left open', () => {
    for (const language of LANGUAGES) {
      const said = JSON.stringify([
        deskWords(language),
        signInWords(language),
        shellWords(language),
        sessionWatch(language),
      ]);
      const places = new Set([...said.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]));
      expect([...places].sort(), language).toEqual(
        [
          'action',
          'expected',
          'finished',
          'left',
          'minutes',
          'now',
          'room',
          'seconds',
          'ticket',
          'time',
          'times',
          'waiting',
        ].sort(),
      );
    }
  });
});

describe('error pages', () => {
  test('T03: "not yours" and "not there" read the same', () => {
    expect(errorWords('ru', 403, 'a')).toEqual(errorWords('ru', 404, 'b'));
  });

  test('name an incident only where there is something to look for', () => {
    const incidents = [400, 404, 429, 503, 500].map((status) => errorWords('en', status, 'id-7').incident);
    expect(incidents).toEqual([null, null, null, null, 'Error number: id-7']);
  });
});

describe('the pages a role finds', () => {
  const pages = (...roles: Parameters<typeof sectionsFor>[1]['roles'][number][]) =>
    sectionsFor('kk', { roles, trust: 'signature' }).map((section) => section.href);

  test('a clerk and a head of department begin with the day queue and the check-in', () => {
    for (const role of ['clerk', 'department-head'] as const) {
      expect(pages(role).slice(0, 2), role).toEqual(['/kk/day', '/kk/arrival']);
      expect(pages(role), role).not.toContain('/kk/operations');
    }
  });

  test('a portal administrator begins with health and failed work, and has no desk', () => {
    expect(pages('portal-administrator').slice(0, 2)).toEqual([
      '/kk/operations',
      '/kk/operations/dead-letters',
    ]);
    expect(pages('portal-administrator')).not.toContain('/kk/day');
  });

  test('nobody without a staff role finds a page; several roles find the pages of each', () => {
    expect(pages()).toEqual([]);
    expect(pages('citizen')).toEqual([]);
    const both = pages('clerk', 'portal-administrator');
    for (const page of [...pages('clerk'), ...pages('portal-administrator')]) expect(both).toContain(page);
  });
});
