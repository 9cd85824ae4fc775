import type { BookingView } from '@mse/contracts/queue';
import { formatDateLong, formatPhone } from '@mse/i18n/format';
import { translator } from '@mse/i18n';
import type { Language } from '@mse/domain/shared';
import type { z } from 'zod';
import { qrPicture, renderPdf } from './render-pdf.ts';
import { TICKET_TEMPLATE } from './ticket-template.ts';

export type PaperSize = 'a4' | 'a6';
export type Booking = z.input<typeof BookingView>;

/** States in which a ticket opens the department's door. */
const VALID: readonly string[] = ['booked', 'arrived'];

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
  return renderPdf(TICKET_TEMPLATE, data, language, {
    at: new Date(booking.createdAt),
    pictures: { qr: await qrPicture(link) },
  });
}

/** The address a QR holds. */
export function ticketLink(portalUrl: string, code: string): string {
  return new URL(`/t/${code}`, portalUrl).href;
}
