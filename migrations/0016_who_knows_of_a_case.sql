-- Who may know of a case is decided here for each actor, so that a condition that a query forgets shows nothing.
--
-- A transaction stands for somebody: `fornya.reach` says how far they see. Unset, it is nothing.
--   service   the service itself, such as a job: every case of the municipality
--   citizen   the cases in `fornya.cases`, where they sign
--   staff     every case but the closed ones: those that somebody with protected identity is or has been in. The one in `fornya.opened` is open to them,
--             since a member of staff with clearance has given the reason for reading it
--   none      no case: visitors and administrators

-- Sekretessmarkering and skyddad folkbokföring are 'protected'. What no register has said is 'unknown', and closed like it.
alter table person no force row level security;
alter table person add column protection text not null default 'unknown' check (protection in ('none', 'protected', 'unknown'));
update person set protection = case when protected then 'protected' else 'none' end;
alter table person force row level security;

alter table staff
    -- May read the cases of people with protected identity, with a reason for each reading.
    add column has_clearance boolean not null default false,
    -- Is told of what colleagues do that somebody else must know of.
    add column supervises boolean not null default false,
    -- Staff have no clearance by chance: it is for caseworkers.
    add check (role = 'caseworker' or not (has_clearance or supervises));

drop function decision_draft_revision(uuid, bytea, timestamptz, timestamptz, uuid);
drop function open_staff_session(uuid, bytea, timestamptz, timestamptz, timestamptz, timestamptz);
drop function is_hidden_case(uuid, uuid);
drop function hidden_cases(uuid);
alter table person drop column protected;
create index on person (municipality_id) where protection <> 'none';

-- A reading of a case that is closed to others: who, why, and how long it stays open to them.
create table protected_reading (
    municipality_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    staff_id uuid not null,
    reason_sealed bytea not null,
    -- In business time.
    opened_at timestamptz not null,
    -- In real time, like the end of a session.
    closes_at timestamptz not null,
    -- When a supervisor saw that it was opened.
    seen_at timestamptz,
    seen_by uuid,
    primary key (municipality_id, id),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id),
    foreign key (municipality_id, seen_by) references staff (municipality_id, id),
    check ((seen_at is null) = (seen_by is null))
);
call protect_tenant_table('protected_reading');
-- Reached through the functions below alone.
grant select, insert on protected_reading to fornya_tenant;
grant update (seen_at, seen_by) on protected_reading to fornya_tenant;
create index on protected_reading (municipality_id, case_id, staff_id, closes_at);
create index on protected_reading (municipality_id, opened_at) where seen_at is null;

create function reach() returns text
    language sql stable parallel safe
    return nullif(current_setting('fornya.reach', true), '');

-- The cases that a citizen signs in.
create function own_cases() returns uuid[]
    language sql stable parallel safe
    return coalesce(nullif(current_setting('fornya.cases', true), ''), '{}')::uuid[];

-- The closed case that has been opened for this transaction.
create function opened_case() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('fornya.opened', true), '')::uuid;

-- Who is or has been in a case: its household, who was to sign in it, and who has written in it. What they left there still tells of them.
create function people_of_cases() returns table (case_id uuid, person_id uuid)
    language sql stable
begin atomic
    select m.case_id, m.person_id from household_member m where m.municipality_id = current_municipality()
     union all
    select r.case_id, s.person_id
      from signer s
      join renewal r on (r.municipality_id, r.id) = (s.municipality_id, s.renewal_id)
     where s.municipality_id = current_municipality()
     union all
    select m.case_id, m.person_id from message m where m.municipality_id = current_municipality();
end;
create index on renewal (municipality_id, case_id);
create index on signer (municipality_id, person_id);
create index on message (municipality_id, person_id);

-- The cases that somebody whose identity is protected, or may be, is or has been in.
create function hidden_cases() returns setof uuid
    language sql stable
begin atomic
    select distinct c.case_id
      from person p
      join people_of_cases() c on c.person_id = p.id
     where p.municipality_id = current_municipality() and p.protection <> 'none';
end;

-- For the length of a function the transaction sees as the service does; `see_as` gives back what was before. A schema owner that is no
-- superuser may not make functions that set a parameter by themselves.
create function see_all() returns text
    language plpgsql as $$
