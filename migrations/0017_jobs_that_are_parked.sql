-- A job that cannot be done is parked after its tries: no worker takes it, until an administrator sends it again or drops it.

alter table job
    -- Why the latest try came to nothing; 'unfinished' until something else is known of it.
    add column cause text check (cause in ('unfinished', 'unreadable', 'database', 'data')),
    add column parked_at timestamptz,
    add check (parked_at is null or cause is not null);
grant update (attempts, claimed_until, cause, parked_at) on job to fornya_tenant;
grant update (cause, parked_at) on job to fornya_system;
drop index job_enqueued_at_idx;
create index on job (enqueued_at) where parked_at is null;
create index on job (municipality_id, parked_at) where parked_at is not null;

-- What an administrator has dropped, and why: the work was never done.
create table dropped_job (
    municipality_id uuid not null,
    job_id uuid not null,
    kind text not null,
    payload jsonb not null,
    enqueued_at timestamptz not null,
    attempts smallint not null,
    cause text not null,
    parked_at timestamptz not null,
    dropped_at timestamptz not null,
    dropped_by uuid not null,
    reason text not null check (reason in ('not-needed', 'done-otherwise', 'cannot-be-done')),
    primary key (municipality_id, job_id),
    foreign key (municipality_id, dropped_by) references staff (municipality_id, id)
);
call protect_tenant_table('dropped_job');
grant select, insert on dropped_job to fornya_tenant;
create index on dropped_job (municipality_id, dropped_at desc);
