-- The renewal (förnyad ansökan): its draft, what the authorities answered, what was signed and by whom.

create table renewal (
    municipality_id uuid not null,
    id uuid not null,
    case_id uuid not null,
    -- The first day of the norm month.
    norm_month date not null check (extract(day from norm_month) = 1),
    state text not null check (state in ('draft', 'submitted', 'under-review', 'completion-requested', 'decided', 'withdrawn')),
    begun_by uuid not null,
    begun_at timestamptz not null,
    -- Set by the first signature: the arrival date (FL 22 §).
    submitted_at timestamptz,
    reference text,
    primary key (municipality_id, id),
    unique (municipality_id, reference),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, begun_by) references person (municipality_id, id),
    check ((submitted_at is null) = (reference is null)),
    check (state not in ('submitted', 'under-review', 'completion-requested', 'decided') or submitted_at is not null)
);
call protect_tenant_table('renewal');
grant select, insert on renewal to fornya_tenant;
grant update (state, submitted_at, reference) on renewal to fornya_tenant;
-- One living renewal for a case and a month.
create unique index on renewal (municipality_id, case_id, norm_month) where state <> 'withdrawn';
create index on renewal (municipality_id, state, submitted_at);

create table renewal_draft (
    municipality_id uuid not null,
    renewal_id uuid not null,
    person_id uuid not null,
    -- Grows by one with each save, so that a stale tab can be told.
    revision integer not null check (revision >= 1),
    content_sealed bytea not null,
    saved_at timestamptz not null,
    primary key (municipality_id, renewal_id),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id),
    foreign key (municipality_id, person_id) references person (municipality_id, id)
);
call protect_tenant_table('renewal_draft');
grant select, insert on renewal_draft to fornya_tenant;
grant update (revision, content_sealed, saved_at) on renewal_draft to fornya_tenant;

-- Everyone who is to sign, and how it stands with each.
create table signer (
    municipality_id uuid not null,
    renewal_id uuid not null,
    person_id uuid not null,
    role text not null check (role in ('applicant', 'co-applicant')),
    state text not null check (state in ('awaited', 'signed', 'declined')),
    changed_at timestamptz not null,
    -- When they were last sent to the eID: while they are still awaited, that signing was interrupted.
    sent_at timestamptz,
    primary key (municipality_id, renewal_id, person_id),
    unique (municipality_id, renewal_id, role),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id),
    foreign key (municipality_id, person_id) references person (municipality_id, id)
);
call protect_tenant_table('signer');
grant select, insert on signer to fornya_tenant;
grant update (state, changed_at, sent_at) on signer to fornya_tenant;

-- What was signed, once for each renewal: the shared core, byte for byte.
create table signed_document (
    municipality_id uuid not null,
    renewal_id uuid not null,
    core_sealed bytea not null,
    core_hash bytea not null check (length(core_hash) = 32),
    primary key (municipality_id, renewal_id),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id)
);
call protect_tenant_table('signed_document');
grant select, insert on signed_document to fornya_tenant;

create table signature (
    municipality_id uuid not null,
    renewal_id uuid not null,
    person_id uuid not null,
    -- The manifest that the eID signed, byte for byte, and the signer's own annex.
    manifest_sealed bytea not null,
    manifest_hash bytea not null check (length(manifest_hash) = 32),
    annex_sealed bytea not null,
    -- The texts as they were shown, and the provider's answer: ID token, user signature, certificates.
    evidence_sealed bytea not null,
    signed_at timestamptz not null,
    primary key (municipality_id, renewal_id, person_id),
    foreign key (municipality_id, renewal_id) references signed_document (municipality_id, renewal_id),
    foreign key (municipality_id, person_id) references person (municipality_id, id)
);
call protect_tenant_table('signature');
grant select, insert on signature to fornya_tenant;