declare
    before text := coalesce(current_setting('fornya.reach', true), '');
begin
    perform set_config('fornya.reach', 'service', true);
    return before;
end
$$;

create function see_as(before text) returns void
    language plpgsql as $$
begin
    perform set_config('fornya.reach', before, true);
end
$$;

-- What row security itself asks, and so must see past it.
create function closed_cases() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found uuid[];
begin
    found := (
        select coalesce(array_agg(h), '{}') from hidden_cases() h where h is distinct from opened_case());
    perform see_as(before);
    return found;
end
$$;

-- The people of closed cases and whoever is protected, but for those who are in another case too.
create function closed_people() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found uuid[];
begin
    found := (
        with closed as (select h from hidden_cases() h where h is distinct from opened_case()),
             involved as (
                 select c.person_id from people_of_cases() c where c.case_id in (select h from closed)
                  union
                 select p.id from person p where p.municipality_id = current_municipality() and p.protection <> 'none')
        select coalesce(array_agg(i.person_id), '{}')
          from involved i
         where not exists (
               select from people_of_cases() c where c.person_id = i.person_id and c.case_id not in (select h from closed)));
    perform see_as(before);
    return found;
end
$$;

create function people_of_own_cases() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found uuid[];
begin
    found := (
        select coalesce(array_agg(distinct c.person_id), '{}') from people_of_cases() c where c.case_id = any (own_cases()));
    perform see_as(before);
    return found;
end
$$;

-- Every table that hangs on a case calls one of these once.
create procedure known_by_case(of_table regclass, case_column name)
    language plpgsql as $$
begin
    execute format(
        'create policy known_case on %1$s as restrictive to fornya_tenant using (
             case (select reach())
                 when ''service'' then true
                 when ''citizen'' then %2$I = any ((select own_cases())::uuid[])
                 when ''staff'' then %2$I <> all ((select closed_cases())::uuid[])
                 else false
             end)',
        of_table, case_column);
end
$$;

create procedure known_by_row(of_table regclass, of_column name, other_table regclass)
    language plpgsql as $$
begin
    execute format(
        'create policy known_case on %1$s as restrictive to fornya_tenant using (
             (select reach()) = ''service''
             or exists (select from %2$s o where o.municipality_id = %1$s.municipality_id and o.id = %1$s.%3$I))',
        of_table, other_table, of_column);
end
$$;

create policy known_case on person as restrictive to fornya_tenant using (
    case (select reach())
        when 'service' then true
        when 'citizen' then id = any ((select people_of_own_cases())::uuid[])
        when 'staff' then id <> all ((select closed_people())::uuid[])
        else false
    end);
create policy known_case on protected_reading as restrictive to fornya_tenant using ((select reach()) = 'service');
call known_by_case('assistance_case', 'id');
call known_by_case('household_member', 'case_id');
call known_by_case('renewal', 'case_id');
call known_by_case('payout', 'case_id');
call known_by_case('message', 'case_id');
call known_by_case('notice', 'case_id');
call known_by_row('renewal_draft', 'renewal_id', 'renewal');
call known_by_row('signer', 'renewal_id', 'renewal');
call known_by_row('signed_document', 'renewal_id', 'renewal');
call known_by_row('signature', 'renewal_id', 'renewal');
call known_by_row('authority_query', 'renewal_id', 'renewal');
call known_by_row('calculation', 'renewal_id', 'renewal');
call known_by_row('decision', 'renewal_id', 'renewal');
call known_by_row('decision_draft', 'renewal_id', 'renewal');
call known_by_row('decision_receipt', 'decision_id', 'decision');

-- Whom this service serves: the ongoing case in which they sign. Nobody in a household with a protected member is served: neither a receipt
-- nor a letter may tell where anybody is, and what is written here must not be lost.
create function served_case(of_person uuid) returns table (case_id uuid, signs_as text)
    language sql stable
