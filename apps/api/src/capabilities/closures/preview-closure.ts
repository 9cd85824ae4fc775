import type { PreviewClosureInput, PreviewClosureOutput } from '@mse/contracts/closures';
import { bookings, places } from '@mse/db/schema';
import { decideClosure } from '@mse/domain/closures';
import { proposeTimes, type Proposal } from '@mse/domain/mass-move';
import { initials, LANGUAGES, type PlainDate, toBusinessDate, toBusinessTime } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { and, between, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { CallContext } from '../../trpc.ts';
import { deskCaller } from '../desk/desk-caller.ts';
import { shortDate } from '../notifications/render-message.ts';
import type { Department } from '../reference/reference-data.ts';
import { type BookingInTheWay, bookingsInTheWay, fingerprint, freeStarts } from './bookings-in-the-way.ts';
import { standingClosures } from './close-department.ts';

type Output = z.input<typeof PreviewClosureOutput>;
type Sample = Extract<Output, { ok: true }>['messages'][number];

/** What a sample of a message says in place of somebody's name and ticket. */
const SOMEBODY = '…';

/**
 * K06, K08: what closing a period would do, before anything is saved: the bookings in its way with the new times they would
 * get, the messages in the languages of these people, the free places that would go. Changes nothing.
 */
export async function previewClosure(
  call: CallContext,
  input: z.output<typeof PreviewClosureInput>,
): Promise<Output> {
  const { deps, at } = call;
  const { department } = deskCaller(call);
  const { from, until } = input;
  const now = toBusinessTime(at);
  const decision = decideClosure(
    { from, until },
    await standingClosures(deps.db, department.id, from, until),
    toBusinessDate(at),
  );
  if (!decision.ok) return { ok: false, refusal: decision.refusal };

  const [inTheWay, freePlaces, arrived] = await Promise.all([
    bookingsInTheWay(deps.db, { departmentId: department.id, from, until }),
    deps.db.$count(
      places,
      and(
        eq(places.departmentId, department.id),
        between(places.day, from, until),
        isNull(places.bookingId),
        isNull(places.closedByTrip),
        sql`(${places.day}, ${places.startsAt}) > (${now.date}::date, ${now.time}::time)`,
      ),
    ),
    deps.db.$count(
      bookings,
      and(
        eq(bookings.departmentId, department.id),
        between(bookings.day, from, until),
        eq(bookings.state, 'arrived'),
      ),
    ),
  ]);
  const lastValid = inTheWay.reduce<PlainDate>(
    (last, booking) => (booking.formValidUntil > last ? booking.formValidUntil : last),
    from,
  );
  const free =
    inTheWay.length === 0
      ? []
      : await freeStarts(
          deps.db,
          department.id,
          { day: now.date, startsAt: now.time },
          lastValid,
          { from, until },
          at,
        );
  const terms = { pilots: deps.reference.pilots(), regionCode: department.regionCode };
  const proposals = new Map(
    proposeTimes(inTheWay, free, terms, at).map((proposal) => [proposal.bookingId, proposal]),
  );
  for (const booking of inTheWay) call.seen(booking.person.id, `booking:${booking.bookingId}`);
  return {
    ok: true,
    freePlaces,
    arrived,
    shown: fingerprint(inTheWay),
    messages: sampleMessages(department, inTheWay, proposals, deps.settings.PORTAL_URL),
    bookings: inTheWay
      .map((booking) => {
        const proposal = proposals.get(booking.bookingId);
        const { bookingId, ticketNo, day, startsAt, language, accessNeeds, hasPhone } = booking;
        return {
          bookingId,
          ticketNo,
          initials: initials(booking.person),
          day,
          startsAt,
          language,
          accessNeeds,
          hasPhone,
          turn: proposal?.turn ?? 0,
          proposed: proposal?.time ?? null,
        };
      })
      .sort((left, right) => left.turn - right.turn),
  };
}

/** One message of each kind and language that would go out, with the first booking's times and nobody's name. */
function sampleMessages(
  department: Department,
  inTheWay: readonly BookingInTheWay[],
  proposals: ReadonlyMap<string, Proposal>,
  portal: string,
): Sample[] {
  const samples: Sample[] = [];
  for (const language of LANGUAGES) {
    const concerned = inTheWay.filter((booking) => booking.language === language && booking.hasPhone);
    for (const template of ['moved', 'rebook'] as const) {
      const first = concerned.find(
        (booking) => (proposals.get(booking.bookingId)?.time ? 'moved' : 'rebook') === template,
      );
      if (!first) continue;
      const time = proposals.get(first.bookingId)?.time ?? first;
      const text = translator(language)(`sms:${template}`, {
        fullName: SOMEBODY,
        link: portal.replace(/\/+$/, ''),
        department: department.number,
        oldDate: shortDate(first.day),
        oldTime: first.startsAt,
        date: shortDate(time.day),
        time: time.startsAt,
        address: department.address[language],
        ticket: SOMEBODY,
      });
      samples.push({ language, template, text });
    }
  }
  return samples;
}
