-- Who is in a household from when to when, and what of a case each of its adults may see: what they were to sign themselves. Who has left a
-- case, or whose case is closed, reads what they had.

alter table household_member no force row level security;
alter table assistance_case no force row level security;
alter table household_member
    add column joined_on date,
    -- The first day on which they are in it no more.
    add column left_on date;
update household_member m
   set joined_on = c.opened_on
  from assistance_case c
 where (c.municipality_id, c.id) = (m.municipality_id, m.case_id);
alter table assistance_case force row level security;
alter table household_member force row level security;
alter table household_member
    alter column joined_on set not null,
    add check (left_on >= joined_on),
    drop constraint household_member_municipality_id_case_id_position_key;
drop index household_member_municipality_id_case_id_signs_as_idx;
create unique index on household_member (municipality_id, case_id, position) where left_on is null;
create unique index on household_member (municipality_id, case_id, signs_as) where signs_as is not null and left_on is null;

-- How far a transaction sees, as far as cases go. A function that looks past it (`see_all`) sees as the service does.
create or replace function reach() returns text
    language sql stable parallel safe
    return case current_setting('fornya.reach', true) when 'all' then 'service' when '' then null else current_setting('fornya.reach', true) end;

-- Whether those who have left a household are seen in it.
create function sees_past() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('fornya.reach', true) = 'all', false);

create or replace function see_all() returns text
    language plpgsql as $$
declare
    before text := coalesce(current_setting('fornya.reach', true), '');
begin
    perform set_config('fornya.reach', 'all', true);
    return before;
end
$$;

-- A household is those who are in it now.
create policy now_in_it on household_member as restrictive to fornya_tenant using (left_on is null or (select sees_past()));

-- The person for whom the transaction stands.
create function acting_person() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('fornya.person', true), '')::uuid;

-- The renewals that a citizen was to sign; of a case that they have left, those that were not waiting for them when they left.
create function own_renewals() returns uuid[]
    language sql stable parallel safe
    return coalesce(nullif(current_setting('fornya.renewals', true), ''), '{}')::uuid[];

-- Of these cases those that nobody with protected identity is or has been in.
create function not_hidden(cases uuid[]) returns uuid[]
    language sql stable
begin atomic
    select coalesce(array_agg(c), '{}')
      from unnest(cases) c
     where not exists (
           select from people_of(c) i
             join person p on p.municipality_id = current_municipality() and p.id = i
            where p.protection <> 'none');
end;

-- The cases of somebody who signs: those that go on; those that are closed, and those that they have left, which they read and do nothing in.
-- One that somebody with protected identity is or has been in is not read. Sees past those who are in it now.
create function cases_of_signer(of_person uuid, out ongoing uuid[], out closed uuid[], out left_by uuid[])
    language plpgsql stable as $$
begin
    select coalesce(array_agg(m.case_id) filter (where m.left_on is null and c.closed_on is null), '{}'),
           coalesce(array_agg(m.case_id) filter (where m.left_on is null and c.closed_on is not null), '{}'),
           coalesce(array_agg(m.case_id) filter (where m.left_on is not null), '{}')
      into ongoing, closed, left_by
      from household_member m
      join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
     where m.municipality_id = current_municipality() and m.person_id = of_person and m.signs_as is not null;
    if closed <> '{}' then
        closed := not_hidden(closed);
    end if;
    if left_by <> '{}' then
        left_by := not_hidden(left_by);
    end if;
end
$$;

-- Those of the citizen that they read and do nothing in.
create function past_cases() returns uuid[]
    language sql stable parallel safe
    return coalesce(nullif(current_setting('fornya.past', true), ''), '{}')::uuid[];

create or replace function reach_as_citizen(of_person uuid) returns void
    language plpgsql as $$
declare
    found record;
