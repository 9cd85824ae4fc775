import { FIELD_ERRORS } from '@mse/contracts/common';
import { START_TIMES_REFUSALS } from '@mse/contracts/schedule';
import { PROPOSAL_STATES } from '@mse/contracts/calendar';
import { TERRITORY_FILE_REFUSALS } from '@mse/contracts/territory';
import { CALENDAR_REFUSALS, DAY_KINDS } from '@mse/domain/calendar';
import { SCHEDULE_REFUSALS } from '@mse/domain/schedule';
import { TERRITORY_ROW_ERRORS } from '@mse/domain/territory';
import { CLOSE_REFUSALS } from '@mse/contracts/closures';
import { SIGN_IN_CODE_REFUSALS, SIGN_IN_SIGNATURE_REFUSALS } from '@mse/contracts/identity';
import { PHONE_CHANGE_REFUSALS } from '@mse/contracts/profile';
import { ACCESS_NEEDS, ELIGIBILITY_REASONS, MOVE_REFUSALS, NEXT_STEPS } from '@mse/contracts/queue';
import { CELL_STATES, CLOSURE_KINDS, DAY_STATES, TAKE_BACK_REFUSALS } from '@mse/domain/closures';
import { BOARD_REFUSALS } from '@mse/domain/boards';
import {
  ABSENCE_KINDS,
  ABSENCE_REFUSALS,
  ANNOUNCEMENT_PARTS,
  ANNOUNCEMENT_STATES,
  APPLICATION_STATES,
  APPLY_REFUSALS,
  AUTOMATIC_REASONS,
  CHECK_REASONS,
  DOCUMENT_ITEMS,
  EXCLUSION_GROUNDS,
  EXCLUSION_REFUSALS,
  FILE_REFUSALS,
  FINDINGS,
  MODEM_REFUSALS,
  POLICY_REFUSALS,
  PUBLISH_REFUSALS,
  REGISTER_POLICIES,
  SEND_CONTRACT_REFUSALS,
  SIGN_CONTRACT_REFUSALS,
} from '@mse/domain/experts';
import { TRUST_LEVELS } from '@mse/domain/identity';
import {
  ERROR_CODES,
  EXAMINATION_CONDITIONS,
  EXAMINATION_PURPOSES,
  FAILURE_ACT_REFUSALS,
  FAILURE_DECISION_REFUSALS,
  FAILURE_OFFICES,
  FORM_STATES,
  LINE_REFUSALS,
  NOSOLOGY_REFUSALS,
  SIGNATORY_REFUSALS,
} from '@mse/domain/intake';
import { MOVE_ITEM_STATES } from '@mse/domain/mass-move';
import { DOCUMENT_KINDS } from '@mse/domain/documents';
import { DISABILITY_CAUSES, DISABILITY_OUTCOMES } from '@mse/domain/examination';
import { JOURNAL_COLUMNS } from '@mse/domain/journals';
import {
  MESSAGE_STATES,
  MESSAGE_TEMPLATES,
  variablesOf,
  WORDING_REFUSALS,
  WORDING_STATES,
  WORDING_STEP_REFUSALS,
} from '@mse/domain/notifications';
import {
  BOOKING_REFUSALS,
  BOOKING_STATES,
  CANCEL_REFUSALS,
  ELIGIBILITY_CHECKS,
  RESTORE_REASONS,
  RESTORE_REFUSALS,
} from '@mse/domain/queue';
import { PILOT_REFUSALS, PILOT_STATES, REGION_CODES, UNDO_REFUSALS } from '@mse/domain/queue';
import { ACCESS_DATA, ACCESS_PURPOSES, ACCESS_ROLES } from '@mse/domain/profile';
import {
  CLOCK_WORDS,
  PROBLEM_CAUSES,
  PROBLEM_EVENTS,
  PROPOSAL_KINDS,
  REGISTER_REFUSALS,
  REOPEN_REFUSALS,
  SEND_REFUSALS,
} from '@mse/domain/problems';
import { INDICATORS, OUTCOMES, PERIOD_KINDS } from '@mse/domain/reporting';
import { WAIT_REFUSALS } from '@mse/domain/wait-list';
import { LANGUAGES } from '@mse/domain/shared';
import { TERM_REFUSALS, TERMS } from '@mse/domain/terms';
import { afterEach, describe, expect, it } from 'vitest';
import { TEXT_LANGUAGES, type TextLanguage } from './language.ts';
import { NAMESPACES, RESOURCES } from './resources.ts';
import { handleMissingText, hasKey, inAllLanguages, translator } from './translator.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
/** Plural forms each language needs for whole and broken numbers. */
const PLURAL_FORMS: Record<TextLanguage, string[]> = {
  kk: ['one', 'other'],
  ru: ['few', 'many', 'one', 'other'],
  en: ['one', 'other'],
};

