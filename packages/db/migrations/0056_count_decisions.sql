-- AS-02, AS-04: counts of every independent expert who signed something in a period, in one pass: services, and of each part how many
-- there were (k) and how many met their criterion (a). A decision is held against the final conclusion of its case.
create function count_decisions(p_from timestamptz, p_until timestamptz)
returns table (expert_id uuid, services integer, k1 integer, a1 integer, k2 integer, a2 integer, k3 integer, a3 integer, k4 integer, a4 integer)
language sql stable as $$
  with done as (
    select d.expert_id, d.in_time, d.content ->> 'kind' = 'nonconformity' as nonconforming, d.content -> 'conclusion' as own,
           c.content as final, c.id is not null as ended, m.outcome = 'nonconformity' as found_nonconforming,
           f.purpose = 'disability-first' as first, f.purpose = 'disability-repeated' as repeated,
           coalesce((fc.document ->> 'socialInsurance')::boolean, false) as insured
      from decision d
      join expert e on e.id = d.expert_id and e.kind = 'independent'
      join examination_case k on k.id = d.case_id
      join form_031 f on f.id = k.form_id
      left join form_content fc on fc.form_id = f.id
      left join conclusion c on c.case_id = d.case_id
      left join comparison m on m.case_id = d.case_id
     where d.signed_at >= p_from and d.signed_at < p_until),
  judged as (
    select done.expert_id, ended, first and insured as k2, repeated and final -> 'generalLoss' <> 'null'::jsonb as k3,
           final -> 'programme' <> 'null'::jsonb and final #>> '{disability,outcome}' <> 'not-established' as k4,
           in_time and case when nonconforming then found_nonconforming
                            else own #>> '{disability,outcome}' = final #>> '{disability,outcome}' end as a1,
           in_time and not nonconforming
             and own #>> '{generalLoss,percent}' is not distinct from final #>> '{generalLoss,percent}' as loss,
           in_time and not nonconforming and own -> 'programme' <> 'null'::jsonb
             and (jsonb_array_length(own #> '{programme,social}') > 0) = (jsonb_array_length(final #> '{programme,social}') > 0)
             and (jsonb_array_length(own #> '{programme,vocational}') > 0) = (jsonb_array_length(final #> '{programme,vocational}') > 0) as parts
      from done)
  select judged.expert_id, count(*)::int as services,
         count(*) filter (where ended)::int as k1, count(*) filter (where ended and a1)::int as a1,
         count(*) filter (where ended and k2)::int as k2, count(*) filter (where ended and k2 and loss)::int as a2,
         count(*) filter (where ended and k3)::int as k3, count(*) filter (where ended and k3 and loss)::int as a3,
         count(*) filter (where ended and k4)::int as k4, count(*) filter (where ended and k4 and parts)::int as a4
    from judged group by judged.expert_id
$$;
