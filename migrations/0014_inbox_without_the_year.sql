-- The inbox counts and lists what waits and what was decided of late, without reading a year of decided renewals.

create index on renewal (municipality_id, submitted_at)
    where state in ('submitted', 'under-review', 'completion-requested');
create index on decision (municipality_id, decided_at);
create index on person (municipality_id) where protected;

-- The same cases as is_hidden_case tells, all of a municipality's at once: for lists.
create function hidden_cases(of_municipality uuid) returns setof uuid
    language sql stable parallel safe
begin atomic
    select m.case_id
      from person p
      join household_member m on (m.municipality_id, m.person_id) = (p.municipality_id, p.id)
     where p.municipality_id = of_municipality and p.protected;
end;
