import { bookings } from '@mse/db/schema';
import { LANGUAGES } from '@mse/domain/shared';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import ICAL from 'ical.js';
import jsQR from 'jsqr';
import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../../test/harness.ts';
import { calendarFile } from './calendar-file.ts';
import { type Booking, ticketPdf } from './ticket-pdf.ts';

// Both packages are CommonJS whose types name the default export of the module object.
const decodeQr = ('default' in jsQR ? jsQR.default : jsQR) as unknown as typeof jsQR.default;

const PORTAL = 'https://queue.example.kz';
const CODE = 'AbCdEfGhIjKlMnOpQrSt_-';
const tri = (text: string) => ({ kk: text, ru: text, en: text });

function sample(changes: Partial<Booking> = {}): Booking {
  return {
    id: '018f0000-0000-7000-8000-0000000000aa',
    formId: '018f0000-0000-7000-8000-0000000000ab',
    personId: '018f0000-0000-7000-8000-0000000000ac',
    personName: 'Әбілқайырова Құралай Ғабитқызы',
    self: true,
    state: 'booked',
    day: '2026-11-25',
    startsAt: '09:00',
    ticketNo: 'A-003',
    ticketCode: CODE,
    department: {
      id: '018f0000-0000-7000-8000-000000000001',
      number: 1,
      name: tri('№ 1 бөлім'),
      address: tri('Көкшетау қаласы, Абай көшесі, 112, 104-кабинет'),
      landmark: tri('Қалалық емхананың қарсысында, ауласынан кіреді'),
      access: tri('Негізгі кіреберісте пандус, лифт'),
      phone: '+77162252525',
    },
    accessNeeds: [],
    createdAt: '2026-11-22T10:00:00.000Z',
    canCancel: true,
    canMove: true,
    messageState: null,
    ...changes,
  };
}

const pdfOf = (booking: Booking, language: 'kk' | 'ru' | 'en' = 'kk', size: 'a4' | 'a6' = 'a4') =>
  ticketPdf({ booking, initials: 'Ә. Қ.' }, { language, size, portalUrl: PORTAL });

/** Every stream of a PDF with its dictionary, unpacked where it is packed. */
function streams(pdf: Buffer): { dictionary: string; bytes: Buffer }[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/obj\s*(<<(?:(?!endobj)[\s\S])*?>>)\s*stream\r?\n/g)].map((match) => {
    const dictionary = match[1] ?? '';
    const start = match.index + match[0].length;
    const raw = pdf.subarray(start, start + Number(/\/Length (\d+)/.exec(dictionary)?.[1]));
    return { dictionary, bytes: dictionary.includes('/FlateDecode') ? inflateSync(raw) : raw };
  });
}

/** Reads the QR off the pixels that a printer gets. */
function readQr(pdf: Buffer): string | undefined {
  // The picture itself, not its mask of transparency.
  const image = streams(pdf).find(
    ({ dictionary }) => dictionary.includes('/Subtype /Image') && dictionary.includes('/SMask'),
  );
  if (!image) return undefined;
  const figure = (name: string) => Number(new RegExp(`/${name} (\\d+)`).exec(image.dictionary)?.[1]);
  const [width, height] = [figure('Width'), figure('Height')];
  const channels = image.bytes.length / (width * height);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let index = 0; index < width * height; index += 1) {
    for (let channel = 0; channel < 3; channel += 1)
      pixels[index * 4 + channel] = image.bytes[index * channels + Math.min(channel, channels - 1)] ?? 0;
  }
  return decodeQr(pixels, width, height)?.data;
}

/** Everything in a PDF that is not packed, and what its packed object streams hold. */
const insides = (pdf: Buffer) =>
  [pdf.toString('latin1'), ...streams(pdf).map(({ bytes }) => bytes.toString('latin1'))].join('\n');

