-- Tenancy. Two roles without login do all the work: fornya_tenant inside a transaction that names its municipality, and
-- fornya_system over the few tables that must be read before a municipality is known. The service's own login owns nothing that it
-- queries with: it becomes one of the two for the length of a transaction (see server/src/db).

do $$
declare
    wanted text;
begin
    foreach wanted in array array['fornya_tenant', 'fornya_system'] loop
        begin
            execute format('create role %I nologin noinherit nobypassrls', wanted);
        exception
            -- Roles belong to the whole cluster: another database's migration may have made it, even in this moment.
            when duplicate_object or unique_violation then null;
        end;
        if not (select rolsuper from pg_roles where rolname = current_user) then
            execute format('grant %I to current_user', wanted);
        end if;
    end loop;
end
$$;

revoke all on schema public from public;
grant usage on schema public to fornya_tenant, fornya_system;

-- The municipality of the running transaction. A pooled connection answers '' after its first transaction: that is no municipality.
create function current_municipality() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('fornya.municipality', true), '')::uuid;

-- Every table of a municipality's data calls this once. It refuses a table without the column.
create procedure protect_tenant_table(tenant_table regclass)
    language plpgsql as $$
begin
    execute format('alter table %s enable row level security', tenant_table);
    execute format('alter table %s force row level security', tenant_table);
    execute format(
        'create policy own_municipality on %s to fornya_tenant
             using (municipality_id = current_municipality())
             with check (municipality_id = current_municipality())',
        tenant_table);
end
$$;

-- A municipality (kommun): the controller of its data. Found by the Host header alone.
create table municipality (
    id uuid primary key,
    slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,40}$'),
    host text not null unique check (host = lower(host) and length(host) <= 253),
    name text not null,
    organisation_number text not null check (organisation_number ~ '^[0-9]{12}$'),
    -- The day of the month before when the window for a norm month opens, and the day of the norm month when it closes.
    window_opens_day smallint not null check (window_opens_day between 1 and 28),
    window_closes_day smallint not null check (window_closes_day between 1 and 28),
    -- How many days after the last open day a late renewal is still taken.
    window_late_days smallint not null check (window_late_days between 0 and 60),
    -- The day of the month when assistance is paid, and how many days a decision may take.
    pay_day smallint not null check (pay_day between 1 and 28),
    decide_within_days smallint not null check (decide_within_days between 1 and 60),
    -- Other ways to reach the municipality, in its own words.
    phone text not null,
    phone_hours text not null,
    visiting_address text not null,
    postal_address text not null
);
alter table municipality enable row level security;
alter table municipality force row level security;
create policy own_municipality on municipality for select to fornya_tenant using (id = current_municipality());
create policy host_table on municipality to fornya_system using (true) with check (true);
grant select on municipality to fornya_tenant;
grant select, insert on municipality to fornya_system;

-- The data key of each municipality, wrapped by the installation's master key. Without it the sealed columns are noise.
create table municipality_key (
    municipality_id uuid primary key references municipality (id),
    wrapped bytea not null
);
alter table municipality_key enable row level security;
alter table municipality_key force row level security;
create policy key_table on municipality_key to fornya_system using (true) with check (true);
grant select, insert on municipality_key to fornya_system;
