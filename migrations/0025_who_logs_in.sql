-- The service has two logins, which may become one role each: what serves people can neither read another municipality's keys nor write what
-- stands in a register. That is for a third role, which is both and fills registers: nothing that is reached over the network becomes it.

do $$
begin
    begin
        create role fornya_register nologin inherit nobypassrls;
    exception
        -- Roles belong to the whole cluster: another database's migration may have made it, even in this moment.
        when duplicate_object or unique_violation then null;
    end;
    if not (pg_has_role('fornya_register', 'fornya_tenant', 'usage') and pg_has_role('fornya_register', 'fornya_system', 'usage')) then
        begin
            grant fornya_tenant, fornya_system to fornya_register;
        exception
            when unique_violation then null;
        end;
    end if;
    if not (select rolsuper from pg_roles where rolname = current_user) and not pg_has_role(current_user, 'fornya_register', 'member') then
        grant fornya_register to current_user;
    end if;
end
$$;

revoke insert on municipality from fornya_system;
revoke insert on staff, person, assistance_case, household_member, authority_source, municipal_settings from fornya_tenant;
revoke update on assistance_case, payout, source_test from fornya_tenant;
grant update (responsible_id) on assistance_case to fornya_tenant;
grant update (tested_at, tested_by, stages) on source_test to fornya_tenant;

grant insert on municipality, staff, person, assistance_case, household_member, authority_source, municipal_settings to fornya_register;
grant update (closed_on) on assistance_case to fornya_register;
grant update (state) on payout to fornya_register;