describe('ticket as PDF', () => {
  it.each(LANGUAGES)('C14: is tagged PDF/UA-1 with language and title (%s)', async (language) => {
    const pdf = await pdfOf(sample(), language);
    const text = insides(pdf);
    expect(text).toMatch(/\/Marked true/);
    expect(text).toContain('/StructTreeRoot');
    expect(text).toMatch(/pdfuaid:part(>|=")1/);
    expect(text).toMatch(/\/DisplayDocTitle true/);
    expect(text).toContain(`/Lang (${language}-KZ)`);
    const title = { kk: 'Талон A-003', ru: 'Талон A-003', en: 'Ticket A-003' }[language];
    expect(pdf.toString('utf8') + text).toContain(title);
    expect(text).toContain('/Alt');
  });

  it.each(['a4', 'a6'] as const)(
    'C14: its QR decodes to the address with the opaque code and nothing else (%s)',
    async (size) => {
      const pdf = await pdfOf(sample(), 'kk', size);
      expect(readQr(pdf)).toBe(`${PORTAL}/t/${CODE}`);
      const [width = 0, height = 0] =
        /\/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)/.exec(insides(pdf))?.slice(1).map(Number) ?? [];
      expect([Math.round((width / 72) * 25.4), Math.round((height / 72) * 25.4)]).toEqual(
        size === 'a4' ? [210, 297] : [105, 148],
      );
      expect(insides(pdf).match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    },
  );

  it('C14: names nobody: whatever the name is, the ticket is the same to the byte; only the initials count', async () => {
    const pdf = await pdfOf(sample());
    expect(pdf.equals(await pdfOf(sample({ personName: 'Ким Ирина Львовна' })))).toBe(true);
    const other = await ticketPdf(
      { booking: sample(), initials: 'К. И.' },
      { language: 'kk', size: 'a4', portalUrl: PORTAL },
    );
    expect(pdf.equals(other)).toBe(false);
  });

  it.each(['annulled', 'cancelled', 'moved', 'served'] as const)(
    'C14: a ticket that is %s is visibly void and has no QR',
    async (state) => {
      const pdf = await pdfOf(sample({ state }));
      expect(readQr(pdf)).toBeUndefined();
      expect(insides(pdf)).toMatch(/\/Marked true/);
    },
  );

  it('the same booking gives the same bytes, also when tickets are set at the same time', async () => {
    const others = ['B-001', 'C-002'].map((ticketNo) =>
      sample({ ticketNo, ticketCode: `${ticketNo}xxxxxxxxxxxxxxxxx` }),
    );
    const [first, , , second] = await Promise.all([
      pdfOf(sample()),
      ...others.map((other) => pdfOf(other)),
      pdfOf(sample()),
    ]);
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
    expect(readQr(await pdfOf(others[0] ?? sample()))).toBe(`${PORTAL}/t/B-001xxxxxxxxxxxxxxxxx`);
  });

  it('words with the signs of the typesetter stay words', async () => {
    const wild = tri('#panic("x") *a* _b_ $x$ <l> @r [c] \\ "q" `raw` // /* #read("/etc/passwd")');
    const department = { ...sample().department, address: wild, landmark: wild, access: tri('') };
    expect(readQr(await pdfOf(sample({ department })))).toBe(`${PORTAL}/t/${CODE}`);
  });
});

describe('visit as calendar file', () => {
  const file = (booking: Booking, language: 'kk' | 'ru' | 'en' = 'kk', version = 0) =>
    calendarFile(booking, { language, portalUrl: PORTAL, version, stamp: new Date('2026-11-22T10:00:00Z') });
  const eventOf = (text: string) => {
    const calendar = new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]);
    const event = calendar.getFirstSubcomponent('vevent');
    if (!event) throw new Error('no event');
    return { calendar, event };
  };

  it.each(LANGUAGES)(
    'A8: start in UTC, neutral words, two alarms, stable UID, version as sequence (%s)',
    (language) => {
      const { calendar, event } = eventOf(file(sample(), language, 4));
      expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
      expect(String(event.getFirstPropertyValue('dtstart'))).toBe('2026-11-25T04:00:00Z');
      expect(event.getFirstPropertyValue('uid')).toBe(
        'booking-018f0000-0000-7000-8000-0000000000aa@queue.example.kz',
      );
      expect(event.getFirstPropertyValue('sequence')).toBe(4);
      expect(event.getFirstPropertyValue('summary')).toContain('A-003');
      expect(
        event.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
      ).toEqual(['-P3D', '-PT2H']);
      const words = file(sample(), language).replaceAll('\r\n ', '');
      expect(words).not.toMatch(
        /МӘС|МСЭ|MSE|сараптама бөлімі|экспертиз|examination|медицин|medic|Әбілқайырова/i,
      );
      expect(words).toContain(`${PORTAL}/t/${CODE}`);
    },
  );

  it.each(['cancelled', 'moved', 'annulled'] as const)(
    'A8: a booking that is %s takes the entry out of the calendar',
    (state) => {
      const { calendar, event } = eventOf(file(sample({ state }), 'ru', 5));
      expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
      expect(event.getFirstPropertyValue('status')).toBe('CANCELLED');
      expect(event.getAllSubcomponents('valarm')).toEqual([]);
    },
  );

  it('A8: no line is longer than 75 octets, and folding never breaks a letter', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('а', 'Ң', 'ә', 'x', ',', ';', '\\', ' ', '😀', '\n'),
          maxLength: 300,
        }),
        (text) => {
          const ics = file(sample({ department: { ...sample().department, address: tri(text) } }));
          for (const line of ics.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(ics).not.toContain('\ufffd');
          expect(eventOf(ics).event.getFirstPropertyValue('location') ?? '').toBe(text);
        },
      ),
    );
  });
});