begin atomic
    select m.case_id, m.signs_as
      from household_member m
      join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
     where m.municipality_id = current_municipality() and m.person_id = of_person and m.signs_as is not null and c.closed_on is null
       and not exists (
           select from household_member o
             join assistance_case oc on (oc.municipality_id, oc.id) = (o.municipality_id, o.case_id) and oc.closed_on is null
             join household_member h on (h.municipality_id, h.case_id) = (o.municipality_id, o.case_id)
             join person p on (p.municipality_id, p.id) = (h.municipality_id, h.person_id)
            where o.municipality_id = current_municipality() and o.person_id = of_person and p.protection <> 'none')
     order by c.opened_on desc
     limit 1;
end;

-- Whose number this is, and whether they are served. A visitor who has shown an eID asks.
create function citizen_of(index bytea) returns table (person_id uuid, is_served boolean)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    return query
        select p.id, exists (select from served_case(p.id))
          from person p
         where p.municipality_id = current_municipality() and p.number_index = index;
    perform see_as(before);
end
$$;

-- From here to the end of the transaction it stands for this citizen.
create function reach_as_citizen(of_person uuid) returns void
    language plpgsql as $$
begin
    perform set_config('fornya.reach', 'service', true);
    perform set_config(
        'fornya.cases',
        (select coalesce(array_agg(m.case_id), '{}')::text
           from household_member m
          where m.municipality_id = current_municipality() and m.person_id = of_person and m.signs_as is not null),
        true);
    perform set_config('fornya.reach', 'citizen', true);
end
$$;

-- From here to the end of the transaction it stands for this member of staff, who asks about a renewal or a message, or about nothing in
-- particular. A reading counts that is open after a time. Tells whether that is in a closed case which they have clearance for, and must give a reason to open.
create function reach_as_staff(of_staff uuid, about uuid, open_after timestamptz) returns boolean
    language plpgsql as $$
declare
    closed uuid;
    is_opened boolean;
begin
    perform set_config('fornya.reach', 'service', true);
    if about is not null
       and (select f.has_clearance from staff f where f.municipality_id = current_municipality() and f.id = of_staff) then
        select h into closed
          from hidden_cases() h
         where h in (select r.case_id from renewal r where r.municipality_id = current_municipality() and r.id = about
                     union all
                     select m.case_id from message m where m.municipality_id = current_municipality() and m.id = about);
        is_opened := exists (
            select from protected_reading g
             where g.municipality_id = current_municipality() and g.case_id = closed and g.staff_id = of_staff and g.closes_at > open_after);
    end if;
    perform set_config('fornya.opened', case when is_opened then closed::text else '' end, true);
    perform set_config('fornya.reach', 'staff', true);
    return closed is not null and not is_opened;
end
$$;

-- From here to the end of the transaction it stands for this actor, as the audit trail names them.
create function stand_for(of_municipality uuid, kind text, actor uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    case kind
        when 'citizen' then perform reach_as_citizen(actor);
        when 'caseworker' then perform reach_as_staff(actor, null, null);
        when 'system' then perform set_config('fornya.reach', 'service', true);
        else perform set_config('fornya.reach', 'none', true);
    end case;
end
$$;

-- A session that lives but whose person is not served any more has no case.
create or replace function open_citizen_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz)
    returns table (person_id uuid, given_name text, family_name text, case_id uuid, signs_as text, seen_at timestamptz, begun_at timestamptz)
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    found session%rowtype;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    perform set_config('fornya.reach', 'service', true);
    select * into found from live_session(of_municipality, token, false, seen_after, begun_after);
    if found.token_hash is null then
        return;
    end if;
    if found.seen_at < note_before then
        update session s set seen_at = now where s.municipality_id = of_municipality and s.token_hash = token;
        found.seen_at := now;
    end if;
    -- Each request asks anew whether this person is served.
    return query
        select p.id, p.given_name, p.family_name, c.case_id, c.signs_as, found.seen_at, found.begun_at
          from person p
          left join lateral served_case(p.id) c on true
         where p.municipality_id = of_municipality and p.id = found.person_id;
    perform reach_as_citizen(found.person_id);
end
$$;

