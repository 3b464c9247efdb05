-- People with one name, and sessions that are listed to their owner.

-- Not everybody has two names: either may be empty, but not both.

alter table person
    drop constraint person_given_name_check,
    drop constraint person_family_name_check,
    add constraint person_name_check check (
        length(given_name) <= 100 and length(family_name) <= 100 and btrim(given_name || family_name) <> '');

-- Both names, or the one that there is.
create function full_name(given_name text, family_name text) returns text
    language sql immutable parallel safe
    return btrim(btrim(given_name) || ' ' || btrim(family_name));

-- A person's own list of where they are logged in.
create index on session (municipality_id, person_id) where person_id is not null;
create index on session (municipality_id, staff_id) where staff_id is not null;
