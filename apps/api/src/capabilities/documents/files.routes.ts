import { ACCESS } from '@mse/domain/access';
import { initials, isLanguage } from '@mse/domain/shared';
import { Hono } from 'hono';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../platform/audit.ts';
import { freshKey } from '../../platform/random.ts';
import { findCaller } from '../identity/find-caller.ts';
import { bookingView, findBookingByCode } from '../queue/booking-view.ts';
import { TRPCError } from '@trpc/server';
import { calendarFile } from './calendar-file.ts';
import { ticketPdf } from './ticket-pdf.ts';

const FILE = /^([A-Za-z0-9_-]{22})\.(pdf|ics)$/;

/**
 * `GET /ticket/<code>.pdf?size=a6&lang=kk` and `GET /ticket/<code>.ics?lang=kk` for the session of the person examined or of
 * their representative. Somebody else's ticket and one that does not exist are both 404. The language is `lang`, else that of
 * `Accept-Language`, else the one the person gets messages in.
 */
export function fileRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.get('/ticket/:file', async (context) => {
    const at = deps.clock.now();
    const authorization = context.req.header('authorization') ?? '';
    const token = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
    const caller = token ? await findCaller(deps, token, at) : null;
    if (!caller) return context.json({ error: 'sign-in' }, 401);
    const name = FILE.exec(context.req.param('file'));
    const code = name?.[1];
    if (!code || !ACCESS['queue.ticket'].roles.some((role) => caller.roles.includes(role)))
      return context.json({ error: 'not-found' }, 404);

    const found = await findBookingByCode(deps, caller.personId, code, at).catch((error: unknown) => {
      if (error instanceof TRPCError && error.code === 'NOT_FOUND') return null;
      throw error;
    });
    if (!found) return context.json({ error: 'not-found' }, 404);
    const asked = context.req.query('lang') ?? context.req.header('accept-language')?.slice(0, 2) ?? '';
    const language = isLanguage(asked) ? asked : found.person.messageLanguage;
    const booking = bookingView(deps, found, caller.personId, at);
    const portalUrl = deps.settings.PORTAL_URL;
    await recordAudit(deps.db, {
      at,
      actor: caller.personId,
      actorRole: 'citizen',
      action: 'queue.ticket',
      outcome: 'seen',
      personId: found.person.id,
      subject: `booking:${booking.id}`,
      requestId: context.req.header('x-request-id')?.slice(0, 64) ?? freshKey(),
      detail: { file: name[2] },
    });

    context.header('cache-control', 'private, no-store');
    context.header('content-language', language);
    if (name[2] === 'ics') {
      const { version, stateAt } = found.booking;
      context.header('content-type', 'text/calendar; charset=utf-8');
      context.header('content-disposition', `attachment; filename="${booking.ticketNo}.ics"`);
      return context.body(calendarFile(booking, { language, portalUrl, version, stamp: stateAt }));
    }
    const size = context.req.query('size') === 'a6' ? 'a6' : 'a4';
    const pdf = await ticketPdf({ booking, initials: initials(found.person) }, { language, size, portalUrl });
    context.header('content-type', 'application/pdf');
    context.header('content-disposition', `inline; filename="${booking.ticketNo}.pdf"`);
    return context.body(new Uint8Array(pdf));
  });
  return app;
}
