-- A case is opened by who answers for it, by their substitute, by the second of two who decide, or for a purpose that is stated. Who has opened
-- it is written, and its people can read it.

-- Who stands in for whom (ersättare), and when.
create table substitution (
    municipality_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    substitute_id uuid not null,
    from_day date not null,
    until_day date not null,
    added_at timestamptz not null,
    ended_at timestamptz,
    primary key (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id),
    foreign key (municipality_id, substitute_id) references staff (municipality_id, id),
    check (substitute_id <> staff_id),
    check (until_day between from_day and from_day + 366)
);
call protect_tenant_table('substitution');
create index on substitution (municipality_id, staff_id, substitute_id) where ended_at is null;
grant select, insert on substitution to fornya_tenant;
grant update (ended_at) on substitution to fornya_tenant;
-- One finds a substitute for oneself, and nobody makes themselves one.
create policy for_oneself on substitution as restrictive for insert to fornya_tenant with check (staff_id = acting_staff());

-- Why an official opens a case that is not theirs, and until when it stays open to them.
create table case_purpose (
    municipality_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    staff_id uuid not null,
    purpose text not null check (purpose in ('contact', 'colleague', 'review', 'other')),
    words_sealed bytea,
    -- In business time.
    stated_at timestamptz not null,
    -- In real time, like the end of a session.
    closes_at timestamptz not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id),
    check (purpose <> 'other' or words_sealed is not null)
);
call protect_tenant_table('case_purpose');
call known_by_case('case_purpose', 'case_id');
create index on case_purpose (municipality_id, case_id, staff_id, closes_at);
grant select, insert on case_purpose to fornya_tenant;
create policy by_oneself on case_purpose as restrictive for insert to fornya_tenant with check (staff_id = acting_staff());

-- Who has opened a case, each day once, and as what.
create table case_opening (
    municipality_id uuid not null,
    id uuid not null default gen_random_uuid(),
    case_id uuid not null,
    staff_id uuid not null,
    day date not null,
    ground text not null check (ground in ('responsible', 'substitute', 'second', 'purpose')),
    purpose_id uuid,
    opened_at timestamptz not null,
    primary key (municipality_id, id),
    unique nulls not distinct (municipality_id, case_id, staff_id, day, ground, purpose_id),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id),
    foreign key (municipality_id, purpose_id) references case_purpose (municipality_id, id),
    check ((ground = 'purpose') = (purpose_id is not null))
);
call protect_tenant_table('case_opening');
call known_by_case('case_opening', 'case_id');
create index on case_opening (municipality_id, staff_id, day);
grant select, insert on case_opening to fornya_tenant;
create policy by_oneself on case_opening as restrictive for insert to fornya_tenant with check (staff_id = acting_staff());

-- What a supervisor is told of how colleagues open cases.
create table unusual_opening (
    municipality_id uuid not null,
    id uuid not null default gen_random_uuid(),
    staff_id uuid not null,
    -- Outside one's own cases; many in a day; at night; somebody of one's own name; a relation that was told is taken back.
    kind text not null check (kind in ('outside', 'many', 'night', 'own-name', 'relation-ended')),
    -- None where it is about a day and not about a case.
    case_id uuid,
    day date not null,
    noted_at timestamptz not null,
    seen_at timestamptz,
    seen_by uuid,
    primary key (municipality_id, id),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id),
    foreign key (municipality_id, seen_by) references staff (municipality_id, id),
    check ((seen_at is null) = (seen_by is null)),
    check ((kind in ('outside', 'own-name')) = (case_id is not null))
);
call protect_tenant_table('unusual_opening');
create policy known_case on unusual_opening as restrictive to fornya_tenant using ((select reach()) = 'service') with check (true);
grant select, insert on unusual_opening to fornya_tenant;
grant update (seen_at, seen_by) on unusual_opening to fornya_tenant;
create index on unusual_opening (municipality_id, noted_at) where seen_at is null;
-- Each is told once a day, but for relations that are taken back.
create unique index on unusual_opening (municipality_id, staff_id, kind, case_id, day) nulls not distinct where kind <> 'relation-ended';

-- As what an official may open a case that they may know of; nothing when they must say why.
create function ground_to_open(of_staff uuid, of_case uuid, today date, open_after timestamptz, out ground text, out purpose uuid)
    language sql stable
