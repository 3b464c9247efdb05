-- What each adult does for themselves: applies too, takes a begun renewal back or over.

alter table signer
    -- Since when they apply by an act of their own. Before it no authority is asked about them.
    add column applies_since timestamptz;
grant update (applies_since) on signer to fornya_tenant;

alter table renewal
    add column withdrawn_by uuid,
    add column withdrawn_at timestamptz,
    add foreign key (municipality_id, withdrawn_by) references person (municipality_id, id),
    add check ((withdrawn_by is null) = (withdrawn_at is null)),
    add check (withdrawn_at is null or state = 'withdrawn');
grant update (withdrawn_by, withdrawn_at) on renewal to fornya_tenant;

-- It gave whole rows, and so would not bear the new columns: what it is asked for is named.
drop function draft_of(uuid, uuid);
create function draft_of(of_municipality uuid, person uuid)
    returns table (municipality_id uuid, id uuid, begun_by uuid)
    language sql stable
begin atomic
    select r.municipality_id, r.id, r.begun_by
      from household_member m
      join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
      join renewal r on (r.municipality_id, r.case_id) = (c.municipality_id, c.id)
     where m.municipality_id = of_municipality and m.person_id = person and m.signs_as is not null
       and c.closed_on is null and r.state = 'draft';
end;

-- Whoever has begun, signed or been asked about has applied.
alter table signer no force row level security;
alter table renewal no force row level security;
alter table authority_query no force row level security;
update signer s
   set applies_since = (
       select min(a.at)
         from (select r.begun_at as at
                 from renewal r
                where (r.municipality_id, r.id) = (s.municipality_id, s.renewal_id) and r.begun_by = s.person_id
                union all
               select s.changed_at where s.state = 'signed'
                union all
               select q.asked_at
                 from authority_query q
                where (q.municipality_id, q.renewal_id, q.person_id) = (s.municipality_id, s.renewal_id, s.person_id)) a);
alter table authority_query force row level security;
alter table renewal force row level security;
alter table signer force row level security;

create policy after_own_act on authority_query as restrictive for insert to fornya_tenant with check (
    exists (select from signer s
             where s.municipality_id = authority_query.municipality_id and s.renewal_id = authority_query.renewal_id
               and s.person_id = authority_query.person_id and s.applies_since is not null));