create function open_staff_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz, about uuid,
    open_after timestamptz)
    returns table (staff_id uuid, name text, role text, has_clearance boolean, supervises boolean, needs_reason boolean, unread bigint,
                   unseen_readings bigint, seen_at timestamptz, begun_at timestamptz)
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    found session%rowtype;
    who staff%rowtype;
    is_to_give_reason boolean;
    unseen bigint := 0;
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
    select f.* into who from staff f where f.municipality_id = of_municipality and f.id = found.staff_id;
    if who.supervises then
        perform set_config('fornya.reach', 'service', true);
        select count(*) into unseen
          from protected_reading g
         where g.municipality_id = of_municipality and g.seen_at is null and g.staff_id <> who.id;
    end if;
    if who.role = 'caseworker' then
        is_to_give_reason := reach_as_staff(found.staff_id, about, open_after);
    else
        perform set_config('fornya.reach', 'none', true);
    end if;
    return query
        select who.id, who.name, who.role, who.has_clearance, who.supervises, coalesce(is_to_give_reason, false),
               (select count(*)
                  from notice n
                 where n.municipality_id = of_municipality and n.read_at is null
                   and (n.staff_id = who.id or n.staff_id is null)),
               unseen, found.seen_at, found.begun_at;
end
$$;

-- Who asks from an open page: the person of a session whom this service serves. Names the municipality for the rest of the transaction.
create or replace function asking_citizen(of_municipality uuid, token bytea, seen_after timestamptz, begun_after timestamptz)
    returns uuid
    language plpgsql as $$
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    perform set_config('fornya.reach', 'service', true);
    return (
        select s.person_id
          from live_session(of_municipality, token, false, seen_after, begun_after) s
         where exists (select from served_case(s.person_id)));
end
$$;

-- The revision of what caseworkers have typed towards the decision on a renewal, 0 before anything; -1 when there is nothing to decide.
create function decision_draft_revision(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, of_renewal uuid)
    returns integer
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    asker uuid;
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
    return coalesce(
        (select coalesce(t.revision, 0)
           from renewal r
           left join decision_draft t on (t.municipality_id, t.renewal_id) = (r.municipality_id, r.id)
          where r.municipality_id = of_municipality and r.id = of_renewal
            and r.state in ('submitted', 'under-review', 'completion-requested')),
        -1);
end
$$;