begin atomic
    select g.ground, g.purpose
      from (select 1 as place, 'responsible' as ground, null::uuid as purpose
              from assistance_case c
             where c.municipality_id = current_municipality() and c.id = of_case and c.responsible_id = of_staff
            union all
            select 2, 'substitute', null
              from assistance_case c
              join substitution s on s.municipality_id = c.municipality_id and s.staff_id = c.responsible_id
             where c.municipality_id = current_municipality() and c.id = of_case and s.substitute_id = of_staff
               and today between s.from_day and s.until_day and s.ended_at is null
            union all
            select 4, 'second', null
              from renewal r
              join decision_proposal p on (p.municipality_id, p.renewal_id) = (r.municipality_id, r.id)
             where r.municipality_id = current_municipality() and r.case_id = of_case
               and (p.proposed_by = of_staff
                    or p.returned_at is null
                   and exists (
                       select from delegation g
                        where g.municipality_id = p.municipality_id and g.staff_id = of_staff and g.ended_at is null))
            union all
            -- What they have just done to it does not shut it.
            select 4, 'second', null
              from renewal r
              join decision_draft t on (t.municipality_id, t.renewal_id) = (r.municipality_id, r.id)
             where r.municipality_id = current_municipality() and r.case_id = of_case and t.saved_by = of_staff
            union all
            select 4, 'second', null
              from renewal r
              join decision d on (d.municipality_id, d.renewal_id) = (r.municipality_id, r.id)
             where r.municipality_id = current_municipality() and r.case_id = of_case and of_staff in (d.decided_by, d.presented_by)
               and (d.decided_at at time zone 'Europe/Stockholm')::date = today
            union all
            select 3, 'purpose', u.id
              from case_purpose u
             where u.municipality_id = current_municipality() and u.case_id = of_case and u.staff_id = of_staff
               and u.closes_at > open_after) g
     order by g.place, g.purpose desc
     limit 1;
end;

-- Tells supervisors of what is unusual about an opening that has just been written.
create function note_unusual(of_staff uuid, of_case uuid, as_what text, at timestamptz) returns void
    language sql
begin atomic
    insert into unusual_opening (municipality_id, staff_id, kind, case_id, day, noted_at)
    select current_municipality(), of_staff, k.kind, k.case_id, (at at time zone 'Europe/Stockholm')::date, at
      from (select 'outside' as kind, of_case as case_id where as_what = 'purpose'
            union all
            select 'night', null where extract(hour from at at time zone 'Europe/Stockholm') not between 6 and 21
            union all
            select 'many', null
             where (select count(distinct o.case_id)
                      from case_opening o
                     where o.municipality_id = current_municipality() and o.staff_id = of_staff
                       and o.day = (at at time zone 'Europe/Stockholm')::date) > 40
            union all
            select 'own-name', of_case
             where exists (
                   select from staff f
                     join household_member m on m.municipality_id = f.municipality_id and m.case_id = of_case
                     join person p on (p.municipality_id, p.id) = (m.municipality_id, m.person_id)
                    where f.municipality_id = current_municipality() and f.id = of_staff
                      and lower(p.family_name) = lower(regexp_replace(btrim(f.name), '^.*\s', '')))) k
    on conflict do nothing;
end;

-- Opens the case of a renewal or message to an official, and writes that they have; tells whether they must say why first. What they may not
-- know of is not found.
create function open_case(of_staff uuid, about uuid, open_after timestamptz, at timestamptz) returns boolean
    language plpgsql as $$
declare
    of_case uuid;
    found_ground record;
begin
    select i.case_id into of_case
      from (select r.case_id from renewal r where r.municipality_id = current_municipality() and r.id = about and r.submitted_at is not null
            union all
            select m.case_id from message m where m.municipality_id = current_municipality() and m.id = about) i;
    -- A closed case has a reading of its own.
    if of_case is null or of_case = opened_case() then
        return false;
    end if;
    select * into found_ground from ground_to_open(of_staff, of_case, (at at time zone 'Europe/Stockholm')::date, open_after);
    if found_ground.ground is null then
        return true;
    end if;
    insert into case_opening (municipality_id, case_id, staff_id, day, ground, purpose_id, opened_at)
    values (current_municipality(), of_case, of_staff, (at at time zone 'Europe/Stockholm')::date, found_ground.ground, found_ground.purpose, at)
    on conflict do nothing;
    if found or extract(hour from at at time zone 'Europe/Stockholm') not between 6 and 21 then
        perform note_unusual(of_staff, of_case, found_ground.ground, at);
    end if;
    return false;
end
$$;

