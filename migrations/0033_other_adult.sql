-- What one adult of a household sees of what authorities say about the other. What counts is the last that was said; nothing said is nothing
-- shown.
create table other_adult_rule (
    municipality_id uuid not null references municipality (id),
    version integer not null check (version >= 1),
    -- Whether the other adult sees a sum for the reference month. Never a row.
    shows_sum boolean not null,
    -- On what ground of law, in the municipality's own words: it stands beside the sum.
    legal_ground text check (char_length(legal_ground) between 10 and 500),
    added_by uuid not null,
    added_at timestamptz not null,
    primary key (municipality_id, version),
    foreign key (municipality_id, added_by) references staff (municipality_id, id),
    check (shows_sum = (legal_ground is not null))
);
call protect_tenant_table('other_adult_rule');
grant select, insert on other_adult_rule to fornya_tenant;
create policy by_an_administrator on other_adult_rule as restrictive for insert to fornya_tenant with check (
    added_by = acting_staff()
    and exists (
        select from staff a
         where a.municipality_id = other_adult_rule.municipality_id and a.id = other_adult_rule.added_by and a.role = 'admin'));
