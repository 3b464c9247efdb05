-- Messages, notices to staff, the audit trail and the job queue.

create table message (
    municipality_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    person_id uuid not null,
    renewal_id uuid,
    subject text not null check (subject in ('question', 'meeting', 'changed', 'renewal', 'other')),
    body_sealed bytea not null,
    sent_at timestamptz not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, person_id) references person (municipality_id, id),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id)
);
call protect_tenant_table('message');
grant select, insert on message to fornya_tenant;
create index on message (municipality_id, case_id, sent_at desc);

-- A notice (advis) to one caseworker. Without a responsible caseworker it is for all of them.
create table notice (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    staff_id uuid,
    kind text not null check (kind in ('renewal-arrived', 'co-signed', 'co-signature-declined', 'message')),
    case_id uuid not null,
    renewal_id uuid,
    message_id uuid,
    made_at timestamptz not null,
    read_at timestamptz,
    primary key (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id),
    foreign key (municipality_id, message_id) references message (municipality_id, id)
);
call protect_tenant_table('notice');
grant select, insert on notice to fornya_tenant;
grant update (read_at) on notice to fornya_tenant;
create index on notice (municipality_id, staff_id, made_at desc);

-- Who did or saw what, written in the same transaction. It is only ever added to, and holds identifiers, never contents.
create table audit_entry (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('visitor', 'citizen', 'caseworker', 'admin', 'system')),
    actor_id uuid,
    action text not null,
    object_kind text,
    object_id uuid,
    primary key (municipality_id, id)
);
call protect_tenant_table('audit_entry');
grant select, insert on audit_entry to fornya_tenant;
create index on audit_entry (municipality_id, object_kind, object_id, at desc);

-- Work to be done after a transaction, enqueued inside it. The heads are read across municipalities; a job's work runs as its municipality.
create table job (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    kind text not null,
    -- Identifiers only: what is personal is looked up under row security by the job itself.
    payload jsonb not null,
    dedupe_key text not null,
    enqueued_at timestamptz not null,
    attempts smallint not null default 0,
    claimed_until timestamptz,
    primary key (municipality_id, id),
    unique (municipality_id, kind, dedupe_key)
);
call protect_tenant_table('job');
grant select, insert, delete on job to fornya_tenant;
create policy queue_heads on job to fornya_system using (true) with check (true);
grant select, update (attempts, claimed_until), delete on job to fornya_system;
create index on job (enqueued_at);