drop function open_staff_session(uuid, bytea, timestamptz, timestamptz, timestamptz, timestamptz, uuid, timestamptz);
create function open_staff_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz, about uuid,
    open_after timestamptz, at timestamptz)
    returns table (staff_id uuid, name text, role text, has_clearance boolean, supervises boolean, needs_reason boolean, needs_purpose boolean, unread bigint,
                   unseen_readings bigint, seen_at timestamptz, begun_at timestamptz)
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    found session%rowtype;
    who staff%rowtype;
    is_to_give_reason boolean := false;
    is_to_state_purpose boolean := false;
    unseen bigint := 0;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    select * into found from live_session(of_municipality, token, true, seen_after, begun_after);
    if found.token_hash is null then
        return;
    end if;
    perform set_config('fornya.staff', found.staff_id::text, true);
    if found.seen_at < note_before then
        update session s set seen_at = now where s.municipality_id = of_municipality and s.token_hash = token;
        found.seen_at := now;
    end if;
    select f.* into who from staff f where f.municipality_id = of_municipality and f.id = found.staff_id;
    if who.supervises then
        perform set_config('fornya.reach', 'service', true);
        select count(*) into unseen
          from protected_reading g
         where g.municipality_id = of_municipality and g.seen_at is null and g.staff_id <> who.id;
        unseen := unseen + (
            select count(*)
              from unusual_opening u
             where u.municipality_id = of_municipality and u.seen_at is null and u.staff_id <> who.id);
    end if;
    if who.role = 'caseworker' then
        is_to_give_reason := reach_as_staff(found.staff_id, about, open_after);
        if about is not null and not is_to_give_reason then
            is_to_state_purpose := open_case(found.staff_id, about, open_after, at);
        end if;
    else
        perform set_config('fornya.reach', 'none', true);
    end if;
    return query
        select who.id, who.name, who.role, who.has_clearance, who.supervises, is_to_give_reason, is_to_state_purpose,
               (select count(*)
                  from notice n
                 where n.municipality_id = of_municipality and n.read_at is null
                   and (n.staff_id = who.id or n.staff_id is null)),
               unseen, found.seen_at, found.begun_at;
end
$$;

create or replace function decision_draft_revision(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, of_renewal uuid)
    returns integer
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asker uuid;
    of_case uuid;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    select f.id into asker
      from live_session(of_municipality, token, true, seen_after, begun_after) s
      join staff f on (f.municipality_id, f.id) = (s.municipality_id, s.staff_id)
     where f.role = 'caseworker';
    if asker is null then
        return null;
    end if;
    perform reach_as_staff(asker, of_renewal, now);
    select r.case_id into of_case from renewal r where r.municipality_id = of_municipality and r.id = of_renewal;
    -- Who may not open the case is told nothing of it.
    if of_case is distinct from opened_case()
       and (select g.ground from ground_to_open(asker, of_case, (now at time zone 'Europe/Stockholm')::date, now) g) is null then
        return -1;
    end if;
    return coalesce(
        (select coalesce(t.revision, 0)
           from renewal r
           left join decision_draft t on (t.municipality_id, t.renewal_id) = (r.municipality_id, r.id)
          where r.municipality_id = of_municipality and r.id = of_renewal
            and r.state in ('submitted', 'under-review', 'completion-requested')),
        -1);
end
$$;

-- What supervisors are told, the newest first; the case's number where the case is not closed.
create function unusual_openings(of_staff uuid, at_most integer)
    returns table (opening uuid, opener text, is_own boolean, kind text, case_number text, noted_at timestamptz, is_seen boolean)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    return query
        select u.id, r.name, u.staff_id = f.id, u.kind, case when u.case_id in (select h from hidden_cases() h) then null else c.number end,
               u.noted_at, u.seen_at is not null
          from staff f
          join unusual_opening u on u.municipality_id = f.municipality_id
          join staff r on (r.municipality_id, r.id) = (u.municipality_id, u.staff_id)
          left join assistance_case c on (c.municipality_id, c.id) = (u.municipality_id, u.case_id)
         where f.municipality_id = current_municipality() and f.id = of_staff and f.supervises
           and (u.case_id is null or u.case_id not in (select related_cases(f.id)))
         order by u.seen_at is not null, u.noted_at desc, u.id
         limit at_most;
    perform see_as(before);
end
$$;

-- A supervisor has seen these. Nobody reviews their own.
create function see_unusual_openings(of_staff uuid, openings uuid[], now timestamptz) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    update unusual_opening u
       set seen_at = now, seen_by = of_staff
     where u.municipality_id = current_municipality() and u.id = any (openings) and u.seen_at is null and u.staff_id <> of_staff
       and exists (select from staff f where f.municipality_id = current_municipality() and f.id = of_staff and f.supervises);
    perform see_as(before);
end
$$;

-- An official says that they are close to somebody no longer, and their supervisors are told; tells whether they had said that they are.
create function end_relation(of_staff uuid, relation uuid, at timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    update staff_relation x
       set ended_at = at
     where x.municipality_id = current_municipality() and x.id = relation and x.staff_id = of_staff and x.ended_at is null;
    if not found then
        return false;
    end if;
    insert into unusual_opening (municipality_id, staff_id, kind, day, noted_at)
    values (current_municipality(), of_staff, 'relation-ended', (at at time zone 'Europe/Stockholm')::date, at);
    return true;
end
$$;

alter table notice drop constraint notice_kind_check;
alter table notice add check (
    kind in ('renewal-arrived', 'co-signed', 'co-signature-declined', 'message', 'decision-proposed', 'proposal-returned', 'case-assigned'));
call hand_to_tenant();
