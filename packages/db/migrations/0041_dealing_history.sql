-- PX-10 to PX-17, SN-05: deals a batch in one call. Cases in the order of their arrival; for each vacant seat, those of the fewest kinds first,
-- the expert of another region, present, in the register, entered for the form, not yet on this act and below the day's cap who has the fewest
-- open parts, then the longest pause, then the lower number drawn. All vacant seats of a case or none. `explainDealing` of the domain says the
-- same in the plainest way; a test compares the two. Experts of a kind stand in one chain, ordered by open parts and pause: whoever gets a part
-- goes to the end of those with one part more, so that nothing is ever sorted again.
-- What cases with a history brought along is kept too, so that nothing is missing when the dealing is explained.
-- `p_due`: ends of terms of a part by track, and of one that was moved. `p_only`: cases with seats just vacated, whose state stays.
create or replace function deal_cases(
  p_dealing uuid, p_at timestamptz, p_today date, p_day_start timestamptz, p_seed bigint, p_panels jsonb, p_cap integer, p_due jsonb,
  p_limit integer, p_only uuid[], out seen integer, out dealt uuid[], out parts integer
) language plpgsql as $$
declare
  kinds constant text[] := array['department-head', 'chief-specialist', 'independent'];
  groups text[]; wide integer;
  ids uuid[]; kind_of integer[]; regions text[]; opens integer[]; lefts integer[]; turns integer[]; has boolean[];
  chain_next integer[]; chain_prev integer[]; heads integer[] := array[0, 0, 0]; tails integer[]; levels integer;
  of_kind integer[]; of_region integer[]; failed boolean[];
  experts integer; turn integer; x integer; k integer; g integer; i integer; level integer; last_level integer; last_kind integer; last integer;
  class integer; best integer; eligible integer; snapshot jsonb; waiting refcursor; c record; wanted record; history boolean;
  picked integer[]; picked_seats integer[]; picked_eligible integer[];
  o_case uuid[] := '{}'; o_seat integer[] := '{}'; o_expert uuid[] := '{}'; o_open integer[] := '{}'; o_turn integer[] := '{}';
  o_eligible integer[] := '{}'; o_again boolean[] := '{}'; again_ids text[] := '{}'; again_facts jsonb[] := '{}';