interface Line {
  key: string;
  text: string;
}

function lines(node: unknown, path: string): Line[] {
  if (typeof node === 'string') return [{ key: path, text: node }];
  if (typeof node !== 'object' || node === null) throw new Error(`Neither text nor group at ${path}`);
  return Object.entries(node).flatMap(([key, child]) =>
    lines(child, path.endsWith(':') ? path + key : `${path}.${key}`),
  );
}

const texts = Object.fromEntries(
  TEXT_LANGUAGES.map((language) => [
    language,
    NAMESPACES.flatMap((namespace) => lines(RESOURCES[language][namespace], `${namespace}:`)),
  ]),
) as Record<TextLanguage, Line[]>;

const keysOf = (language: TextLanguage) =>
  [...new Set(texts[language].map(({ key }) => key.replace(PLURAL, '')))].sort();

function placeholders(language: TextLanguage): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { key, text } of texts[language]) {
    const names = [...text.matchAll(/\{\{\s*([^},\s]+)/g)].map((match) => match[1] ?? '');
    const base = key.replace(PLURAL, '');
    found[base] = [...new Set([...(found[base] ?? []), ...names])].sort();
  }
  return found;
}

/** Words for the check of alphabets: what stands between spaces and punctuation, hyphens included in neither side. */
const wordsOf = (text: string) => text.replace(/\{\{.*?\}\}/g, ' ').match(/\p{L}+/gu) ?? [];

describe('texts in three languages', () => {
  it('U10: the languages of the texts are the languages of the service, in its order', () => {
    expect([...TEXT_LANGUAGES]).toEqual([...LANGUAGES]);
  });

  it('U10: every text exists in Kazakh, Russian and English', () => {
    expect(keysOf('ru')).toEqual(keysOf('kk'));
    expect(keysOf('en')).toEqual(keysOf('kk'));
  });

  it('U10: a text is filled with the same values in every language', () => {
    expect(placeholders('ru')).toEqual(placeholders('kk'));
    expect(placeholders('en')).toEqual(placeholders('kk'));
  });

  it('U10: counted texts have every plural form their language needs', () => {
    for (const language of TEXT_LANGUAGES) {
      const forms: Record<string, string[]> = {};
      for (const { key } of texts[language]) {
        const form = PLURAL.exec(key)?.[1];
        if (form) (forms[key.replace(PLURAL, '')] ??= []).push(form);
      }
      for (const [key, found] of Object.entries(forms)) {
        expect({ language, key, forms: found.sort() }).toEqual({
          language,
          key,
          forms: PLURAL_FORMS[language],
        });
      }
    }
  });

  it('U10: no text is empty, begins or ends with a space, or repeats a space', () => {
    for (const language of TEXT_LANGUAGES) {
      for (const { key, text } of texts[language]) {
        expect({ language, key, clean: text !== '' && text === text.trim() && !/ {2}/.test(text) }).toEqual({
          language,
          key,
          clean: true,
        });
      }
    }
  });

  it('U10: no word mixes Latin and Cyrillic letters', () => {
    const mixed = TEXT_LANGUAGES.flatMap((language) =>
      texts[language].flatMap(({ key, text }) =>
        wordsOf(text)
          .filter((word) => /\p{Script=Latin}/u.test(word) && /\p{Script=Cyrillic}/u.test(word))
          .map((word) => `${language} ${key}: ${word}`),
      ),
    );
    expect(mixed).toEqual([]);
  });

  it('U10: Kazakh letters stand in Kazakh texts only, and English texts are free of Cyrillic', () => {
    const foreign = [
      ...texts.ru.filter(({ text }) => /[ӘәҒғҚқҢңӨөҰұҮүҺһІі]/.test(text)),
      ...texts.en.filter(({ text }) => /\p{Script=Cyrillic}/u.test(text)),
    ];
    expect(foreign).toEqual([]);
  });

  it('U10: Kazakh texts are written with Kazakh letters, not spelled around them', () => {
    const letters = texts.kk.map(({ text }) => text).join(' ');
    const missing = [...'әғқңөұүһі'].filter((letter) => !letters.toLocaleLowerCase('kk').includes(letter));
    // һ is rare in everyday words; it must at least not be replaced by a look-alike, which the mixing test sees.
    expect(missing.filter((letter) => letter !== 'һ')).toEqual([]);
    expect(texts.kk.filter(({ text }) => /[ёЁщЩ]/.test(text))).toEqual([]);
  });
});

