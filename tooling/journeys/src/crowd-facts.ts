import type postgres from 'postgres';

/**
 * What must never be, counted over everything the database holds: two bookings of one place or form, a place and a booking that do not
 * know of each other, a place offered to two at a time, an offer whose place is not held for its person, two offers at once for one.
 */
export async function impossibleThings(sql: postgres.Sql): Promise<Record<string, number>> {
  const [facts] = await sql<Record<string, number>[]>`
    select (select count(*) from (select place_id from booking where state in ('booked', 'arrived', 'served') group by place_id having count(*) > 1) d)::int as "places given twice",
           (select count(*) from (select form_id from booking where state in ('booked', 'arrived') group by form_id having count(*) > 1) d)::int as "forms with two bookings",
           (select count(*) from booking b left join place p on p.booking_id = b.id where b.state = 'booked' and p.id is distinct from b.place_id)::int as "bookings without their place",
           (select count(*) from place p where p.booking_id is not null and not exists (select from booking b where b.id = p.booking_id and b.state in ('booked', 'arrived', 'served')))::int as "places without their booking",
           (select count(*) from (select entry_id from wait_offer where state = 'open' group by entry_id having count(*) > 1) d)::int as "people with two offers",
           (select count(*) from wait_offer one join wait_offer other on other.place_id = one.place_id and other.id > one.id
             where tstzrange(one.offered_at, case when one.state = 'open' then 'infinity' else greatest(one.state_at, one.offered_at) end)
                && tstzrange(other.offered_at, case when other.state = 'open' then 'infinity' else greatest(other.state_at, other.offered_at) end))::int as "places offered to two at a time",
           (select count(*) from wait_offer o join wait_entry e on e.id = o.entry_id join place p on p.id = o.place_id
             where o.state = 'open' and (p.held_for_form is distinct from e.form_id or p.booking_id is not null))::int as "offers of places not held",
           (select count(*) from wait_entry e where e.state = 'offered' and not exists (select from wait_offer o where o.entry_id = e.id and o.state = 'open'))::int as "people offered nothing",
           (select count(*) from wait_entry e join booking b on b.form_id = e.form_id and b.state = 'booked' where e.state in ('waiting', 'offered'))::int as "people who wait with a booking",
           (select count(*) from wait_offer o where (select count(*) from message m where m.once_key = 'offer:' || o.id) <> 1)::int as "offers not told once"`;
  return facts ?? {};
}

/** The same with nothing of it. */
export function nothingImpossible(facts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.keys(facts).map((name) => [name, 0]));
}
