-- A signature that came back and was not used is told to who gave it.

alter table signer
    -- When a signature of theirs was last not used: what they had signed was not what is saved, or could be signed no more.
    add column unused_at timestamptz;
grant update (unused_at) on signer to fornya_tenant;
