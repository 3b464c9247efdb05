-- What somebody shows beside what they state (underlag): a picture or a document, each sealed under a key of its own that stands sealed in
-- its row, so that a row that is removed takes what it opened with it, wherever that lies.
create table proof (
    municipality_id uuid not null,
    id uuid not null,
    renewal_id uuid not null,
    -- Who showed it.
    person_id uuid not null,
    -- What it is proof of.
    statement_id uuid not null,
    -- Its name, what it is kept as, its pages and digest, and the key of its content.
    facts_sealed bytea not null,
    -- What a scanner said. What waits for one is shown to nobody.
    scan text not null check (scan in ('none', 'waiting', 'clean', 'harmful')),
    received_at timestamptz not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, renewal_id, person_id) references signer (municipality_id, renewal_id, person_id)
);
call protect_tenant_table('proof');
grant select, insert, delete, update (renewal_id, scan) on proof to fornya_tenant;
create index on proof (municipality_id, renewal_id, person_id);
call sealed_anew('proof', 'facts');

-- Whoever showed it sees it. Staff do once it was signed, or came after that; the other adult never does.
create policy known_case on proof as restrictive to fornya_tenant using (
    case (select reach())
        when 'service' then true
        when 'citizen' then person_id = (select acting_person())
        when 'staff' then exists (
            select from signature s
             where (s.municipality_id, s.renewal_id, s.person_id) = (proof.municipality_id, proof.renewal_id, proof.person_id))
        else false
    end);

create table proof_content (
    municipality_id uuid not null,
    proof_id uuid not null,
    -- The whole, or a small picture of it.
    part text not null check (part in ('whole', 'preview')),
    content bytea not null,
    primary key (municipality_id, proof_id, part),
    foreign key (municipality_id, proof_id) references proof (municipality_id, id) on delete cascade
);
call protect_tenant_table('proof_content');
-- It is compressed before it is sealed.
alter table proof_content alter column content set storage external;
grant select, insert on proof_content to fornya_tenant;
call known_by_row('proof_content', 'proof_id', 'proof');

-- What was signed stays where it is, and so does what came after. A scanner may look at it still.
create policy unmoved on proof as restrictive for update to fornya_tenant using (
    (select reach()) = 'service' or not exists (
        select from signature s
         where (s.municipality_id, s.renewal_id, s.person_id) = (proof.municipality_id, proof.renewal_id, proof.person_id)));
create policy unsigned on proof as restrictive for delete to fornya_tenant using (
    not exists (
        select from signature s
         where (s.municipality_id, s.renewal_id, s.person_id) = (proof.municipality_id, proof.renewal_id, proof.person_id)));

-- What was shown in a draft that is taken back goes with it, whoever takes it back; what the other adult has shown of their own is theirs.
create function remove_proofs_of_draft(of_municipality uuid, draft uuid) returns setof uuid
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    return query
        delete from proof p
         using renewal r
         where r.municipality_id = of_municipality and r.id = draft and r.state = 'withdrawn'
           and (p.municipality_id, p.renewal_id, p.person_id) = (r.municipality_id, r.id, r.begun_by)
        returning p.id;
    perform see_as(before);
end
$$;
call hand_to_tenant();

-- Proof that somebody has said is to come later (skickas senare), and when it came.
create table awaited_proof (
    municipality_id uuid not null,
    renewal_id uuid not null,
    person_id uuid not null,
    statement_id uuid not null,
    due_on date not null,
    came_at timestamptz,
    primary key (municipality_id, renewal_id, person_id, statement_id),
    foreign key (municipality_id, renewal_id, person_id) references signature (municipality_id, renewal_id, person_id)
);
call protect_tenant_table('awaited_proof');
grant select, insert, update (came_at) on awaited_proof to fornya_tenant;
create policy known_case on awaited_proof as restrictive to fornya_tenant using (
    case (select reach())
        when 'service' then true
        when 'citizen' then person_id = (select acting_person())
        when 'staff' then exists (
            select from signature s
             where (s.municipality_id, s.renewal_id, s.person_id)
                 = (awaited_proof.municipality_id, awaited_proof.renewal_id, awaited_proof.person_id))
        else false
    end);

alter table notice drop constraint notice_kind_check;
alter table notice add check (
    kind in ('renewal-arrived', 'co-signed', 'co-signature-declined', 'message', 'decision-proposed', 'proposal-returned', 'case-assigned',
             'proof-came'));

-- The files of a municipality that wait for a scanner.
create function waiting_proofs(of_municipality uuid) returns table (proof uuid, received timestamptz)
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    before text := see_all();
begin
    perform set_config('fornya.municipality', of_municipality::text, true);
    return query
        select p.id, p.received_at from proof p
         where p.municipality_id = of_municipality and p.scan = 'waiting' order by random() limit 20;
    perform see_as(before);
end
$$;
create index on proof (municipality_id, received_at) where scan = 'waiting';
call hand_to_tenant();
