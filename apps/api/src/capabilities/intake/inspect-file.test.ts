import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallPdf, smallPng } from '../../../test/remote-forms.ts';
import { inspectFile } from './inspect-file.ts';

const right: Record<string, Buffer> = {
  'application/pdf': smallPdf('right'),
  'image/png': smallPng(),
  'image/jpeg': Buffer.from('ffd8ffc0001108000100010301110002110003110affd9', 'hex'),
};

describe('files of a form', () => {
  it('IN-11: right files of the three kinds are taken as what they are', () => {
    for (const [mediaType, content] of Object.entries(right)) {
      expect(inspectFile(content, mediaType)).toEqual({ ok: true, mediaType });
      expect(inspectFile(content, undefined)).toEqual({ ok: true, mediaType });
    }
  });

  it('IN-11: whatever bytes come, the look ends with an answer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(right), Buffer.from('%PDF-1.7\n')),
        fc.array(fc.record({ at: fc.nat(400), byte: fc.nat(255) }), { maxLength: 30 }),
        fc.uint8Array({ maxLength: 200 }),
        (start, changes, tail) => {
          const content = Buffer.concat([start, tail]);
          for (const { at, byte } of changes) if (at < content.length) content[at] = byte;
          expect(typeof inspectFile(content, undefined).ok).toBe('boolean');
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['openings of actions without an end', '/OpenAction<<'],
    ['half names of streams', '/Type      '],
    ['pictures by the million', '/Subtype/Image '],
    ['streams by the thousand', '1 0 obj <</Filter/FlateDecode>>stream\nx\nendstream endobj '],
    ['names written in numbers', '/#4a#53x '],
  ])('IN-11: fifteen megabytes of %s are looked at within seconds', (_what, piece) => {
    const content = Buffer.concat([
      Buffer.from('%PDF-1.7\n'),
      Buffer.alloc(14_900_000, piece),
      Buffer.from('\n%%EOF'),
    ]);
    const started = performance.now();
    inspectFile(content, 'application/pdf');
    expect(performance.now() - started).toBeLessThan(8000);
  });

  it('IN-11: a stream packed twice is opened twice before it is trusted', () => {
    const packed = deflateSync(deflateSync(Buffer.alloc(120_000_000)));
    const content = Buffer.concat([
      Buffer.from('%PDF-1.5\n1 0 obj\n<< /Filter [/FlateDecode /FlateDecode] >>\nstream\n'),
      packed,
      Buffer.from('\nendstream\nendobj\n%%EOF\n'),
    ]);
    expect(inspectFile(content, 'application/pdf')).toEqual({ ok: false, trouble: 'unpacks-too-far' });
  });
});
