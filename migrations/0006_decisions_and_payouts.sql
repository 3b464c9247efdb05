-- Calculations, decisions and payouts.

create table calculation (
    municipality_id uuid not null,
    id uuid not null,
    renewal_id uuid not null,
    -- What went in and every line that came out, so that it can be shown, compared and computed again years later.
    input_sealed bytea not null,
    result_sealed bytea not null,
    made_at timestamptz not null,
    made_by uuid not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id),
    foreign key (municipality_id, made_by) references staff (municipality_id, id)
);
call protect_tenant_table('calculation');
grant select, insert on calculation to fornya_tenant;

create table decision (
    municipality_id uuid not null,
    id uuid not null,
    renewal_id uuid not null,
    outcome text not null check (outcome in ('granted', 'partly-granted', 'rejected', 'dismissed')),
    granted_ore bigint not null check (granted_ore >= 0),
    -- Structured reasons by code; the caseworker's own words are sealed.
    reasons jsonb not null,
    note_sealed bytea,
    calculation_id uuid not null,
    decided_at timestamptz not null,
    decided_by uuid not null,
    read_at timestamptz,
    primary key (municipality_id, id),
    -- One decision a renewal: a second press of "Besluta" finds the first.
    unique (municipality_id, renewal_id),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id),
    foreign key (municipality_id, calculation_id) references calculation (municipality_id, id),
    foreign key (municipality_id, decided_by) references staff (municipality_id, id),
    check ((outcome in ('granted', 'partly-granted')) = (granted_ore > 0))
);
call protect_tenant_table('decision');
grant select, insert on decision to fornya_tenant;
grant update (read_at) on decision to fornya_tenant;

create table payout (
    municipality_id uuid not null,
    id uuid not null,
    decision_id uuid not null,
    case_id uuid not null,
    state text not null check (state in ('planned', 'paid', 'stopped', 'cancelled')),
    amount_ore bigint not null check (amount_ore > 0 and amount_ore % 100 = 0),
    pay_date date not null,
    method text not null check (method in ('account', 'payment-slip', 'third-party')),
    payee_sealed bytea not null,
    primary key (municipality_id, id),
    foreign key (municipality_id, decision_id) references decision (municipality_id, id),
    foreign key (municipality_id, case_id) references assistance_case (municipality_id, id)
);
call protect_tenant_table('payout');
grant select, insert on payout to fornya_tenant;
grant update (state) on payout to fornya_tenant;
create index on payout (municipality_id, case_id, pay_date desc);
