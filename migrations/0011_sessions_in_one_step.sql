-- A session and the municipality of a transaction in one round trip, and an answer to the pages that ask whether something has come.
--
-- Each function runs as fornya_tenant, names the municipality first, and is held by row security like everything else. Times are passed in:
-- a session lives when it was seen after seen_after and begun after begun_after. That it was seen is noted when it was last seen before
-- note_before, so that not every page writes.

create function open_citizen_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz)
    returns table (person_id uuid, given_name text, family_name text, case_id uuid, signs_as text)
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    found session%rowtype;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    select s.* into found
      from session s
     where s.municipality_id = of_municipality and s.token_hash = token and s.person_id is not null
       and s.seen_at >= seen_after and s.begun_at >= begun_after;
    if found.token_hash is null then
        return;
    end if;
    if found.seen_at < note_before then
        update session s set seen_at = now where s.municipality_id = of_municipality and s.token_hash = token;
    end if;
    -- A person whom this service may no longer serve has no session either: each request asks anew.
    return query
        select p.id, p.given_name, p.family_name, m.case_id, m.signs_as
          from person p
          join household_member m on (m.municipality_id, m.person_id) = (p.municipality_id, p.id)
          join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
         where p.municipality_id = of_municipality and p.id = found.person_id
           and not p.protected and m.signs_as is not null and c.closed_on is null
         order by c.opened_on desc
         limit 1;
end
$$;

create function open_staff_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz)
    returns table (staff_id uuid, name text, role text, unread bigint)
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    found session%rowtype;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    select s.* into found
      from session s
     where s.municipality_id = of_municipality and s.token_hash = token and s.staff_id is not null
       and s.seen_at >= seen_after and s.begun_at >= begun_after;
    if found.token_hash is null then
        return;
    end if;
    if found.seen_at < note_before then
        update session s set seen_at = now where s.municipality_id = of_municipality and s.token_hash = token;
    end if;
    return query
        select f.id, f.name, f.role,
               (select count(*)
                  from notice n
                 where n.municipality_id = f.municipality_id and n.read_at is null
                   and (n.staff_id = f.id or n.staff_id is null))
          from staff f
         where f.municipality_id = of_municipality and f.id = found.staff_id;
end
$$;

-- How many sources have not answered yet about the person of a session, for the draft of their case; null when there is no such session.
-- Asking does not keep the session alive.
create function awaited_answers(of_municipality uuid, token bytea, seen_after timestamptz, begun_after timestamptz)
    returns bigint
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    asker uuid;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    select s.person_id into asker
      from session s
      join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
     where s.municipality_id = of_municipality and s.token_hash = token
       and s.seen_at >= seen_after and s.begun_at >= begun_after and not p.protected;
    if asker is null then
        return null;
    end if;
    return (
        select count(*)
          from (select distinct on (q.renewal_id, q.source_id) q.answered_at
                  from household_member m
                  join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
                  join renewal r on (r.municipality_id, r.case_id) = (c.municipality_id, c.id)
                  join authority_query q on (q.municipality_id, q.renewal_id, q.person_id) = (r.municipality_id, r.id, m.person_id)
                 where m.municipality_id = of_municipality and m.person_id = asker and m.signs_as is not null
                   and c.closed_on is null and r.state = 'draft'
                 order by q.renewal_id, q.source_id, q.asked_at desc, q.id desc) newest
         where newest.answered_at is null);
end
$$;

-- To run as fornya_tenant they must belong to it, which in turn takes the right to make things in the schema for the moment.
grant create on schema public to fornya_tenant;
do $$
declare
    made regprocedure;
begin
    for made in select oid::regprocedure from pg_proc
                 where pronamespace = 'public'::regnamespace
                   and proname in ('open_citizen_session', 'open_staff_session', 'awaited_answers') loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to fornya_system, fornya_tenant', made);
        execute format('alter function %s owner to fornya_tenant', made);
    end loop;
end
$$;
revoke create on schema public from fornya_tenant;