const columnsOf = (journal: 'department' | 'methodology') =>
  Array.from({ length: JOURNAL_COLUMNS[journal] }, (_, index) => String(index + 1));

describe('literals of the product have words', () => {
  const wanted: Record<string, readonly string[]> = {
    'errors:': FIELD_ERRORS,
    'schedule:refusal.': [...SCHEDULE_REFUSALS, 'changed-meanwhile'],
    'schedule:law.refusal.': START_TIMES_REFUSALS,
    'calendar:refusal.': CALENDAR_REFUSALS,
    'calendar:kind.': DAY_KINDS,
    'calendar:proposal.state.': PROPOSAL_STATES,
    'calendar:kindHint.': DAY_KINDS,
    'territory:error.': TERRITORY_ROW_ERRORS,
    'territory:fileRefusal.': TERRITORY_FILE_REFUSALS,
    'queue:refusal.': [...BOOKING_REFUSALS, ...CANCEL_REFUSALS, ...MOVE_REFUSALS],
    'queue:check.': ELIGIBILITY_CHECKS,
    'queue:check-passed.': ELIGIBILITY_CHECKS,
    'queue:check-state.': ['passed', 'failed', 'unknown'],
    'queue:reason.': ELIGIBILITY_REASONS,
    'queue:fix.': ELIGIBILITY_REASONS,
    'queue:form-state.': FORM_STATES,
    'queue:booking-state.': BOOKING_STATES,
    'queue:need.': ACCESS_NEEDS,
    'queue:basis.': ['parent', 'guardian', 'trustee'],
    'identity:code-refusal.': SIGN_IN_CODE_REFUSALS,
    'identity:signature-refusal.': SIGN_IN_SIGNATURE_REFUSALS,
    'identity:trust.': TRUST_LEVELS,
    'notifications:state.': MESSAGE_STATES,
    'notifications:template.': MESSAGE_TEMPLATES,
    'closures:refusal.': CLOSE_REFUSALS,
    'closures:takeBackRefusal.': TAKE_BACK_REFUSALS,
    'closures:kind.': [...CLOSURE_KINDS, 'calendar'],
    'closures:cell.': CELL_STATES,
    'closures:state.': DAY_STATES,
    'mass-move:item.': MOVE_ITEM_STATES,
    'wordings:refusal.': WORDING_REFUSALS,
    'wordings:step-refusal.': WORDING_STEP_REFUSALS,
    'wordings:state.': WORDING_STATES,
    'wordings:variable.': [
      ...new Set(Object.values(RESOURCES.ru.sms).flatMap((text) => variablesOf(text))),
      'host',
    ],
    'terms:term.': TERMS,
    'terms:refusal.': [...TERM_REFUSALS, ...UNDO_REFUSALS],
    'pilots:refusal.': [...PILOT_REFUSALS, ...UNDO_REFUSALS],
    'pilots:state-of.': PILOT_STATES,
    'pilots:region.': REGION_CODES,
    'reporting:kind.': PERIOD_KINDS,
    'reporting:indicator.': INDICATORS,
    'reporting:how.': INDICATORS,
    'reporting:outcome.': [...OUTCOMES, 'ahead'],
    'problems:kind.': PROBLEM_CAUSES,
    'problems:finding.': PROPOSAL_KINDS,
    'problems:event.': PROBLEM_EVENTS,
    'problems:refusal.': [...REGISTER_REFUSALS, ...SEND_REFUSALS, ...REOPEN_REFUSALS],
    'problems:clock.': CLOCK_WORDS,
    'consent:refusal.': ['version-outdated'],
    'wait-list:refusal.': [...WAIT_REFUSALS, 'offer-ended'],
    'profile:access.role.': ACCESS_ROLES,
    'profile:access.purpose.': ACCESS_PURPOSES,
    'profile:access.data.': ACCESS_DATA,
    'profile:phone.refusal.': PHONE_CHANGE_REFUSALS,
    'boards:refusal.': BOARD_REFUSALS,
    'expert-register:state.': APPLICATION_STATES,
    'expert-register:announcement-state.': ANNOUNCEMENT_STATES,
    'expert-register:part.': ANNOUNCEMENT_PARTS,
    'expert-register:item.': DOCUMENT_ITEMS,
    'expert-register:finding.': FINDINGS,
    'expert-register:reason.': [...CHECK_REASONS, ...AUTOMATIC_REASONS],
    'expert-register:ground.': EXCLUSION_GROUNDS,
    'expert-register:settings.key.': REGISTER_POLICIES,
    'expert-register:refusal.': [
      ...PUBLISH_REFUSALS,
      ...SEND_CONTRACT_REFUSALS,
      ...EXCLUSION_REFUSALS,
      ...MODEM_REFUSALS,
      ...POLICY_REFUSALS,
    ],
    'expert-application:refusal.': [...APPLY_REFUSALS, ...SIGN_CONTRACT_REFUSALS, ...EXCLUSION_REFUSALS],
    'expert-application:file-refusal.': FILE_REFUSALS,
    'expert-presence:kind.': ABSENCE_KINDS,
    'expert-presence:refusal.': ABSENCE_REFUSALS,
    'desk:missed.reasons.': RESTORE_REASONS,
    'desk:missed.refusal.': RESTORE_REFUSALS,
    'intake:code.': ERROR_CODES,
    'nosology:condition-of.': EXAMINATION_CONDITIONS,
    'nosology:refusal.': NOSOLOGY_REFUSALS,
    'nosology:line-refusal.': LINE_REFUSALS,
    'technical-failures:office.': FAILURE_OFFICES,
    'technical-failures:refusal.': [
      ...FAILURE_ACT_REFUSALS,
      'unknown-system',
      'act-not-taken',
      'revocation-unknown',
    ],
    'technical-failures:decision-refusal.': FAILURE_DECISION_REFUSALS,
    'technical-failures:holder-refusal.': [...SIGNATORY_REFUSALS, 'unknown-system'],
    'technical-failures:line-refusal.': LINE_REFUSALS,
    'results:kind.': DOCUMENT_KINDS,
    'results:outcome.': DISABILITY_OUTCOMES,
    'results:cause.': DISABILITY_CAUSES,
    'results:purpose.': EXAMINATION_PURPOSES,
    'journals:column.department.': columnsOf('department'),
    'journals:column.methodology.': columnsOf('methodology'),
    'cabinet:next.': NEXT_STEPS.flatMap((step) => [`${step}.title`, `${step}.text`]),
  };

  for (const [prefix, literals] of Object.entries(wanted)) {
    it(`U10: every literal of ${prefix} is said in three languages`, () => {
      const missing = TEXT_LANGUAGES.flatMap((language) =>
        literals
          .filter((literal) => !hasKey(language, prefix + literal))
          .map((literal) => `${language} ${literal}`),
      );
      expect(missing).toEqual([]);
    });
  }
});

