-- What a municipality decides for itself: guideline amounts and how part-time children are reckoned.

-- Settings that have been put in are never changed, since calculations name them by version: what is decided anew is a new row. It may begin
-- in the same month as an earlier one; then the highest version counts.
create table municipal_settings (
    municipality_id uuid not null references municipality (id),
    id uuid not null,
    -- As domain::norm::settings reads it. The two below stand inside it, and cannot say otherwise.
    content jsonb not null,
    version bigint not null generated always as ((content ->> 'version')::bigint) stored check (version >= 1),
    -- The first norm month that it is for, as 2026-01.
    from_month text not null generated always as (content ->> 'from') stored check (from_month ~ '^[0-9]{4}-[0-9]{2}$'),
    added_at timestamptz not null,
    primary key (municipality_id, id),
    unique (municipality_id, version)
);
call protect_tenant_table('municipal_settings');
grant select, insert on municipal_settings to fornya_tenant;
