import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smsParts } from './sms-parts.ts';
import {
  FINAL_MESSAGE_STATES,
  MESSAGE_LIFE_MINUTES,
  MESSAGE_STATES,
  MESSAGE_TEMPLATES,
} from './templates.ts';

describe('A text on its way as SMS', () => {
  test.each([
    ['ж'.repeat(70), 'ucs-2', [70]],
    ['ж'.repeat(71), 'ucs-2', [67, 4]],
    ['ж'.repeat(134), 'ucs-2', [67, 67]],
    ['ж'.repeat(135), 'ucs-2', [67, 67, 1]],
    ['a'.repeat(160), 'gsm-7', [160]],
    ['a'.repeat(161), 'gsm-7', [153, 8]],
    ['', 'gsm-7', [0]],
  ])('EQ-06: is counted as the operator counts it (case %#)', (text, alphabet, lengths) => {
    const result = smsParts(text);
    expect(result.alphabet).toBe(alphabet);
    expect(result.parts.map((part) => part.length)).toEqual(lengths);
  });

  test('EQ-06: one Kazakh letter in a Latin text makes it a text of 70 characters', () => {
    expect(smsParts(`${'a'.repeat(80)}ң`).parts.map((part) => part.length)).toEqual([67, 14]);
  });

  test.each(['`', '~', '{', '[', '\\', '^', '|', '\t'])(
    'EQ-06: a sign that plain SMS writes otherwise goes as UCS-2: %s',
    (sign) => {
      expect(smsParts(`Talon ${sign}`).alphabet).toBe('ucs-2');
    },
  );

  test('EQ-06: no character is lost or cut in two, and no part is longer than the centre takes', () => {
    const text = fc.string({
      unit: fc.constantFrom('ә', 'Қ', 'a', ' ', '№', '𝒜', '😀', '\n'),
      maxLength: 500,
    });
    fc.assert(
      fc.property(text, (written) => {
        const { alphabet, parts } = smsParts(written);
        expect(parts.join('')).toBe(written);
        const [alone, several] = alphabet === 'ucs-2' ? [70, 67] : [160, 153];
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(parts.length === 1 ? alone : several);
          expect(part.isWellFormed()).toBe(true);
          if (parts.length > 1) expect(part.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('Kinds and states of messages', () => {
  test('EQ-11: a notice of the visit lives until the visit, a code no longer than itself, the rest one or two days', () => {
    expect(MESSAGE_LIFE_MINUTES['sms-2']).toBeNull();
    expect(MESSAGE_LIFE_MINUTES.code).toBe(5);
    for (const template of MESSAGE_TEMPLATES) {
      const minutes = MESSAGE_LIFE_MINUTES[template];
      if (minutes !== null) expect(minutes).toBeLessThanOrEqual(48 * 60);
    }
  });

  test('EQ-06: a message handed over or in doubt is not final, a receipt can still come', () => {
    const open = MESSAGE_STATES.filter(
      (state) => !(FINAL_MESSAGE_STATES as readonly string[]).includes(state),
    );
    expect(open).toEqual(['queued', 'sending', 'unknown', 'accepted']);
  });
});
