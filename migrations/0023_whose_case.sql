-- Nobody handles their own case or that of somebody close to them (jäv). Staff and those whom they are close to are known by a sealed number;
-- a case is found by the same keyed digest that people are found by.

alter table staff
    -- Their own number.
    add column number_sealed bytea,
    add column number_index bytea,
    add check ((number_sealed is null) = (number_index is null));
-- Of those who are there, nobody is two.
create unique index on staff (municipality_id, number_index) where ended_at is null;
grant update (number_sealed, number_index) on staff to fornya_tenant;

-- Somebody whom an official has told that they are close to.
create table staff_relation (
    municipality_id uuid not null,
    id uuid not null,
    staff_id uuid not null,
    -- With a relative's case they have nothing to do; in that of somebody whom they know, two decide.
    kind text not null check (kind in ('relative', 'acquaintance')),
    number_sealed bytea not null,
    number_index bytea not null,
    added_at timestamptz not null,
    -- When they said that it is so no longer.
    ended_at timestamptz,
    primary key (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id)
);
call protect_tenant_table('staff_relation');
create unique index on staff_relation (municipality_id, staff_id, number_index) where ended_at is null;
grant select, insert on staff_relation to fornya_tenant;
grant update (kind, ended_at) on staff_relation to fornya_tenant;
-- Whom somebody is close to is their own matter.
create policy ones_own on staff_relation as restrictive to fornya_tenant using ((select reach()) = 'service' or staff_id = (select acting_staff()));

-- The cases that an official has nothing to do with: they, or a relative, are or have been in them.
create function related_cases(of_staff uuid) returns setof uuid
    language sql stable
begin atomic
    select distinct c.case_id
      from (select f.number_index
              from staff f
             where f.municipality_id = current_municipality() and f.id = of_staff and f.number_index is not null
            union all
            select x.number_index
              from staff_relation x
             where x.municipality_id = current_municipality() and x.staff_id = of_staff and x.kind = 'relative' and x.ended_at is null) n
      join person p on p.municipality_id = current_municipality() and p.number_index = n.number_index
      join people_of_cases() c on c.person_id = p.id;
end;

-- Whether an official knows somebody who is or has been in a case, or has said that they do.
create function is_acquainted(of_staff uuid, of_case uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found boolean;
begin
    found := exists (
        select from staff_relation x
          join person p on p.municipality_id = x.municipality_id and p.number_index = x.number_index
          join people_of_cases() c on c.person_id = p.id
         where x.municipality_id = current_municipality() and x.staff_id = of_staff and c.case_id = of_case);
    perform see_as(before);
    return found;
end
$$;

-- The cases that are shut to the official for whom the transaction stands.
create function shut_cases() returns setof uuid
    language sql stable
begin atomic
    select h from hidden_cases() h where h is distinct from opened_case()
     union
    select r from related_cases(acting_staff()) r;
end;

create or replace function closed_cases() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found uuid[];
begin
    found := (
        select coalesce(array_agg(s), '{}') from shut_cases() s);
    perform see_as(before);
    return found;
end
$$;

create or replace function closed_people() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found uuid[];
begin
    found := (
        with closed as (select s as h from shut_cases() s),
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

create or replace function protected_inbox(of_staff uuid, decided_after timestamptz)
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
           and i.case_id not in (select related_cases(of_staff))
         order by i.is_decided, i.arrived_at, i.about;
    perform see_as(before);
end
$$;

create or replace function protected_about(of_staff uuid, wanted uuid)
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
       and exists (select from staff f where f.municipality_id = current_municipality() and f.id = of_staff and f.has_clearance)
       and i.case_id not in (select related_cases(of_staff));
    perform see_as(before);
end
$$;

-- Whether an official may answer for a case: it is neither theirs by a relation nor closed to them.
create function may_answer_for(of_staff uuid, of_case uuid) returns boolean
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    may boolean;
begin
    may := exists (
        select from staff f
         where f.municipality_id = current_municipality() and f.id = of_staff and f.role = 'caseworker' and f.ended_at is null
           and of_case not in (select related_cases(of_staff))
           and (f.has_clearance or of_case not in (select hidden_cases())));
    perform see_as(before);
    return may;
end
$$;

-- The cases that an official comes to have nothing to do with are nobody's, and what they were told of them is told to all.
create function let_go_of_related(of_staff uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    update notice n set staff_id = null
     where n.municipality_id = current_municipality() and n.staff_id = of_staff and n.read_at is null
       and n.kind in ('renewal-arrived', 'co-signed', 'co-signature-declined', 'message')
       and n.case_id in (select related_cases(of_staff));
    update assistance_case c set responsible_id = null
     where c.municipality_id = current_municipality() and c.responsible_id = of_staff and c.id in (select related_cases(of_staff));
    perform see_as(before);
end
$$;

create or replace function protected_readings(of_staff uuid, at_most integer)
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
           and g.case_id not in (select related_cases(f.id))
         order by g.seen_at is not null, g.opened_at desc, g.id desc
         limit at_most;
    perform see_as(before);
end
$$;

create or replace function see_protected_readings(of_staff uuid, readings uuid[], now timestamptz) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    update protected_reading g
       set seen_at = now, seen_by = of_staff
     where g.municipality_id = current_municipality() and g.id = any (readings) and g.seen_at is null and g.staff_id <> of_staff
       and g.case_id not in (select related_cases(of_staff))
       and exists (select from staff f where f.municipality_id = current_municipality() and f.id = of_staff and f.supervises);
    perform see_as(before);
end
$$;

-- Whoever presents a case is there, and has no relation to anybody in it.
create policy presented_by_who_may on decision as restrictive for insert to fornya_tenant with check (
    presented_by is null
    or may_answer_for(presented_by, (select r.case_id from renewal r where r.municipality_id = decision.municipality_id and r.id = decision.renewal_id)));

-- In the case of somebody whom they know, nobody decides alone.
create policy not_alone_for_acquaintances on decision as restrictive for insert to fornya_tenant with check (
    presented_by is not null
    or not is_acquainted(decided_by, (select r.case_id from renewal r where r.municipality_id = decision.municipality_id and r.id = decision.renewal_id)));

call hand_to_tenant();
