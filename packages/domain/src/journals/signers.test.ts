import { describe, expect, test } from 'vitest';
import { type Signer, signaturePlaces } from './signers.ts';

const at = new Date('2026-11-26T12:00:00Z');
const head = (personId: string): Signer => ({ personId, name: `Head ${personId}`, role: 'department-head' });
const specialist = (personId: string): Signer => ({
  personId,
  name: `Specialist ${personId}`,
  role: 'chief-specialist',
});
const signed = (signer: Signer) => ({ ...signer, at });

describe('signatures under a daily protocol', () => {
  test.each<[string, Signer[], Signer[], string[], boolean]>([
    ['nobody has signed', [head('a'), specialist('b')], [], ['Head a –', 'Specialist b –'], false],
    ['the head alone', [head('a'), specialist('b')], [head('a')], ['Head a +', 'Specialist b –'], false],
    [
      'the specialist alone',
      [head('a'), specialist('b')],
      [specialist('b')],
      ['Head a –', 'Specialist b +'],
      false,
    ],
    [
      'all of them, in whatever order',
      [head('a'), specialist('b'), specialist('c')],
      [specialist('c'), head('a'), specialist('b')],
      ['Head a +', 'Specialist c +', 'Specialist b +'],
      true,
    ],
    ['an acting head fills the post', [head('a'), head('d')], [head('d')], ['Head d +'], true],
    ['either of two heads is waited for', [head('a'), head('d')], [], ['Head a, Head d –'], false],
    ['nobody holds the post', [], [], ['null –'], false],
    ['without specialists the head is enough', [head('a')], [head('a')], ['Head a +'], true],
    [
      'who left since stays in sight and is not waited for',
      [head('a')],
      [head('a'), specialist('e')],
      ['Head a +', 'Specialist e +'],
      true,
    ],
    [
      'a head who is also a specialist signs once',
      [head('a'), specialist('a')],
      [head('a')],
      ['Head a +'],
      true,
    ],
  ])('JR-01: %s', (_sentence, asked, have, places, complete) => {
    const found = signaturePlaces(asked, have.map(signed));
    expect(found.places.map(({ name, at: when }) => `${name} ${when === null ? '–' : '+'}`)).toEqual(places);
    expect(found.complete).toBe(complete);
  });
});
