-- People, staff, cases and households. A column named *_sealed is ciphertext under the municipality's key, bound to its row; *_index is a
-- keyed digest by which a sealed value can be found.

create table person (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    number_sealed bytea not null,
    number_index bytea not null,
    given_name text not null check (length(given_name) between 1 and 100),
    family_name text not null check (length(family_name) between 1 and 100),
    -- Sekretessmarkering or skyddad folkbokföring: this service is closed to the person and says nothing about them.
    protected boolean not null default false,
    address_sealed bytea,
    phone_sealed bytea,
    email_sealed bytea,
    primary key (municipality_id, id),
    unique (municipality_id, number_index)
);
call protect_tenant_table('person');
grant select, insert on person to fornya_tenant;
grant update (phone_sealed, email_sealed) on person to fornya_tenant;

create table staff (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    -- The subject that the staff identity provider names.
    subject text not null check (length(subject) between 1 and 255),
    name text not null check (length(name) between 1 and 200),
    role text not null check (role in ('caseworker', 'admin')),
    primary key (municipality_id, id),
    unique (municipality_id, subject)
);
call protect_tenant_table('staff');
grant select, insert on staff to fornya_tenant;

-- A case (ärende). "case" is a word of SQL's own.
create table assistance_case (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    number text not null check (length(number) between 1 and 40),
    opened_on date not null,
    closed_on date check (closed_on >= opened_on),
    responsible_id uuid,
    -- Where grants are paid: to the account in account_sealed, or as a payment slip (avi) to the registered address.
    payout_method text not null check (payout_method in ('account', 'payment-slip')),
    account_sealed bytea,
    primary key (municipality_id, id),
    unique (municipality_id, number),
    foreign key (municipality_id, responsible_id) references staff (municipality_id, id),
    check ((payout_method = 'account') = (account_sealed is not null))
);
call protect_tenant_table('assistance_case');
grant select, insert on assistance_case to fornya_tenant;
grant update (closed_on) on assistance_case to fornya_tenant;
create index on assistance_case (municipality_id, responsible_id) where closed_on is null;

-- Who belongs to the household of a case, and what the calculation must know about each.
create table household_member (
    municipality_id uuid not null,
    case_id uuid not null,
    person_id uuid not null,
    position smallint not null,
    -- The role in the calculation and its particulars, as domain::household reads them.
    particulars jsonb not null,
    -- Who may sign: the two adults of the case.
    signs_as text check (signs_as in ('applicant', 'co-applicant')),
    primary key (municipality_id, case_id, person_id),
    unique (municipality_id, case_id, position),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id),
    foreign key (municipality_id, person_id) references person (municipality_id, id)
);
call protect_tenant_table('household_member');
grant select, insert on household_member to fornya_tenant;
create index on household_member (municipality_id, person_id);
create unique index on household_member (municipality_id, case_id, signs_as) where signs_as is not null;
