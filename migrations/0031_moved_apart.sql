-- Two adults of a case have moved apart, as one of them says: from then on neither sees anything new of the other.

-- The other adult's part in the case ends at once. A caseworker puts them back where it was wrong.
create table separation (
    municipality_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    said_by uuid not null,
    -- Who is in the case no more: the case is the applicant's.
    left_by uuid not null,
    -- How the caseworkers were told.
    message_id uuid not null,
    said_at timestamptz not null,
    -- When the one who is in it no more said that it is wrong.
    disputed_at timestamptz,
    undone_at timestamptz,
    undone_by uuid,
    primary key (municipality_id, id),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, said_by) references person (municipality_id, id),
    foreign key (municipality_id, left_by) references person (municipality_id, id),
    foreign key (municipality_id, message_id) references message (municipality_id, id),
    foreign key (municipality_id, undone_by) references staff (municipality_id, id),
    check ((undone_at is null) = (undone_by is null))
);
call protect_tenant_table('separation');
grant select, insert on separation to fornya_tenant;
grant update (disputed_at, undone_at, undone_by) on separation to fornya_tenant;
create unique index on separation (municipality_id, case_id, left_by) where undone_at is null;
create index on separation (municipality_id, left_by);
create policy known_case on separation as restrictive to fornya_tenant using (
    case (select reach())
        when 'service' then true
        when 'citizen' then case_id = any ((select own_cases())::uuid[]) or left_by = (select acting_person())
        when 'staff' then case_id <> all ((select closed_cases())::uuid[])
        else false
    end);
create policy by_oneself on separation as restrictive for insert to fornya_tenant with check (said_by = acting_person());

-- Nobody waits for the signature of who is in the household no more.
alter table signer drop constraint signer_state_check;
alter table signer add constraint signer_state_check check (state in ('awaited', 'signed', 'declined', 'left'));

grant update (left_on) on household_member to fornya_tenant;

-- The co-applicant of a case is in it no more from this day on. Gives who it was; nothing where there is none, or where the case is not one's own.
create function leave_household(of_case uuid, day date) returns uuid
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := coalesce(current_setting('fornya.reach', true), '');
    who uuid;
begin
    if before <> 'citizen' or of_case <> all (own_cases()) then
        return null;
    end if;
    perform see_all();
    update household_member m
       set left_on = greatest(m.joined_on, day)
     where m.municipality_id = current_municipality() and m.case_id = of_case and m.signs_as = 'co-applicant' and m.left_on is null
    returning m.person_id into who;
    perform see_as(before);
    return who;
end
$$;

-- Who was in the household is so again, as if they had not left; not where somebody else stands in their place.
create function rejoin_household(of_case uuid, of_person uuid) returns boolean
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := coalesce(current_setting('fornya.reach', true), '');
    is_back boolean;
begin
    if before <> 'staff' or of_case = any (closed_cases()) then
        return false;
    end if;
    perform see_all();
    update household_member m
       set left_on = null
     where m.municipality_id = current_municipality() and m.case_id = of_case and m.person_id = of_person and m.left_on is not null
       and not exists (
           select from household_member o
            where (o.municipality_id, o.case_id) = (m.municipality_id, m.case_id) and o.left_on is null
              and (o.signs_as = m.signs_as or o.position = m.position));
    is_back := found;
    perform see_as(before);
    return is_back;
end
$$;

-- The one who is in the case no more says that it is wrong: written to the caseworkers, once. They see nothing of the case by that.
create function dispute_separation(of_separation uuid, message uuid, notice uuid, subject bytea, body bytea, at timestamptz) returns boolean
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    of_case uuid;
begin
    update separation s
       set disputed_at = at
     where s.municipality_id = current_municipality() and s.id = of_separation and s.left_by = acting_person()
       and s.disputed_at is null and s.undone_at is null
    returning s.case_id into of_case;
    if of_case is not null then
        insert into message (municipality_id, id, case_id, person_id, subject_sealed, body_sealed, sent_at)
        values (current_municipality(), message, of_case, acting_person(), subject, body, at);
        insert into notice (municipality_id, id, staff_id, kind, case_id, message_id, made_at)
        select c.municipality_id, notice, c.responsible_id, 'message', c.id, message, at
          from assistance_case c
         where c.municipality_id = current_municipality() and c.id = of_case;
    end if;
    perform see_as(before);
    return of_case is not null;
end
$$;

-- The cases that the citizen reads and does nothing in: when each was closed, or when they left it, and by whose word. The latest first.
create function ended_cases()
    returns table (number text, closed_on date, left_on date, separation_id uuid, is_own_word boolean, is_disputed boolean)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    return query
        select c.number, c.closed_on, m.left_on, s.id, s.said_by = acting_person(), s.disputed_at is not null
          from unnest(past_cases()) i
          join assistance_case c on (c.municipality_id, c.id) = (current_municipality(), i)
          left join household_member m
            on (m.municipality_id, m.case_id, m.person_id) = (c.municipality_id, c.id, acting_person())
          left join separation s
            on (s.municipality_id, s.case_id, s.left_by) = (c.municipality_id, c.id, acting_person()) and s.undone_at is null
         order by coalesce(m.left_on, c.closed_on) desc nulls last;
    perform see_as(before);
end
$$;

call hand_to_tenant();
