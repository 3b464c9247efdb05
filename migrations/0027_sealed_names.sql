-- What a dump without keys must not tell is sealed: what people are called, what the calculation must know of them, why something was decided,
-- what a message is about.
--
-- Beside each plain column comes a sealed one, and a row has one of the two. What was written before is sealed by `server migrate` after its
-- migrations, since that takes the key; the plain column is empty from then on, and goes in a later migration.

alter table person
    drop constraint person_name_check,
    alter column given_name drop not null,
    alter column family_name drop not null,
    -- Given and family name. Neither is ever looked for.
    add column name_sealed bytea,
    add constraint person_name_check check (
        num_nonnulls(given_name, name_sealed) = 1 and num_nonnulls(family_name, name_sealed) = 1);

alter table household_member
    alter column particulars drop not null,
    add column particulars_sealed bytea,
    add constraint household_member_particulars_check check (num_nonnulls(particulars, particulars_sealed) = 1);

alter table decision
    alter column reasons drop not null,
    add column reasons_sealed bytea,
    add constraint decision_reasons_check check (num_nonnulls(reasons, reasons_sealed) = 1);

alter table message
    alter column subject drop not null,
    add column subject_sealed bytea,
    add constraint message_subject_once_check check (num_nonnulls(subject, subject_sealed) = 1);

drop function full_name(text, text);

drop function open_citizen_session(uuid, bytea, timestamptz, timestamptz, timestamptz, timestamptz);
create function open_citizen_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz)
    returns table (person_id uuid, name_sealed bytea, case_id uuid, signs_as text, seen_at timestamptz, begun_at timestamptz)
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
        select p.id, p.name_sealed, c.case_id, c.signs_as, found.seen_at, found.begun_at
          from person p
          left join lateral served_case(p.id) c on true
         where p.municipality_id = of_municipality and p.id = found.person_id;
    perform reach_as_citizen(found.person_id);
end
$$;

-- Tells supervisors of what is unusual about an opening that has just been written. Whether somebody of the official's own name is in the case
-- is known to the service alone, which can read names.
create or replace function note_unusual(of_staff uuid, of_case uuid, as_what text, at timestamptz) returns void
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
                       and o.day = (at at time zone 'Europe/Stockholm')::date) > 40) k
    on conflict do nothing;
end;

-- Opens the case of a renewal or message to an official, and writes that they have; tells whether they must say why first, and which case is
-- opened to them for the first time this day, as what it is now. What they may not know of is not found.
drop function open_case(uuid, uuid, timestamptz, timestamptz);
create function open_case(
    of_staff uuid, about uuid, open_after timestamptz, at timestamptz, out needs_purpose boolean, out newly_opened uuid)
    language plpgsql as $$
declare
    of_case uuid;
    found_ground record;
begin
    needs_purpose := false;
    select i.case_id into of_case
      from (select r.case_id from renewal r where r.municipality_id = current_municipality() and r.id = about and r.submitted_at is not null
            union all
            select m.case_id from message m where m.municipality_id = current_municipality() and m.id = about) i;
    -- A closed case has a reading of its own.
    if of_case is null or of_case = opened_case() then
        return;
    end if;
    select * into found_ground from ground_to_open(of_staff, of_case, (at at time zone 'Europe/Stockholm')::date, open_after);
    if found_ground.ground is null then
        needs_purpose := true;
        return;
    end if;
    insert into case_opening (municipality_id, case_id, staff_id, day, ground, purpose_id, opened_at)
    values (current_municipality(), of_case, of_staff, (at at time zone 'Europe/Stockholm')::date, found_ground.ground, found_ground.purpose, at)
    on conflict do nothing;
    if found then
        newly_opened := of_case;
    end if;
    if found or extract(hour from at at time zone 'Europe/Stockholm') not between 6 and 21 then
        perform note_unusual(of_staff, of_case, found_ground.ground, at);
    end if;
end
$$;

-- With what the household of a case is called that is opened for the first time this day.
drop function open_staff_session(uuid, bytea, timestamptz, timestamptz, timestamptz, timestamptz, uuid, timestamptz, timestamptz);
create function open_staff_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz, about uuid,
    open_after timestamptz, at timestamptz)
    returns table (staff_id uuid, name text, role text, has_clearance boolean, supervises boolean, needs_reason boolean, needs_purpose boolean, unread bigint,
                   unseen_readings bigint, seen_at timestamptz, begun_at timestamptz, newly_opened uuid, household uuid[], household_names bytea[])
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    found session%rowtype;
    who staff%rowtype;
    is_to_give_reason boolean := false;
    opening record;
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
    select false as needs_purpose, null::uuid as newly_opened into opening;
    if who.role = 'caseworker' then
        is_to_give_reason := reach_as_staff(found.staff_id, about, open_after);
        if about is not null and not is_to_give_reason then
            select * into opening from open_case(found.staff_id, about, open_after, at);
        end if;
    else
        perform set_config('fornya.reach', 'none', true);
    end if;
    if opening.newly_opened is not null then
        select array_agg(p.id), array_agg(p.name_sealed) into household, household_names
          from household_member m
          join person p on (p.municipality_id, p.id) = (m.municipality_id, m.person_id)
         where m.municipality_id = of_municipality and m.case_id = opening.newly_opened and p.name_sealed is not null;
    end if;
    return query
        select who.id, who.name, who.role, who.has_clearance, who.supervises, is_to_give_reason, opening.needs_purpose,
               (select count(*)
                  from notice n
                 where n.municipality_id = of_municipality and n.read_at is null
                   and (n.staff_id = who.id or n.staff_id is null)),
               unseen, found.seen_at, found.begun_at, opening.newly_opened, coalesce(household, '{}'), coalesce(household_names, '{}');
end
$$;

call sealed_anew('person', 'name');
call sealed_anew('household_member', 'particulars');
call sealed_anew('decision', 'reasons');
call sealed_anew('message', 'subject');
call hand_to_tenant();
