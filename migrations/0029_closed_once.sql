-- What is closed is worked out from the few people who are protected, and once a transaction: not from all that a municipality has in a year, and
-- not for each statement.

-- The cases that somebody is or has been in, and the people of a case. `offset 0` keeps the question by itself, so that it is answered from the
-- indexes for each who is asked about, and not by putting all together first.
create function cases_of(of_person uuid) returns setof uuid
    language sql stable
begin atomic
    select c.case_id from people_of_cases() c where c.person_id = of_person offset 0;
end;

create function people_of(of_case uuid) returns setof uuid
    language sql stable
begin atomic
    select c.person_id from people_of_cases() c where c.case_id = of_case offset 0;
end;

create or replace function hidden_cases() returns setof uuid
    language sql stable
begin atomic
    select distinct c
      from person p
     cross join lateral cases_of(p.id) c
     where p.municipality_id = current_municipality() and p.protection <> 'none';
end;

create or replace function related_cases(of_staff uuid) returns setof uuid
    language sql stable
begin atomic
    select distinct c
      from (select f.number_index
              from staff f
             where f.municipality_id = current_municipality() and f.id = of_staff and f.number_index is not null
            union all
            select x.number_index
              from staff_relation x
             where x.municipality_id = current_municipality() and x.staff_id = of_staff and x.kind = 'relative' and x.ended_at is null) n
      join person p on p.municipality_id = current_municipality() and p.number_index = n.number_index
     cross join lateral cases_of(p.id) c;
end;

create or replace function is_acquainted(of_staff uuid, of_case uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found boolean;
begin
    found := exists (
        select from staff_relation x
          join person p on p.municipality_id = x.municipality_id and p.number_index = x.number_index
         cross join lateral cases_of(p.id) c
         where x.municipality_id = current_municipality() and x.staff_id = of_staff and c = of_case);
    perform see_as(before);
    return found;
end
$$;

-- Kept in `fornya.closed` to the end of the transaction, or until it stands for somebody else.
create or replace function closed_cases() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    kept text := nullif(current_setting('fornya.closed', true), '');
    before text;
    found uuid[];
begin
    if kept is not null then
        return kept::uuid[];
    end if;
    before := see_all();
    found := (select coalesce(array_agg(s), '{}') from shut_cases() s);
    perform see_as(before);
    perform set_config('fornya.closed', found::text, true);
    return found;
end
$$;

create or replace function closed_people() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    kept text := nullif(current_setting('fornya.closed_people', true), '');
    closed uuid[];
    before text;
    found uuid[];
begin
    if kept is not null then
        return kept::uuid[];
    end if;
    closed := closed_cases();
    before := see_all();
    found := (
        with involved as (
                 select i from unnest(closed) c cross join lateral people_of(c) i
                  union
                 select p.id from person p where p.municipality_id = current_municipality() and p.protection <> 'none')
        select coalesce(array_agg(i), '{}')
          from involved
         where not exists (select from cases_of(i) c where c <> all (closed)));
    perform see_as(before);
    perform set_config('fornya.closed_people', found::text, true);
    return found;
end
$$;

create or replace function people_of_own_cases() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found uuid[];
begin
    found := (select coalesce(array_agg(distinct i), '{}') from unnest(own_cases()) c cross join lateral people_of(c) i);
    perform see_as(before);
    return found;
end
$$;

create or replace function reach_as_staff(of_staff uuid, about uuid, open_after timestamptz) returns boolean
    language plpgsql as $$
declare
    closed uuid;
    is_opened boolean;
begin
    perform set_config('fornya.staff', of_staff::text, true);
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
    perform set_config('fornya.closed', '', true);
    perform set_config('fornya.closed_people', '', true);
    perform set_config('fornya.reach', 'staff', true);
    return closed is not null and not is_opened;
end
$$;

call hand_to_tenant();
