-- Logging in and signing: attempts at an identity provider, and sessions. Tokens and states are kept as digests.

create table identity_attempt (
    municipality_id uuid not null references municipality (id),
    state_hash bytea not null,
    purpose text not null check (purpose in ('citizen-login', 'staff-login', 'signing')),
    -- The browser that began: the digest of its attempt cookie. Another browser's callback is refused (login CSRF).
    browser_hash bytea not null,
    -- What the relying party must remember until the answer: nonce, PKCE verifier, what was sent to be signed.
    pending_sealed bytea not null,
    begun_at timestamptz not null,
    used_at timestamptz,
    primary key (municipality_id, state_hash)
);
call protect_tenant_table('identity_attempt');
grant select, insert, delete on identity_attempt to fornya_tenant;
grant update (used_at) on identity_attempt to fornya_tenant;
create index on identity_attempt (municipality_id, begun_at);

create table session (
    municipality_id uuid not null references municipality (id),
    token_hash bytea not null,
    person_id uuid,
    staff_id uuid,
    begun_at timestamptz not null,
    seen_at timestamptz not null,
    primary key (municipality_id, token_hash),
    foreign key (municipality_id, person_id) references person (municipality_id, id),
    foreign key (municipality_id, staff_id) references staff (municipality_id, id),
    check (num_nonnulls(person_id, staff_id) = 1)
);
call protect_tenant_table('session');
grant select, insert, delete on session to fornya_tenant;
grant update (seen_at) on session to fornya_tenant;
