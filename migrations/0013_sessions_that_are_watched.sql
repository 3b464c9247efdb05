-- Which session lives is decided in one place, a page learns when its session ends, and what it shows can be watched.

-- The session of a token, if it is of the kind that is asked for and lives: seen after seen_after and begun after begun_after.
create function live_session(of_municipality uuid, token bytea, of_staff boolean, seen_after timestamptz, begun_after timestamptz)
    returns setof session
    language sql stable
begin atomic
    select s.*
      from session s
     where s.municipality_id = of_municipality and s.token_hash = token and (s.staff_id is not null) = of_staff
       and s.seen_at >= seen_after and s.begun_at >= begun_after;
end;

-- What was submitted last in a case for a month before this one.
create function submitted_before(of_municipality uuid, of_case uuid, month date)
    returns table (id uuid, norm_month date)
    language sql stable
begin atomic
    select r.id, r.norm_month
      from renewal r
     where r.municipality_id = of_municipality and r.case_id = of_case and r.norm_month < month
       and r.submitted_at is not null and r.state <> 'withdrawn'
     order by r.norm_month desc
     limit 1;
end;

-- The renewal that is being written in the ongoing case of a person who signs in it.
create function draft_of(of_municipality uuid, person uuid)
    returns setof renewal
    language sql stable
begin atomic
    select r.*
      from household_member m
      join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
      join renewal r on (r.municipality_id, r.case_id) = (c.municipality_id, c.id)
     where m.municipality_id = of_municipality and m.person_id = person and m.signs_as is not null
       and c.closed_on is null and r.state = 'draft';
end;

drop function open_citizen_session(uuid, bytea, timestamptz, timestamptz, timestamptz, timestamptz);
drop function open_staff_session(uuid, bytea, timestamptz, timestamptz, timestamptz, timestamptz);
drop function awaited_answers(uuid, bytea, timestamptz, timestamptz);

create function open_citizen_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz)
    returns table (person_id uuid, given_name text, family_name text, case_id uuid, signs_as text, seen_at timestamptz, begun_at timestamptz)
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    found session%rowtype;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    select * into found from live_session(of_municipality, token, false, seen_after, begun_after);
    if found.token_hash is null then
        return;
    end if;
    if found.seen_at < note_before then
        update session s set seen_at = now where s.municipality_id = of_municipality and s.token_hash = token;
        found.seen_at := now;
    end if;
    -- A person whom this service may no longer serve has no session either: each request asks anew.
    return query
        select p.id, p.given_name, p.family_name, m.case_id, m.signs_as, found.seen_at, found.begun_at
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
    returns table (staff_id uuid, name text, role text, unread bigint, seen_at timestamptz, begun_at timestamptz)
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    found session%rowtype;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    select * into found from live_session(of_municipality, token, true, seen_after, begun_after);
    if found.token_hash is null then
        return;
    end if;
    if found.seen_at < note_before then
        update session s set seen_at = now where s.municipality_id = of_municipality and s.token_hash = token;
        found.seen_at := now;
    end if;
    return query
        select f.id, f.name, f.role,
               (select count(*)
                  from notice n
                 where n.municipality_id = f.municipality_id and n.read_at is null
                   and (n.staff_id = f.id or n.staff_id is null)),
               found.seen_at, found.begun_at
          from staff f
         where f.municipality_id = of_municipality and f.id = found.staff_id;
end
$$;

-- What an open page asks now and then: one statement each, which unseals nothing and does not keep the session alive. Without a session of
-- the right kind the answer is null, or no row.

-- Who asks: the person of a session whom this service may serve. Names the municipality for the rest of the transaction.
create function asking_citizen(of_municipality uuid, token bytea, seen_after timestamptz, begun_after timestamptz)
    returns uuid
    language plpgsql as $$
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    return (
        select s.person_id
          from live_session(of_municipality, token, false, seen_after, begun_after) s
          join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
         where not p.protected);
end
$$;

-- How many sources have not answered yet about the person of a session, for the draft of their case.
create function awaited_answers(of_municipality uuid, token bytea, seen_after timestamptz, begun_after timestamptz)
    returns bigint
    language plpgsql security definer set search_path = pg_catalog, public as $$
declare
    asker uuid := asking_citizen(of_municipality, token, seen_after, begun_after);
begin
    if asker is null then
        return null;
    end if;
    return (
        select count(*)
          from (select distinct on (q.renewal_id, q.source_id) q.answered_at
                  from draft_of(of_municipality, asker) r
                  join authority_query q on (q.municipality_id, q.renewal_id, q.person_id) = (r.municipality_id, r.id, asker)
                 order by q.renewal_id, q.source_id, q.asked_at desc, q.id desc) newest
         where newest.answered_at is null);
end
$$;

-- When a session was last seen and begun; of staff, with the role.
create function session_times(of_municipality uuid, token bytea, of_staff boolean, seen_after timestamptz, begun_after timestamptz)
    returns table (seen_at timestamptz, begun_at timestamptz, role text)
    language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    return query
        select s.seen_at, s.begun_at, f.role
          from live_session(of_municipality, token, of_staff, seen_after, begun_after) s
          left join staff f on (f.municipality_id, f.id) = (s.municipality_id, s.staff_id);
end
$$;

-- The revision of the draft that the person of a session has begun; -1 when they have none (any more).
create function own_draft_revision(of_municipality uuid, token bytea, seen_after timestamptz, begun_after timestamptz)
    returns integer
    language plpgsql security definer set search_path = pg_catalog, public as $$
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
        -1);
end
$$;

-- The revision of what caseworkers have typed towards the decision on a renewal, 0 before anything; -1 when there is nothing to decide.
create function decision_draft_revision(
    of_municipality uuid, token bytea, seen_after timestamptz, begun_after timestamptz, of_renewal uuid)
    returns integer
    language plpgsql security definer set search_path = pg_catalog, public as $$
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    if not exists (
        select from live_session(of_municipality, token, true, seen_after, begun_after) s
          join staff f on (f.municipality_id, f.id) = (s.municipality_id, s.staff_id)
         where f.role = 'caseworker') then
        return null;
    end if;
    return coalesce(
        (select coalesce(t.revision, 0)
           from renewal r
           left join decision_draft t on (t.municipality_id, t.renewal_id) = (r.municipality_id, r.id)
          where r.municipality_id = of_municipality and r.id = of_renewal
            and r.state in ('submitted', 'under-review', 'completion-requested')
            and not is_hidden_case(r.municipality_id, r.case_id)),
        -1);
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
                   and proname in ('open_citizen_session', 'open_staff_session', 'awaited_answers', 'session_times',
                                   'own_draft_revision', 'decision_draft_revision') loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to fornya_system, fornya_tenant', made);
        execute format('alter function %s owner to fornya_tenant', made);
    end loop;
end
$$;
revoke create on schema public from fornya_tenant;
