import type { BookingView } from '@mse/contracts/queue';
import { formatDateLong, formatPhone } from '@mse/i18n/format';
import { translator } from '@mse/i18n';
import type { Language } from '@mse/domain/shared';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import QRCode from 'qrcode';
import type { z } from 'zod';
import { TICKET_TEMPLATE } from './ticket-template.ts';

export type PaperSize = 'a4' | 'a6';
export type Booking = z.input<typeof BookingView>;

/** Pixels of one module of the QR: sharp on paper at 4 cm. */
const MODULE_PIXELS = 10;
/** States in which a ticket opens the department's door. */
const VALID: readonly string[] = ['booked', 'arrived'];

let known: NodeCompiler | undefined;

/** One compiler for the process: reading the fonts takes longer than setting a hundred tickets. */
function compiler(): NodeCompiler {
  if (!known) {
    const fonts = dirname(
      createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'),
    );
    const faces = ['400Regular', '700Bold'].map((face) => join(fonts, face));
    known = NodeCompiler.create({ workspace: tmpdir(), fontArgs: [{ fontPaths: faces }] });
  }
  return known;
}

/**
 * C14, A8: the ticket as PDF/UA-1 (tagged, with language and title) on A4 or A6, in one of the three languages.
 * Shows initials only. The QR holds nothing but the portal's address with the opaque code; a void ticket has none and says so.
 * The same booking in the same state gives the same bytes.
 */
export async function ticketPdf(
  ticket: { booking: Booking; initials: string },
  options: { language: Language; size: PaperSize; portalUrl: string },
): Promise<Buffer> {
  const { booking, initials } = ticket;
  const { language, size } = options;
  const t = translator(language);
  const number = booking.ticketNo;
  const link = ticketLink(options.portalUrl, booking.ticketCode);
  const { department } = booking;
  const valid = VALID.includes(booking.state);
  const row = (label: string, value: string) => ({ label: t(`documents:ticket.${label}`), value });
  const data = {
    size,
    lang: language,
    title: t('documents:ticket.title', { number }),
    author: t('documents:ticket.department', { number: department.number }),
    rows: [
      row('who', initials),
      row(
        'when',
        t('documents:ticket.time', { day: formatDateLong(booking.day, language), time: booking.startsAt }),
      ),
      row(
        'where',
        `${t('documents:ticket.department', { number: department.number })}. ${department.address[language]}`,
      ),
      row('how', department.landmark[language]),
      row('access', department.access[language]),
      row('phone', formatPhone(department.phone)),
    ],
    void: valid ? null : t('documents:ticket.void'),
    why: valid ? null : t(`documents:ticket.void-why.${booking.state}`),
    qr: t('documents:ticket.qr', { number }),
    hint: t('documents:ticket.qr-hint'),
    rulesTitle: t('documents:ticket.rules-title'),
    rules: ['late', 'id', 'cancel'].map((rule) => t(`documents:ticket.rules.${rule}`)),
    link,
    linkText: t('documents:ticket.link'),
  };
  const qr = await QRCode.toBuffer(link, {
    type: 'png',
    errorCorrectionLevel: 'Q',
    margin: 4,
    scale: MODULE_PIXELS,
  });
  const typst = compiler();
  // From here to the result nothing else runs, so the one file of the compiler belongs to this ticket.
  typst.mapShadow(join(tmpdir(), 'qr.png'), qr);
  try {
    return typst.pdf(
      { mainFileContent: TICKET_TEMPLATE, inputs: { data: JSON.stringify(data) } },
      { pdfStandard: 'ua-1', creationTimestamp: Math.floor(Date.parse(booking.createdAt) / 1000) },
    );
  } finally {
    typst.resetShadow();
    typst.evictCache(10);
  }
}

/** The address a QR holds. */
export function ticketLink(portalUrl: string, code: string): string {
  return new URL(`/t/${code}`, portalUrl).href;
}
