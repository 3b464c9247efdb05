-- What a caseworker has typed towards a decision, and a decision on a month that has no rules to calculate by.

-- Without a calculation the decision's note says how the amount was reached.
alter table decision alter column calculation_id drop not null;

-- One a renewal, shared by the caseworkers who work with it. It goes away when the decision is made: what counted is in its calculation.
create table decision_draft (
    municipality_id uuid not null,
    renewal_id uuid not null,
    -- Grows by one with each save, so that a stale tab can be told.
    revision integer not null check (revision >= 1),
    content_sealed bytea not null,
    saved_by uuid not null,
    saved_at timestamptz not null,
    primary key (municipality_id, renewal_id),
    foreign key (municipality_id, renewal_id) references renewal (municipality_id, id),
    foreign key (municipality_id, saved_by) references staff (municipality_id, id)
);
call protect_tenant_table('decision_draft');
grant select, insert, delete on decision_draft to fornya_tenant;
grant update (revision, content_sealed, saved_by, saved_at) on decision_draft to fornya_tenant;
