-- What the adult who did not begin a renewal says of themselves: their own until they have signed it.
create table own_part (
    municipality_id uuid not null,
    renewal_id uuid not null,
    person_id uuid not null,
    -- Grows by one with each save, so that a stale tab can be told.
    revision integer not null check (revision >= 1),
    content_sealed bytea not null,
    content_version bigint not null,
    saved_at timestamptz not null,
    primary key (municipality_id, renewal_id, person_id),
    foreign key (municipality_id, renewal_id, person_id) references signer (municipality_id, renewal_id, person_id)
);
call protect_tenant_table('own_part');
grant select, insert, delete, update (revision, content_sealed, content_version, saved_at) on own_part to fornya_tenant;
create policy known_case on own_part as restrictive to fornya_tenant using (
    case (select reach())
        when 'service' then true
        when 'citizen' then person_id = (select acting_person())
        else false
    end);
call sealed_anew('own_part', 'content');

-- What an open page of one's own part asks now and then. What was begun and not sent comes first, the newest month before an older one.
create function own_part_of(of_municipality uuid, person uuid)
    returns table (municipality_id uuid, id uuid, revision integer)
    language sql stable
begin atomic
    select r.municipality_id, r.id, o.revision
      from household_member m
      join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
      join renewal r on (r.municipality_id, r.case_id) = (c.municipality_id, c.id)
      join own_part o on (o.municipality_id, o.renewal_id, o.person_id) = (r.municipality_id, r.id, m.person_id)
      join signer s on (s.municipality_id, s.renewal_id, s.person_id) = (r.municipality_id, r.id, m.person_id)
     where m.municipality_id = of_municipality and m.person_id = own_part_of.person and m.signs_as is not null
       and c.closed_on is null and r.state not in ('withdrawn', 'decided') and s.state in ('awaited', 'declined')
     order by r.norm_month desc;
end;

create or replace function own_draft_revision(of_municipality uuid, token bytea, seen_after timestamptz, begun_after timestamptz)
    returns integer
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asker uuid := asking_citizen(of_municipality, token, seen_after, begun_after);
begin
    if asker is null then
        return null;
    end if;
    return coalesce(
        (select t.revision
           from draft_of(of_municipality, asker) r
           join renewal_draft t on (t.municipality_id, t.renewal_id) = (r.municipality_id, r.id)
          where r.begun_by = asker
          limit 1),
        (select p.revision from own_part_of(of_municipality, asker) p limit 1),
        -1);
end
$$;

create or replace function awaited_answers(of_municipality uuid, token bytea, seen_after timestamptz, begun_after timestamptz)
    returns bigint
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asker uuid := asking_citizen(of_municipality, token, seen_after, begun_after);
begin
    if asker is null then
        return null;
    end if;
    return (
        select count(*)
          from (select distinct on (q.renewal_id, q.source_id) q.answered_at
                  from (select d.id from draft_of(of_municipality, asker) d
                        union
                        select p.id from own_part_of(of_municipality, asker) p) r
                  join authority_query q on (q.municipality_id, q.renewal_id, q.person_id) = (of_municipality, r.id, asker)
                 order by q.renewal_id, q.source_id, q.asked_at desc, q.id desc) newest
         where newest.answered_at is null);
end
$$;
call hand_to_tenant();
