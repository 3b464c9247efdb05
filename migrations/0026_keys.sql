-- Which key sealed a value and which master key wrapped it; keys that are rotated while the service runs; keys that are destroyed.

alter table municipality_key
    -- Keys of 'seal' seal columns. The key of 'index' makes the digests by which values are found; a municipality whose keys have never been
    -- rotated has none of its own, and derives it from the first that seals.
    add column purpose text not null default 'seal' check (purpose in ('seal', 'index')),
    add column generation integer not null default 1 check (generation >= 1),
    -- The name of the master key that wrapped it. It was not noted before.
    add column wrapped_by text,
    add column made_at timestamptz not null default now(),
    drop constraint municipality_key_pkey,
    add primary key (municipality_id, purpose, generation);

alter table municipality
    -- The newest generation that there is, and the one that seals. A new one seals only when every transaction that could not know of it has ended.
    add column newest_key integer not null default 1,
    add column sealing_key integer not null default 1,
    -- Its keys are gone, and nothing that was sealed under them can be read.
    add column keys_destroyed_at timestamptz,
    add check (sealing_key between 1 and newest_key);

-- What a transaction goes by that may seal and open: the newest generation and the sealing one, or nothing where the keys are destroyed.
create function keys_of(of_municipality uuid) returns integer[]
    language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    return (
        select case when m.keys_destroyed_at is null then array[m.newest_key, m.sealing_key] else '{}' end
          from municipality m
         where m.id = of_municipality);
end
$$;

-- Which of the values that its place has had a sealed value is: drawn with each, and bound to it.
alter table person
    add column phone_version bigint not null default 0,
    add column email_version bigint not null default 0;
grant update (phone_version, email_version) on person to fornya_tenant;
alter table staff add column number_version bigint not null default 0;
grant update (number_version) on staff to fornya_tenant;
alter table renewal_draft add column content_version bigint not null default 0;
grant update (content_version) on renewal_draft to fornya_tenant;
alter table decision_draft add column content_version bigint not null default 0;
grant update (content_version) on decision_draft to fornya_tenant;
alter table decision_proposal add column returned_version bigint not null default 0;
grant update (returned_version) on decision_proposal to fornya_tenant;

-- The role that rotates and destroys keys. It reaches wrapped keys and sealed columns, and no other. The service's login is no member of it:
-- what is only ever added to, such as what was signed, stays so for the service. The schema's owner is.
do $$
begin
    begin
        create role fornya_keys nologin noinherit nobypassrls;
    exception
        -- Roles belong to the whole cluster: another database's migration may have made it, even in this moment.
        when duplicate_object or unique_violation then null;
    end;
    if not (select rolsuper from pg_roles where rolname = current_user) then
        grant fornya_keys to current_user;
    end if;
end
$$;
grant usage on schema public to fornya_keys;
grant execute on function current_municipality() to fornya_keys;
create policy of_keys on municipality to fornya_keys using (true) with check (true);
grant select (id, host, newest_key, sealing_key, keys_destroyed_at), update (newest_key, sealing_key, keys_destroyed_at)
    on municipality to fornya_keys;
create policy of_keys on municipality_key to fornya_keys
    using (municipality_id = current_municipality()) with check (municipality_id = current_municipality());
grant select, insert, update (wrapped, wrapped_by), delete on municipality_key to fornya_keys;

-- Every sealed column calls this once, named without `_sealed`: when keys are rotated its values are sealed anew.
create procedure sealed_anew(of_table regclass, of_column text)
    language plpgsql as $$
declare
    known text;
begin
    -- The row's key and place, and the value's version where it has one.
    select string_agg(quote_ident(a.attname), ', ') into known
      from pg_attribute a
     where a.attrelid = of_table and a.attnum > 0 and not a.attisdropped
       and (a.attname = of_column || '_version'
            or a.attnum = any (array(select unnest(i.indkey) from pg_index i where i.indrelid = of_table and i.indisprimary)));
    execute format('grant select (ctid, %s, %I), update (%2$I) on %3$s to fornya_keys', known, of_column || '_sealed', of_table);
    if not exists (select from pg_policy where polrelid = of_table and polname = 'of_keys') then
        execute format(
            'create policy of_keys on %s to fornya_keys
                 using (municipality_id = current_municipality()) with check (municipality_id = current_municipality())',
            of_table);
    end if;
end
$$;
call sealed_anew('person', 'number');
call sealed_anew('person', 'address');
call sealed_anew('person', 'phone');
call sealed_anew('person', 'email');
call sealed_anew('assistance_case', 'account');
call sealed_anew('identity_attempt', 'pending');
call sealed_anew('renewal_draft', 'content');
call sealed_anew('signed_document', 'core');
call sealed_anew('signature', 'manifest');
call sealed_anew('signature', 'annex');
call sealed_anew('signature', 'evidence');
call sealed_anew('authority_query', 'answer');
call sealed_anew('calculation', 'input');
call sealed_anew('calculation', 'result');
call sealed_anew('decision_draft', 'content');
call sealed_anew('decision', 'note');
call sealed_anew('payout', 'payee');
call sealed_anew('message', 'body');
call sealed_anew('protected_reading', 'reason');
call sealed_anew('staff', 'number');
call sealed_anew('staff_relation', 'number');
call sealed_anew('case_purpose', 'words');
call sealed_anew('decision_proposal', 'returned');

call hand_to_tenant();
