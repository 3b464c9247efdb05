-- Who may decide what, and what takes two.

-- The member of staff for whom the transaction stands, where there is one.
create function acting_staff() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('fornya.staff', true), '')::uuid;

-- What the board has delegated to an official: an outcome, and up to which amount. It is ended, never changed.
create table delegation (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    staff_id uuid not null,
    outcome text not null check (outcome in ('granted', 'partly-granted', 'rejected', 'dismissed')),
    -- Zero for outcomes that grant nothing.
    up_to_ore bigint not null check (up_to_ore >= 0),
    added_by uuid not null,
    added_at timestamptz not null,
    ended_by uuid,
    ended_at timestamptz,
    primary key (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id),
    foreign key (municipality_id, added_by) references staff (municipality_id, id),
    foreign key (municipality_id, ended_by) references staff (municipality_id, id),
    check ((outcome in ('granted', 'partly-granted')) = (up_to_ore > 0)),
    check ((ended_at is null) = (ended_by is null))
);
call protect_tenant_table('delegation');
create unique index on delegation (municipality_id, staff_id, outcome) where ended_at is null;
grant select, insert on delegation to fornya_tenant;
grant update (ended_by, ended_at) on delegation to fornya_tenant;
-- Nobody gives themselves the right to decide.
create policy not_oneself on delegation as restrictive for insert to fornya_tenant with check (added_by <> staff_id);

-- Up to where one official decides alone. What counts is the last that was said; nothing said is zero.
create table decision_rule (
    municipality_id uuid not null references municipality (id),
    version integer not null check (version >= 1),
    -- What a decision grants.
    amount_ore bigint not null check (amount_ore >= 0),
    -- What lines that are set by hand change together.
    by_hand_ore bigint not null check (by_hand_ore >= 0),
    added_by uuid not null,
    added_at timestamptz not null,
    primary key (municipality_id, version),
    foreign key (municipality_id, added_by) references staff (municipality_id, id)
);
call protect_tenant_table('decision_rule');
grant select, insert on decision_rule to fornya_tenant;

-- A decision that an official has proposed, and another is to make. It stands for one content: what is changed is proposed anew.
create table decision_proposal (
    municipality_id uuid not null,
    renewal_id uuid not null,
    proposed_by uuid not null,
    proposed_at timestamptz not null,
    -- Keyed digest of all that would be decided: outcome, reasons, words, lines, sums and payee.
    content_index bytea not null,
    -- Why it takes two, by code.
    takes_two text[] not null check (takes_two <> '{}'),
    -- Who has handed it back, and what is to be changed. Then nothing is proposed until it is proposed again.
    returned_by uuid,
    returned_at timestamptz,
    returned_sealed bytea,
    primary key (municipality_id, renewal_id),
    -- It proposes what is typed there, and ends with it.
    foreign key (municipality_id, renewal_id) references decision_draft (municipality_id, renewal_id) on delete cascade,
    foreign key (municipality_id, proposed_by) references staff (municipality_id, id),
    foreign key (municipality_id, returned_by) references staff (municipality_id, id),
    check (returned_by <> proposed_by),
    check ((returned_by is null) = (returned_at is null) and (returned_by is null) = (returned_sealed is null))
);
call protect_tenant_table('decision_proposal');
call known_by_row('decision_proposal', 'renewal_id', 'renewal');
grant select, insert, delete on decision_proposal to fornya_tenant;
grant update (returned_by, returned_at, returned_sealed) on decision_proposal to fornya_tenant;
create policy by_oneself on decision_proposal as restrictive for insert to fornya_tenant with check (proposed_by = acting_staff());

alter table decision
    -- Who presented the case (föredragande), where another decided.
    add column presented_by uuid,
    -- Why it took two, by code.
    add column takes_two text[] not null default '{}',
    add foreign key (municipality_id, presented_by) references staff (municipality_id, id),
    add check (presented_by <> decided_by),
    add check (takes_two = '{}' or presented_by is not null);

-- Nobody decides in another's name, beyond what is delegated to them, or alone what takes two.
create policy within_authority on decision as restrictive for insert to fornya_tenant with check (
    decided_by = acting_staff()
    and exists (
        select from delegation g
         where g.municipality_id = decision.municipality_id and g.staff_id = decision.decided_by and g.outcome = decision.outcome
           and g.up_to_ore >= decision.granted_ore and g.ended_at is null)
    and case
            when presented_by is null then
                granted_ore <= coalesce(
                    (select u.amount_ore from decision_rule u
                      where u.municipality_id = decision.municipality_id
                      order by u.version desc limit 1), 0)
            else exists (
                select from decision_proposal p
                 where p.municipality_id = decision.municipality_id and p.renewal_id = decision.renewal_id
                   and p.proposed_by = decision.presented_by and p.returned_at is null)
        end);

alter table notice drop constraint notice_kind_check;
alter table notice add check (
    kind in ('renewal-arrived', 'co-signed', 'co-signature-declined', 'message', 'decision-proposed', 'proposal-returned'));

-- An official who has left: no session of theirs lives, and none begins.
alter table staff
    add column ended_by uuid,
    add column ended_at timestamptz,
    add foreign key (municipality_id, ended_by) references staff (municipality_id, id),
    add check ((ended_at is null) = (ended_by is null)),
    add check (ended_by <> id);
grant update (ended_by, ended_at) on staff to fornya_tenant;
create policy of_who_is_there on session as restrictive for insert to fornya_tenant with check (
    staff_id is null
    or exists (
        select from staff f
         where f.municipality_id = session.municipality_id and f.id = session.staff_id and f.ended_at is null));

create or replace function live_session(
    of_municipality uuid, token bytea, of_staff boolean, seen_after timestamptz, begun_after timestamptz)
    returns setof session
    language sql stable
begin atomic
    select s.*
      from session s
     where s.municipality_id = of_municipality and s.token_hash = token and (s.staff_id is not null) = of_staff
       and s.seen_at >= seen_after and s.begun_at >= begun_after
       and (s.staff_id is null
            or exists (select from staff f where f.municipality_id = of_municipality and f.id = s.staff_id and f.ended_at is null));
end;

-- Who stands for whom, as before; and which member of staff it is.
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
    perform set_config('fornya.reach', 'staff', true);
    return closed is not null and not is_opened;
end
$$;

create or replace function stand_for(of_municipality uuid, kind text, actor uuid) returns void
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    perform set_config('fornya.staff', case when kind in ('caseworker', 'admin') then actor::text else '' end, true);
    case kind
        when 'citizen' then perform reach_as_citizen(actor);
        when 'caseworker' then perform reach_as_staff(actor, null, null);
        when 'system' then perform set_config('fornya.reach', 'service', true);
        else perform set_config('fornya.reach', 'none', true);
    end case;
end
$$;

create or replace function open_staff_session(
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

-- A case gets somebody who answers for it, another, or nobody.
grant update (responsible_id) on assistance_case to fornya_tenant;
call hand_to_tenant();