describe('files over HTTP', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld({ settings: { PORTAL_URL: PORTAL } });
  });
  afterAll(() => world.close());

  async function booked() {
    const person = await world.person({ messageLanguage: 'ru' });
    const form = await world.form(person.id);
    await world.consent(person.id);
    const { client, token } = await world.signIn(person.id);
    const day = `2026-12-0${(await world.db.select().from(bookings)).length + 1}`;
    const answer = await client.queue.bookPlace({
      formId: form.id,
      day,
      startsAt: '09:00',
      requestKey: world.random.id(world.clock.now()),
    });
    if (!answer.ok) throw new Error(answer.refusal);
    return { person, client, token, ...answer };
  }
  const get = (path: string, token: string | null, headers: Record<string, string> = {}) =>
    world.http.request(`/files/ticket/${path}`, {
      headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    });

  it('C14: the owner gets PDF and calendar file in the language asked for, else in their own', async () => {
    const { token, ticketCode, ticketNo } = await booked();
    const pdf = await get(`${ticketCode}.pdf`, token);
    expect([pdf.status, pdf.headers.get('content-type'), pdf.headers.get('content-language')]).toEqual([
      200,
      'application/pdf',
      'ru',
    ]);
    expect(pdf.headers.get('content-disposition')).toContain(ticketNo);
    expect(pdf.headers.get('cache-control')).toContain('no-store');
    expect(readQr(Buffer.from(await pdf.arrayBuffer()))).toBe(`${PORTAL}/t/${ticketCode}`);
    expect((await get(`${ticketCode}.pdf?size=a6&lang=kk`, token)).headers.get('content-language')).toBe(
      'kk',
    );
    const ics = await get(`${ticketCode}.ics`, token, { 'accept-language': 'en' });
    expect(ics.headers.get('content-type')).toContain('text/calendar');
    expect(await ics.text()).toContain('SUMMARY:Visit');
  });

  it('A8: after a cancellation the calendar file cancels with a higher sequence and the same UID', async () => {
    const { token, client, bookingId, ticketCode } = await booked();
    const before = await (await get(`${ticketCode}.ics`, token)).text();
    await client.queue.cancelBooking({ bookingId });
    const after = await (await get(`${ticketCode}.ics`, token)).text();
    const value = (ics: string, name: string) =>
      new RegExp(`^${name}:(.*)$`, 'm').exec(ics.replaceAll('\r\n ', ''))?.[1]?.trim();
    expect(value(after, 'UID')).toBe(value(before, 'UID'));
    expect([value(before, 'SEQUENCE'), value(after, 'SEQUENCE')]).toEqual(['0', '1']);
    expect([value(after, 'METHOD'), value(after, 'STATUS')]).toEqual(['CANCEL', 'CANCELLED']);
  });

  it("T02: without a session 401; somebody else's ticket, a made-up code and a clerk all get the same 404", async () => {
    const [owner, stranger] = [await booked(), await booked()];
    const clerk = await world.signIn((await world.staff('clerk')).id, { audience: 'staff' });
    expect((await get(`${owner.ticketCode}.pdf`, null)).status).toBe(401);
    const refused = await Promise.all([
      get(`${owner.ticketCode}.pdf`, stranger.token),
      get(`${owner.ticketCode}.ics`, stranger.token),
      get(`${'Z'.repeat(22)}.pdf`, stranger.token),
      get(`${owner.ticketCode}.exe`, owner.token),
      get(`..%2F${owner.ticketCode}.pdf`, owner.token),
      get(`${owner.ticketCode}.pdf`, clerk.token),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    expect(new Set(await Promise.all(refused.map((answer) => answer.text()))).size).toBe(1);
    const [row] = await world.db.select().from(bookings).where(eq(bookings.id, owner.bookingId));
    expect(row?.state).toBe('booked');
  });
});