describe('translator', () => {
  afterEach(() => handleMissingText(undefined));

  it('fills values and chooses the plural form of the language', () => {
    expect(translator('ru')('identity:tries-left', { count: 1 })).toBe('Осталась 1 попытка.');
    expect(translator('ru')('identity:tries-left', { count: 3 })).toBe('Осталось 3 попытки.');
    expect(translator('ru')('identity:tries-left', { count: 5 })).toBe('Осталось 5 попыток.');
    expect(translator('kk')('cabinet:next.book.text', { date: '24.12.2026' })).toContain('24.12.2026');
  });

  it('leaves a value as it is, whatever it looks like', () => {
    const nasty = '<b>{{date}} $t(common:service)</b>';
    expect(translator('en')('cabinet:next.book.text', { date: nasty })).toContain(nasty);
  });

  it('throws on a missing text or value while nobody handles it', () => {
    expect(() => translator('kk')('queue:refusal.no-such')).toThrow('No kk text for queue:refusal.no-such');
    expect(() => translator('kk')('cabinet:next.book.text')).toThrow('date');
  });

  it('tells the handler of a missing text in production and still answers', () => {
    const heard: string[] = [];
    handleMissingText((language, key) => heard.push(`${language} ${key}`));
    expect(typeof translator('en')('queue:refusal.no-such')).toBe('string');
    expect(heard).toEqual(['en queue:refusal.no-such']);
  });

  it('gives one text in all languages', () => {
    expect(inAllLanguages('errors:title')).toEqual({ kk: 'Қате', ru: 'Ошибка', en: 'Error' });
  });
});
