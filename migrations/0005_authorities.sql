-- Authority sources and what they were asked.

create table authority_source (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    name text not null check (length(name) between 1 and 100),
    -- Which agency it is, when it is one that SSBTEK composes.
    agency text check (agency in ('fk', 'csn', 'af', 'so', 'pm', 'skv')),
    -- How it is reached and what it speaks, as authority::SourceSettings reads it. Keys and tokens are files, named here, never held.
    settings jsonb not null,
    enabled boolean not null default false,
    position smallint not null,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure_kind text,
    primary key (municipality_id, id),
    unique (municipality_id, position)
);
call protect_tenant_table('authority_source');
grant select, insert on authority_source to fornya_tenant;
grant update (enabled, last_success_at, last_failure_at, last_failure_kind) on authority_source to fornya_tenant;
create unique index on authority_source (municipality_id, agency) where agency is not null;

-- The latest connection test of a source, stage by stage. Nothing personal is in it.
create table source_test (
    municipality_id uuid not null,
    source_id uuid not null,
    tested_at timestamptz not null,
    tested_by uuid not null,
    stages jsonb not null,
    primary key (municipality_id, source_id),
    foreign key (municipality_id, source_id) references authority_source (municipality_id, id),
    foreign key (municipality_id, tested_by) references staff (municipality_id, id)
);
call protect_tenant_table('source_test');
grant select, insert, update on source_test to fornya_tenant;

-- One question to one source about one person, for one renewal. The answer is kept as it was understood, and never changed.
create table authority_query (
    municipality_id uuid not null,
    id uuid not null,
    renewal_id uuid not null,
    person_id uuid not null,
    source_id uuid not null,
    -- A question asked again is a new row; the newest counts.
    asked_at timestamptz not null,
    answered_at timestamptz,
    answer_sealed bytea,
    primary key (municipality_id, id),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id),
    foreign key (municipality_id, person_id) references person (municipality_id, id),
    foreign key (municipality_id, source_id) references authority_source (municipality_id, id),
    check ((answered_at is null) = (answer_sealed is null))
);
call protect_tenant_table('authority_query');
grant select, insert on authority_query to fornya_tenant;
grant update (answered_at, answer_sealed) on authority_query to fornya_tenant;
create index on authority_query (municipality_id, renewal_id, person_id, source_id, asked_at desc);
