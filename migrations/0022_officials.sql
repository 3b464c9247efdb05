-- What administrators say of officials is held to who says it.

-- An administrator delegates, in their own name, to a caseworker who has not left.
create policy by_an_administrator on delegation as restrictive for insert to fornya_tenant with check (
    added_by = acting_staff()
    and exists (
        select from staff a
         where a.municipality_id = delegation.municipality_id and a.id = delegation.added_by and a.role = 'admin')
    and exists (
        select from staff f
         where f.municipality_id = delegation.municipality_id and f.id = delegation.staff_id and f.role = 'caseworker'
           and f.ended_at is null));

-- What has ended stays so.
create policy ended_once on delegation as restrictive for update to fornya_tenant
    using (ended_at is null) with check (ended_by = acting_staff());

create policy by_an_administrator on decision_rule as restrictive for insert to fornya_tenant with check (
    added_by = acting_staff()
    and exists (
        select from staff a
         where a.municipality_id = decision_rule.municipality_id and a.id = decision_rule.added_by and a.role = 'admin'));

create policy in_ones_own_name on staff as restrictive for update to fornya_tenant
    using (true) with check (ended_by is null or ended_by = acting_staff());

-- Notices that waited for an official who has left wait for all.
grant update (staff_id) on notice to fornya_tenant;