-- What has come in closed cases, for a member of staff with clearance: nothing but what is needed to choose one. A message that has been
-- noticed is found in its case.
create function protected_inbox(of_staff uuid, decided_after timestamptz)
    returns table (about uuid, case_id uuid, case_number text, norm_month date, is_decided boolean, arrived_at timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    return query
        select i.about, i.case_id, i.case_number, i.norm_month, i.is_decided, i.arrived_at
          from (select r.id as about, r.case_id, c.number as case_number, r.norm_month, r.state = 'decided' as is_decided, r.submitted_at as arrived_at
                  from hidden_cases() h
                  join assistance_case c on (c.municipality_id, c.id) = (current_municipality(), h)
                  join renewal r on (r.municipality_id, r.case_id) = (c.municipality_id, c.id)
                  left join decision d on (d.municipality_id, d.renewal_id) = (r.municipality_id, r.id)
                 where r.state in ('submitted', 'under-review', 'completion-requested')
                    or r.state = 'decided' and d.decided_at >= decided_after
                union all
                select m.id, m.case_id, c.number, null, false, m.sent_at
                  from hidden_cases() h
                  join assistance_case c on (c.municipality_id, c.id) = (current_municipality(), h)
                  join message m on (m.municipality_id, m.case_id) = (c.municipality_id, c.id)
                 where exists (
                       select from notice n
                        where n.municipality_id = m.municipality_id and n.message_id = m.id and n.read_at is null)) i
         where exists (select from staff f where f.municipality_id = current_municipality() and f.id = of_staff and f.has_clearance)
         order by i.is_decided, i.arrived_at, i.about;
    perform see_as(before);
end
$$;

-- The renewal or message of a closed case that a member of staff with clearance may open, whether or not it waits.
create function protected_about(of_staff uuid, wanted uuid)
    returns table (about uuid, case_id uuid, case_number text, norm_month date, is_decided boolean, arrived_at timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    return query
    select i.about, i.case_id, c.number, i.norm_month, i.is_decided, i.arrived_at
      from (select r.id as about, r.case_id, r.norm_month, r.state = 'decided' as is_decided, r.submitted_at as arrived_at
              from renewal r
             where r.municipality_id = current_municipality() and r.id = wanted and r.submitted_at is not null
            union all
            select m.id, m.case_id, null, false, m.sent_at
              from message m
             where m.municipality_id = current_municipality() and m.id = wanted) i
      join assistance_case c on (c.municipality_id, c.id) = (current_municipality(), i.case_id)
     where i.case_id in (select h from hidden_cases() h)
       and exists (select from staff f where f.municipality_id = current_municipality() and f.id = of_staff and f.has_clearance);
    perform see_as(before);
end
$$;

-- Opens the closed case of a renewal or message to a member of staff with clearance until a time. Tells whether it is a message; nothing
-- when they may not. What is told of it has then been noticed; what else waits in the case still waits.
create function open_protected(of_staff uuid, wanted uuid, reading uuid, reason bytea, at timestamptz, until timestamptz)
    returns boolean
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    of_case uuid;
    is_message boolean;
begin
    select i.case_id, i.norm_month is null into of_case, is_message from protected_about(of_staff, wanted) i;
    if of_case is not null then
        insert into protected_reading (municipality_id, id, case_id, staff_id, reason_sealed, opened_at, closes_at)
        values (current_municipality(), reading, of_case, of_staff, reason, at, until);
        update notice n set read_at = at
         where n.municipality_id = current_municipality() and wanted in (n.renewal_id, n.message_id) and n.read_at is null;
    end if;
    perform see_as(before);
    return is_message;
end
$$;

-- Who has opened what, for a supervisor; which case and why, only with clearance.
create function protected_readings(of_staff uuid, at_most integer)
    returns table (reading uuid, reader text, is_own boolean, case_number text, reason_sealed bytea, opened_at timestamptz, is_seen boolean)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    return query
        select g.id, r.name, g.staff_id = f.id, case when f.has_clearance then c.number end, case when f.has_clearance then g.reason_sealed end,
               g.opened_at, g.seen_at is not null
          from staff f
          join protected_reading g on g.municipality_id = f.municipality_id
          join staff r on (r.municipality_id, r.id) = (g.municipality_id, g.staff_id)
          join assistance_case c on (c.municipality_id, c.id) = (g.municipality_id, g.case_id)
         where f.municipality_id = current_municipality() and f.id = of_staff and f.supervises
         order by g.opened_at desc, g.id desc
         limit at_most;
    perform see_as(before);
end
$$;

-- A supervisor has seen these readings. Nobody reviews their own.
create function see_protected_readings(of_staff uuid, readings uuid[], now timestamptz) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    update protected_reading g
       set seen_at = now, seen_by = of_staff
     where g.municipality_id = current_municipality() and g.id = any (readings) and g.seen_at is null and g.staff_id <> of_staff
       and exists (select from staff f where f.municipality_id = current_municipality() and f.id = of_staff and f.supervises);
    perform see_as(before);
end
$$;

-- How many renewals wait in the closed cases of a municipality, and since when: an alert goes by it. It tells nothing of whom.
create function protected_waiting(of_municipality uuid, out waiting bigint, out oldest timestamptz)
    language plpgsql stable security definer
    set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    select count(*), min(r.submitted_at) into waiting, oldest
      from hidden_cases() h
      join renewal r on (r.municipality_id, r.case_id) = (of_municipality, h)
     where r.state in ('submitted', 'under-review', 'completion-requested');
    perform see_as(before);
end
$$;

-- Functions that look past what their caller may see run as fornya_tenant, and so must belong to it, which in turn takes the right to make
-- things in the schema for the moment. A migration that makes such functions calls this at its end.
create procedure hand_to_tenant()
    language plpgsql as $$
declare
    made regprocedure;
begin
    grant create on schema public to fornya_tenant;
    for made in select oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace and prosecdef loop
        execute format('revoke execute on function %s from public', made);
        execute format('grant execute on function %s to fornya_system, fornya_tenant', made);
        execute format('alter function %s owner to fornya_tenant', made);
    end loop;
    revoke create on schema public from fornya_tenant;
end
$$;
call hand_to_tenant();
