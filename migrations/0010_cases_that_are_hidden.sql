-- A case that somebody with protected identity is in: the caseworkers' pages do not know of it. The one place that says so.

create function is_hidden_case(case_municipality uuid, hidden_case uuid) returns boolean
    language sql stable parallel safe
    return exists (
        select from household_member m
          join person p on (p.municipality_id, p.id) = (m.municipality_id, m.person_id)
         where m.municipality_id = case_municipality and m.case_id = hidden_case and p.protected);
