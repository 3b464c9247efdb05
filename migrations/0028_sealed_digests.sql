-- The digests of what was signed are sealed: of a short document that hardly anybody but its signer could have signed, a plain digest tells whose
-- it is to whoever tries all that it could be. As in 0027, `server migrate` seals those of before.

alter table signed_document
    alter column core_hash drop not null,
    add column core_hash_sealed bytea,
    add constraint signed_document_core_hash_once_check check (num_nonnulls(core_hash, core_hash_sealed) = 1);

alter table signature
    alter column manifest_hash drop not null,
    add column manifest_hash_sealed bytea,
    add constraint signature_manifest_hash_once_check check (num_nonnulls(manifest_hash, manifest_hash_sealed) = 1);
call sealed_anew('signed_document', 'core_hash');
call sealed_anew('signature', 'manifest_hash');
