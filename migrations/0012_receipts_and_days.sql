-- Who has received a decision, and the days that a municipality may choose.

-- That a decision has reached a person, and how: from then on that person's time to appeal runs (förvaltningslagen 44 §). `read_at` of
-- decision is no longer read.
create table decision_receipt (
    municipality_id uuid not null,
    decision_id uuid not null,
    person_id uuid not null,
    received_at timestamptz not null,
    -- 'shown': the page that shows the decision was sent to this person, logged in.
    how text not null check (how in ('shown')),
    primary key (municipality_id, decision_id, person_id),
    foreign key (municipality_id, decision_id) references decision (municipality_id, id),
    foreign key (municipality_id, person_id) references person (municipality_id, id)
);
call protect_tenant_table('decision_receipt');
grant select, insert on decision_receipt to fornya_tenant;

-- Whoever has opened a decision stands in the audit trail. The owner is held by row security too, for the length of this step not.
alter table decision_receipt no force row level security;
alter table decision no force row level security;
alter table audit_entry no force row level security;
insert into decision_receipt (municipality_id, decision_id, person_id, received_at, how)
select a.municipality_id, a.object_id, a.actor_id, min(a.at), 'shown'
  from audit_entry a
  join decision d on (d.municipality_id, d.id) = (a.municipality_id, a.object_id)
 where a.action = 'saw-decision' and a.actor_kind = 'citizen' and a.object_kind = 'decision'
 group by a.municipality_id, a.object_id, a.actor_id;
alter table audit_entry force row level security;
alter table decision force row level security;
alter table decision_receipt force row level security;

-- The same days as the rules of the domain: in a shorter month the last day stands for those that it lacks.
alter table municipality
    drop constraint municipality_window_opens_day_check,
    drop constraint municipality_window_closes_day_check,
    drop constraint municipality_pay_day_check,
    add constraint municipality_window_opens_day_check check (window_opens_day between 1 and 31),
    add constraint municipality_window_closes_day_check check (window_closes_day between 1 and 31),
    add constraint municipality_pay_day_check check (pay_day between 1 and 31);