begin
    perform set_config('fornya.person', of_person::text, true);
    perform set_config('fornya.people', '', true);
    perform set_config('fornya.reach', 'all', true);
    select * into found from cases_of_signer(of_person);
    perform set_config('fornya.cases', (found.ongoing || found.closed)::text, true);
    perform set_config('fornya.past', (found.closed || found.left_by)::text, true);
    perform set_config(
        'fornya.renewals',
        (select coalesce(array_agg(g.renewal_id), '{}')::text
           from signer g
           join renewal r on (r.municipality_id, r.id) = (g.municipality_id, g.renewal_id)
          where g.municipality_id = current_municipality() and g.person_id = of_person
            and (r.case_id = any (found.ongoing || found.closed) or g.state <> 'left' and r.case_id = any (found.left_by))),
        true);
    perform set_config('fornya.reach', 'citizen', true);
end
$$;

create or replace function stand_for(of_municipality uuid, kind text, actor uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    perform set_config('fornya.staff', case when kind in ('caseworker', 'admin') then actor::text else '' end, true);
    perform set_config('fornya.person', '', true);
    case kind
        when 'citizen' then perform reach_as_citizen(actor);
        when 'caseworker' then perform reach_as_staff(actor, null, null);
        when 'system' then perform set_config('fornya.reach', 'service', true);
        else perform set_config('fornya.reach', 'none', true);
    end case;
end
$$;

-- What is begun in one's case is seen by both adults; what was sent, by whom it was to be signed. So nobody reads the years that another had
-- with somebody else.
drop policy known_case on renewal;
create policy known_case on renewal as restrictive to fornya_tenant using (
    case (select reach())
        when 'service' then true
        when 'citizen' then id = any ((select own_renewals())::uuid[])
                         or case_id = any ((select own_cases())::uuid[]) and (state = 'draft' or withdrawn_by = (select acting_person()))
        when 'staff' then case_id <> all ((select closed_cases())::uuid[])
        else false
    end);

-- Found by what they signed, no more by their case.
drop index payout_municipality_id_case_id_pay_date_idx;
create index on payout (municipality_id, decision_id);
drop policy known_case on payout;
call known_by_row('payout', 'decision_id', 'decision');

-- What one adult has written is their own.
drop policy known_case on message;
create policy known_case on message as restrictive to fornya_tenant using (
    case (select reach())
        when 'service' then true
        when 'citizen' then person_id = (select acting_person())
        when 'staff' then case_id <> all ((select closed_cases())::uuid[])
        else false
    end);
create policy in_ones_case on message as restrictive for insert to fornya_tenant with check (
    (select reach()) <> 'citizen' or case_id = any ((select own_cases())::uuid[]));

-- Who has opened a case, and what for, is read by who was in it then.
create policy since_they_joined on case_opening as restrictive for select to fornya_tenant using (
    (select reach()) <> 'citizen'
    or exists (
        select from household_member m
         where m.municipality_id = case_opening.municipality_id and m.case_id = case_opening.case_id and m.person_id = (select acting_person())
           and m.joined_on <= case_opening.day));
create policy since_they_joined on case_purpose as restrictive for select to fornya_tenant using (
    (select reach()) <> 'citizen'
    or exists (
        select from household_member m
         where m.municipality_id = case_purpose.municipality_id and m.case_id = case_purpose.case_id and m.person_id = (select acting_person())
           and m.joined_on <= (case_purpose.stated_at at time zone 'Europe/Stockholm')::date));

-- Whom a citizen may know of: themselves, who is in their household now, and with whom they were to sign. Kept in `fornya.people` to the end
-- of the transaction, or until it stands for somebody else.
create or replace function people_of_own_cases() returns uuid[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    kept text := nullif(current_setting('fornya.people', true), '');
    before text;
    found uuid[];
begin
    if kept is not null then
        return kept::uuid[];
    end if;
    before := see_all();
    found := (
        select coalesce(array_agg(distinct i.person_id), '{}')
          from (select acting_person() as person_id
                union all
                select m.person_id
                  from unnest(own_cases()) c
                  join household_member m on m.municipality_id = current_municipality() and m.case_id = c
                 where m.left_on is null
                union all
                select g.person_id
                  from unnest(own_renewals()) r
                  join signer g on g.municipality_id = current_municipality() and g.renewal_id = r) i
         where i.person_id is not null);
    perform see_as(before);
    perform set_config('fornya.people', found::text, true);
    return found;
end
$$;

-- Nobody in a household with a protected member is served: neither a receipt nor a letter may tell where anybody is, and what is written here
-- must not be lost.
create function is_barred(of_person uuid) returns boolean
    language sql stable
begin atomic
    select exists (
        select from household_member o
          join assistance_case c on (c.municipality_id, c.id) = (o.municipality_id, o.case_id) and c.closed_on is null
          join household_member h on (h.municipality_id, h.case_id) = (o.municipality_id, o.case_id)
          join person p on (p.municipality_id, p.id) = (h.municipality_id, h.person_id)
         where o.municipality_id = current_municipality() and o.person_id = of_person and o.left_on is null and h.left_on is null
           and p.protection <> 'none');
end;

-- Whom this service serves: the ongoing case in which they sign.
create or replace function served_case(of_person uuid) returns table (case_id uuid, signs_as text)
    language sql stable
begin atomic
    select m.case_id, m.signs_as
      from household_member m
      join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
     where m.municipality_id = current_municipality() and m.person_id = of_person and m.signs_as is not null and m.left_on is null
       and c.closed_on is null and not is_barred(of_person)
     order by c.opened_on desc
     limit 1;
end;

-- Whose number this is, and whether they may come in: to a case that goes on, or to read what they had. A visitor who has shown an eID asks.
drop function citizen_of(bytea);
create function citizen_of(index bytea) returns table (person_id uuid, may_enter boolean)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    return query
        select p.id, not is_barred(p.id) and exists (select from cases_of_signer(p.id) c where c.ongoing || c.closed || c.left_by <> '{}')
          from person p
         where p.municipality_id = current_municipality() and p.number_index = index;
    perform see_as(before);
end
$$;

-- The number of a case that the citizen is in, or in which they were to sign what they may read.
create function number_of_case(of_case uuid) returns text
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
    found text;
begin
    select c.number into found
      from assistance_case c
     where c.municipality_id = current_municipality() and c.id = of_case
       and (c.id = any (own_cases())
            or exists (
               select from renewal r
                where r.municipality_id = c.municipality_id and r.case_id = c.id and r.id = any (own_renewals())));
    perform see_as(before);
    return found;
end
$$;

-- The cases that somebody whose identity is protected, or may be, is or has been in: whoever asks, those who have left are seen.
create or replace function hidden_cases() returns setof uuid
    language plpgsql stable as $$
declare
    before text := see_all();
begin
    return query
        select distinct c
          from person p
         cross join lateral cases_of(p.id) c
         where p.municipality_id = current_municipality() and p.protection <> 'none';
    perform see_as(before);
end
$$;

-- A session that lives but whose person is not served any more has no case. Who reads what they had has none either, and may stay.
drop function open_citizen_session(uuid, bytea, timestamptz, timestamptz, timestamptz, timestamptz);
create function open_citizen_session(
    of_municipality uuid, token bytea, now timestamptz, seen_after timestamptz, begun_after timestamptz, note_before timestamptz)
    returns table (person_id uuid, name_sealed bytea, case_id uuid, signs_as text, is_barred boolean, seen_at timestamptz, begun_at timestamptz)
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    found session%rowtype;
    who record;
    nothing_here boolean := false;
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    perform set_config('fornya.reach', 'all', true);
    select * into found from live_session(of_municipality, token, false, seen_after, begun_after);
    if found.token_hash is null then
        return;
    end if;
    if found.seen_at < note_before then
        update session s set seen_at = now where s.municipality_id = of_municipality and s.token_hash = token;
        found.seen_at := now;
    end if;
    -- Each request asks anew whether this person is served.
    select p.name_sealed, c.case_id, c.signs_as into who
      from person p
      left join lateral served_case(p.id) c on true
     where p.municipality_id = of_municipality and p.id = found.person_id;
    perform reach_as_citizen(found.person_id);
    if who.case_id is null then
        perform see_all();
        nothing_here := past_cases() = '{}' or is_barred(found.person_id);
        perform see_as('citizen');
    end if;
    return query
        select found.person_id, who.name_sealed, who.case_id, who.signs_as, nothing_here, found.seen_at, found.begun_at;
end
$$;

call hand_to_tenant();