begin
  seen := 0; dealt := '{}'; parts := 0;
  -- One dealer at a time: loads and caps are those that the dealer before left behind.
  perform pg_advisory_xact_lock(hashtext('saraptama:dealing'));
  if p_only is null then
    select array_agg(distinct nosology_group order by nosology_group) into groups from examination_case where state = 'waiting';
  else
    select array_agg(distinct nosology_group order by nosology_group) into groups from examination_case where id = any(p_only);
  end if;
  wide := coalesce(array_length(groups, 1), 0);
  if wide = 0 then return; end if;

  -- The draw of each expert is the next number of the Lehmer sequence that begins with the seed, experts in the order of their ids.
  with recursive present as (
    select e.id, e.kind, e.region_code, row_number() over (order by e.id) as no,
           (select count(*) from assignment a where a.expert_id = e.id and a.state = 'open')::integer as open,
           (select max(a.arrived_at) from assignment a where a.expert_id = e.id) as last_at,
           coalesce(e.daily_cap, p_cap) - (select count(*) from assignment a where a.expert_id = e.id and a.arrived_at >= p_day_start)::integer as remaining,
           (select array_agg(exists (
              select from expert_nosology n where n.expert_id = e.id and n.group_code = u.code and n.valid_from <= p_today
                 and (n.valid_until is null or n.valid_until >= p_today)) order by u.no)
              from unnest(groups) with ordinality u (code, no)) as entered
      from expert e
     where e.entered_on <= p_today and (e.excluded_on is null or e.excluded_on > p_today)
       and not exists (select from expert_absence b where b.expert_id = e.id and b.cancelled_at is null and b.from_day <= p_today
                          and (b.until_day is null or b.until_day >= p_today))
       and exists (select from expert_nosology n where n.expert_id = e.id and n.group_code = any(groups) and n.valid_from <= p_today
                      and (n.valid_until is null or n.valid_until >= p_today))
  ), draw (no, number) as (
    select 1::bigint, (p_seed * 48271) % 2147483647
    union all
    select no + 1, (number * 48271) % 2147483647 from draw where no < (select count(*) from present)
  ), ranked as (
    select p.*, d.number, row_number() over (order by p.last_at nulls first, d.number, p.id)::integer as turn
      from present p join draw d using (no)
  )
  select array_agg(id order by no), array_agg(array_position(kinds, kind) order by no), array_agg(region_code order by no), array_agg(open order by no),
         array_agg(remaining order by no), array_agg(ranked.turn order by no), count(*)::integer, coalesce(max(open), 0) + coalesce(max(greatest(remaining, 0)), 0) + 2,
         jsonb_agg(jsonb_build_array(id, kind, region_code, open, (extract(epoch from last_at) * 1000)::bigint, remaining, number, to_jsonb(entered)) order by no)
    into ids, kind_of, regions, opens, lefts, turns, experts, levels, snapshot
    from ranked;
  if coalesce(experts, 0) = 0 then return; end if;
  select array_agg(value::boolean order by e.no, v.no) into has
    from jsonb_array_elements(snapshot) with ordinality e (expert, no), jsonb_array_elements_text(e.expert -> 7) with ordinality v (value, no);

  chain_next := array_fill(0, array[experts]); chain_prev := array_fill(0, array[experts]);
  tails := array_fill(0, array[3 * levels]);
  of_kind := array_fill(0, array[3 * wide]); of_region := array_fill(0, array[300 * wide]);
  failed := array_fill(false, array[200 * wide]);
  turn := experts; last_kind := 0; last := 0;
  for x in select s.no from generate_subscripts(ids, 1) s (no) where lefts[s.no] > 0 order by kind_of[s.no], opens[s.no], turns[s.no] loop
    k := kind_of[x];
    if k <> last_kind then heads[k] := x; else chain_next[last] := x; chain_prev[x] := last; end if;
    tails[(k - 1) * levels + opens[x] + 1] := x;
    last_kind := k; last := x;
    for g in 1..wide loop
      if has[(x - 1) * wide + g] then
        of_kind[(k - 1) * wide + g] := of_kind[(k - 1) * wide + g] + 1;
        i := ((k - 1) * 100 + regions[x]::integer) * wide + g;
        of_region[i] := of_region[i] + 1;
      end if;
    end loop;
  end loop;

  if p_only is null then
    open waiting for
      select e.id, e.region_code, e.nosology_group, e.track, e.dealt_at, h.taken, h.before
        from examination_case e left join lateral (
          select array_agg(a.seat::integer) filter (where a.state in ('open', 'signed')) as taken, array_agg(a.expert_id) as before
            from assignment a where a.case_id = e.id) h on e.dealt_at is not null
       where e.state = 'waiting' order by e.arrival;
  else
    open waiting for
      select e.id, e.region_code, e.nosology_group, e.track, e.dealt_at, h.taken, h.before
        from examination_case e cross join lateral (
          select array_agg(a.seat::integer) filter (where a.state in ('open', 'signed')) as taken, array_agg(a.expert_id) as before
            from assignment a where a.case_id = e.id) h
       where e.id = any(p_only) and e.state = 'deciding' order by e.arrival;
  end if;
  <<cases>>
  loop
    fetch waiting into c;
    exit when not found;
    exit when coalesce(array_length(dealt, 1), 0) >= p_limit;
    seen := seen + 1;
    g := array_position(groups, c.nosology_group);
    class := (c.region_code::integer * wide + g) * 2 - (c.track = 'special')::integer;
    history := c.dealt_at is not null;
    -- Experts only get busier within a batch: where one case found no panel, the next of its kind finds none either.
    continue when not history and failed[class];
    picked := '{}'; picked_seats := '{}'; picked_eligible := '{}';
    for wanted in
      select s.seat::integer as seat, s.kinds from jsonb_array_elements(p_panels -> c.track) with ordinality s (kinds, seat)
       where c.taken is null or s.seat <> all(c.taken) order by jsonb_array_length(s.kinds), s.seat
    loop
      best := 0; eligible := 0;
      for k in 1..3 loop
        continue when not wanted.kinds ? kinds[k];
        eligible := eligible + of_kind[(k - 1) * wide + g] - of_region[((k - 1) * 100 + c.region_code::integer) * wide + g];
        x := heads[k];
        while x > 0 loop
          exit when has[(x - 1) * wide + g] and regions[x] <> c.region_code and x <> all(picked) and (c.before is null or ids[x] <> all(c.before));
          x := chain_next[x];
        end loop;
        if x > 0 and (best = 0 or (opens[x], turns[x]) < (opens[best], turns[best])) then best := x; end if;
      end loop;
      if best = 0 then
        if not history then failed[class] := true; end if;
        continue cases;
      end if;
      picked := picked || best; picked_seats := picked_seats || wanted.seat; picked_eligible := picked_eligible || eligible;
    end loop;
    continue when array_length(picked, 1) is null;
    for i in 1..array_length(picked, 1) loop
      x := picked[i]; k := kind_of[x];
      o_case := o_case || c.id; o_seat := o_seat || picked_seats[i]; o_expert := o_expert || ids[x]; o_open := o_open || opens[x];
      o_turn := o_turn || turns[x]; o_eligible := o_eligible || picked_eligible[i]; o_again := o_again || history;
      -- Out of the chain …
      level := opens[x];
      if tails[(k - 1) * levels + level + 1] = x then
        if chain_prev[x] > 0 and opens[chain_prev[x]] = level then tails[(k - 1) * levels + level + 1] := chain_prev[x];
        else tails[(k - 1) * levels + level + 1] := 0; end if;
      end if;
      if chain_prev[x] > 0 then chain_next[chain_prev[x]] := chain_next[x]; else heads[k] := chain_next[x]; end if;
      if chain_next[x] > 0 then chain_prev[chain_next[x]] := chain_prev[x]; end if;
      turn := turn + 1;
      opens[x] := level + 1; lefts[x] := lefts[x] - 1; turns[x] := turn;
      -- … and in again behind those who have as many, unless the day's cap is reached.
      if lefts[x] > 0 then
        last := 0;
        for last_level in reverse level + 1..0 loop
          last := tails[(k - 1) * levels + last_level + 1];
          exit when last > 0;
        end loop;
        if last > 0 then
          chain_next[x] := chain_next[last]; chain_prev[x] := last; chain_next[last] := x;
        else
          chain_next[x] := heads[k]; chain_prev[x] := 0; heads[k] := x;
        end if;
        if chain_next[x] > 0 then chain_prev[chain_next[x]] := x; end if;
        tails[(k - 1) * levels + level + 2] := x;
      end if;
    end loop;
    dealt := dealt || c.id;
    if history then
      again_ids := again_ids || c.id::text;
      again_facts := again_facts || jsonb_build_object('taken', to_jsonb(coalesce(c.taken, '{}')), 'before', to_jsonb(c.before));
    end if;
  end loop;
  close waiting;
  parts := coalesce(array_length(o_case, 1), 0);
  if parts = 0 then return; end if;

  insert into dealing (id, at, seed, method, seen, dealt, inputs)
  values (p_dealing, p_at, p_seed, 'fewest-open-1', seen, array_length(dealt, 1),
          jsonb_build_object('panels', p_panels, 'groups', to_jsonb(groups), 'experts', snapshot,
                             'again', coalesce((select jsonb_object_agg(u.id, u.facts) from unnest(again_ids, again_facts) u (id, facts)), '{}'::jsonb)));
  insert into assignment (id, case_id, seat, expert_id, case_code, state, state_at, cause, dealing_id, reasons, arrived_at, due_at)
  select gen_random_uuid(), u.case_id, u.seat, u.expert_id,
         upper(regexp_replace(left(replace(gen_random_uuid()::text, '-', ''), 12) || right(gen_random_uuid()::text, 4), '(.{4})(?=.)', '\1-', 'g')),
         'open', p_at,
         case when u.again then coalesce((select b.reasons ->> 'left' from assignment b where b.case_id = u.case_id and b.seat = u.seat
                                           order by b.arrived_at desc, b.state_at desc limit 1), 'dealt') else 'dealt' end,
         p_dealing, jsonb_build_object('order', u.no, 'open', u.open, 'turn', u.turn, 'eligible', u.eligible), p_at,
         (p_due ->> case when u.again then 'redistributed' else e.track end)::timestamptz
    from unnest(o_case, o_seat, o_expert, o_open, o_turn, o_eligible, o_again)
         with ordinality u (case_id, seat, expert_id, open, turn, eligible, again, no)
    join examination_case e on e.id = u.case_id;
  insert into case_event (case_id, event, from_state, to_state, at, actor, detail)
  select e.id, case when e.state = 'waiting' then 'dealt' else 'redistributed' end, e.state, 'deciding', p_at, 'system:dealing', jsonb_build_object('dealing', p_dealing)
    from unnest(dealt) with ordinality d (id, no) join examination_case e on e.id = d.id order by d.no;
  update examination_case e
     set state = 'deciding', state_at = case when e.state = 'waiting' then p_at else e.state_at end, dealt_at = coalesce(e.dealt_at, p_at),
         due_at = coalesce(e.due_at, (p_due ->> e.track)::timestamptz)
   where e.id = any(dealt) and e.state in ('waiting', 'deciding');
end $$;
