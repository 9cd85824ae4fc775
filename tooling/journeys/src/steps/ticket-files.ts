import ICAL from 'ical.js';
import jsQR from 'jsqr';
import { inflateSync } from 'node:zlib';
import type { Browser, Locator } from 'playwright-core';

// Both packages are CommonJS whose types name the default export of the module object.
const decodeQr = ('default' in jsQR ? jsQR.default : jsQR) as unknown as typeof jsQR.default;

/** What a ticket as PDF tells. */
export interface PdfFacts {
  isTagged: boolean;
  /** Language, e.g. `kk-KZ`. */
  language: string | undefined;
  showsTitle: boolean;
  /** Everything readable inside, for looking for words. */
  insides: string;
  /** What its QR holds, read off the pixels. */
  qr: string | undefined;
}

function streams(pdf: Buffer): { dictionary: string; bytes: Buffer }[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/obj\s*(<<(?:(?!endobj)[\s\S])*?>>)\s*stream\r?\n/g)].map((match) => {
    const dictionary = match[1] ?? '';
    const start = match.index + match[0].length;
    const raw = pdf.subarray(start, start + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
    return { dictionary, bytes: dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw };
  });
}

/** What a picture inside a PDF says as a QR; a mask of transparency says nothing. */
function qrOfPicture({ dictionary, bytes }: { dictionary: string; bytes: Buffer }): string | undefined {
  const figure = (name: string) => Number(new RegExp(`/${name} (\\d+)`).exec(dictionary)?.[1]);
  const [width, height] = [figure('Width'), figure('Height')];
  const channels = bytes.length / (width * height);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let index = 0; index < width * height; index += 1)
    for (let channel = 0; channel < 3; channel += 1)
      pixels[index * 4 + channel] = bytes[index * channels + Math.min(channel, channels - 1)] ?? 0;
  return decodeQr(pixels, width, height)?.data;
}

/** Reads a ticket as PDF. */
export function readPdf(pdf: Buffer): PdfFacts {
  const parts = streams(pdf);
  const insides = [
    pdf.toString('latin1'),
    pdf.toString('utf8'),
    ...parts.map(({ bytes }) => bytes.toString('latin1')),
  ].join('\n');
  const pictures = parts.filter(({ dictionary }) => /\/Subtype\s*\/Image/.test(dictionary));
  return {
    isTagged: /\/Marked true/.test(insides) && insides.includes('/StructTreeRoot'),
    language: /\/Lang \(([\w-]+)\)/.exec(insides)?.[1],
    showsTitle: /\/DisplayDocTitle true/.test(insides),
    insides,
    qr: pictures.map(qrOfPicture).find((text) => text !== undefined),
  };
}

/** Reads the QR that a page shows, off the pixels of the screen. */
export async function qrOnPage(browser: Browser, shown: Locator): Promise<string | undefined> {
  const picture = (await shown.screenshot()).toString('base64');
  const page = await browser.newPage();
  try {
    const { pixels, width, height } = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      const image = context?.getImageData(0, 0, bitmap.width, bitmap.height);
      let text = '';
      for (const byte of image?.data ?? []) text += String.fromCharCode(byte);
      return { pixels: btoa(text), width: bitmap.width, height: bitmap.height };
    }, picture);
    return decodeQr(new Uint8ClampedArray(Buffer.from(pixels, 'base64')), width, height)?.data;
  } finally {
    await page.close();
  }
}

/** What a calendar file tells. */
export interface CalendarFacts {
  method: string;
  uid: string;
  sequence: number;
  status: string;
  /** Start in UTC, e.g. `2026-11-25T04:00:00Z`. */
  start: string;
  summary: string;
  alarms: string[];
  /** Length of the longest line in octets. */
  longestLine: number;
}

/** Reads a calendar file with one visit. */
export function readCalendar(text: string): CalendarFacts {
  const calendar = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
  const event = calendar.getFirstSubcomponent('vevent');
  if (!event) throw new Error('The calendar file holds no visit');
  const value = (name: string) => String(event.getFirstPropertyValue(name) ?? '');
  return {
    method: String(calendar.getFirstPropertyValue('method') ?? ''),
    uid: value('uid'),
    sequence: Number(value('sequence')),
    status: value('status'),
    start: value('dtstart'),
    summary: value('summary'),
    alarms: event
      .getAllSubcomponents('valarm')
      .map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
    longestLine: Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line))),
  };
}
