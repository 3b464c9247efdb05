//! Seals what an older version has written plain, after the migrations that made the sealed columns. This file goes with the plain columns.
//!
//! A batch of rows is a transaction. What is sealed is not met again: cut off, the next run goes on from there. No role of the service may
//! change these columns, so the right to is lent for the length of a batch. The statements are put together here and not checked when
//! compiling: the test below runs each.

use domain::id::MunicipalityId;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::{Column, Db, DbError, RowKey, SystemTx, Vault, query, query_scalar};

/// How many rows are sealed at once.
const BATCH: i64 = 2_000;

/// A column that may be plain.
struct Plain {
    /// Where it is sealed.
    sealed: Column,
    /// The row's own key: one column or two.
    key: &'static [&'static str],
    /// The plain columns, which are empty afterwards.
    emptied: &'static [&'static str],
    /// What is in them, as the JSON that is sealed.
    json: &'static str,
    length: Length,
}

/// Whether the length of a value would tell what it is.
#[derive(Clone, Copy)]
enum Length {
    Short,
    List,
    /// All have one.
    Same,
}

const PLAIN: [Plain; 6] = [
    Plain {
        sealed: Column::PersonName,
        key: &["id"],
        emptied: &["given_name", "family_name"],
        json: "jsonb_build_array(given_name, family_name)",
        length: Length::Short,
    },
    Plain {
        sealed: Column::MemberParticulars,
        key: &["case_id", "person_id"],
        emptied: &["particulars"],
        json: "particulars",
        length: Length::List,
    },
    Plain {
        sealed: Column::DecisionReasons,
        key: &["id"],
        emptied: &["reasons"],
        json: "reasons",
        length: Length::List,
    },
    Plain {
        sealed: Column::MessageSubject,
        key: &["id"],
        emptied: &["subject"],
        json: "to_jsonb(subject)",
        length: Length::Short,
    },
    Plain {
        sealed: Column::DocumentDigest,
        key: &["renewal_id"],
        emptied: &["core_hash"],
        json: "to_jsonb(encode(core_hash, 'hex'))",
        length: Length::Same,
    },
    Plain {
        sealed: Column::SignatureDigest,
        key: &["renewal_id", "person_id"],
        emptied: &["manifest_hash"],
        json: "to_jsonb(encode(manifest_hash, 'hex'))",
        length: Length::Same,
    },
];

/// Seals all that is plain, municipality by municipality. The login must own the schema.
pub(super) async fn all(db: &Db) -> Result<(), DbError> {
    let mut tx = SystemTx::begin(db).await?;
    let municipalities = query_scalar!("select id from municipality order by id").fetch_all(tx.connection()).await?;
    tx.commit().await?;
    for municipality in municipalities.into_iter().map(MunicipalityId) {
        for plain in &PLAIN {
            // No key is made or tried where there is nothing to seal.
            if plain.is_there(db, municipality).await? {
                let vault = db.vault(municipality).await?;
                let mut rows = 0;
                while let sealed @ 1.. = plain.seal_batch(db, municipality, &vault).await? {
                    rows += sealed;
                }
                tracing::info!(rows, "Sealed what was plain in {}", plain.sealed.name());
            }
        }
    }
    Ok(())
}

/// From here on the transaction sees every row of a municipality.
async fn see_all(tx: &mut PgConnection, municipality: MunicipalityId) -> Result<(), DbError> {
    query!("select set_config('role', 'fornya_tenant', true) as role").fetch_one(&mut *tx).await?;
    query!("select from stand_for($1, 'system', null)", municipality).execute(tx).await?;
    Ok(())
}

/// A row that is plain.
#[derive(sqlx::FromRow)]
struct Row {
    first: Uuid,
    second: Option<Uuid>,
    value: serde_json::Value,
}

impl Plain {
    fn table(&self) -> &'static str {
        self.sealed.name().split('.').next().unwrap_or_default()
    }

    fn sealed_column(&self) -> String {
        format!("{}_sealed", self.sealed.name().split('.').next_back().unwrap_or_default())
    }

    async fn is_there(&self, db: &Db, municipality: MunicipalityId) -> Result<bool, DbError> {
        let mut tx = db.begin(&db.tenant).await?;
        see_all(&mut tx, municipality).await?;
        let (table, emptied) = (self.table(), self.emptied[0]);
        let found = format!("select exists (select from {table} where municipality_id = $1 and {emptied} is not null)");
        Ok(sqlx::query_scalar(AssertSqlSafe(found)).bind(municipality.0).fetch_one(&mut *tx).await?)
    }

    /// Seals some rows, and tells how many.
    async fn seal_batch(&self, db: &Db, municipality: MunicipalityId, vault: &Vault) -> Result<u64, DbError> {
        let (table, columns) = (self.table(), format!("{}, {}", self.emptied.join(", "), self.sealed_column()));
        let mut tx = db.begin(&db.tenant).await?;
        // Two runs at once take turns.
        query!("select pg_advisory_xact_lock(hashtext('seal_plain')) as locked").fetch_one(&mut *tx).await?;
        let owner = query_scalar!(r#"select current_setting('role') as "role!""#).fetch_one(&mut *tx).await?;
        let lend = format!("grant update ({columns}) on {table} to fornya_tenant");
        sqlx::query(AssertSqlSafe(lend)).execute(&mut *tx).await?;
        see_all(&mut tx, municipality).await?;
        let rows = self.rows(&mut tx, municipality).await?;
        let sealed = self.put(&mut tx, municipality, vault, &rows).await?;
        query!("select set_config('role', $1, true) as role", owner).fetch_one(&mut *tx).await?;
        let take_back = format!("revoke update ({columns}) on {table} from fornya_tenant");
        sqlx::query(AssertSqlSafe(take_back)).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(sealed)
    }

    async fn rows(&self, tx: &mut PgConnection, municipality: MunicipalityId) -> Result<Vec<Row>, DbError> {
        let (table, emptied, json) = (self.table(), self.emptied[0], self.json);
        let (first, second) = (self.key[0], self.key.get(1).unwrap_or(&"null::uuid"));
        let rows = format!(
            "select {first} as first, {second} as second, {json} as value
               from {table} where municipality_id = $1 and {emptied} is not null limit $2 for update"
        );
        Ok(sqlx::query_as(AssertSqlSafe(rows)).bind(municipality.0).bind(BATCH).fetch_all(tx).await?)
    }

    async fn put(
        &self,
        tx: &mut PgConnection,
        municipality: MunicipalityId,
        vault: &Vault,
        rows: &[Row],
    ) -> Result<u64, DbError> {
        let sealed = rows.iter().map(|row| {
            let key = row.second.map_or(RowKey::One(row.first), |second| RowKey::Two(row.first, second));
            match self.length {
                Length::Short => vault.seal_short(self.sealed, key, &row.value),
                Length::List => vault.seal_list(self.sealed, key, &row.value),
                Length::Same => vault.seal_json(self.sealed, key, &row.value),
            }
        });
        let sealed: Vec<_> = sealed.collect::<Result<_, _>>()?;
        let of_second = self.key.get(1).map(|second| format!("and t.{second} = s.second")).unwrap_or_default();
        let emptied: Vec<_> = self.emptied.iter().map(|column| format!("{column} = null")).collect();
        let put = format!(
            "update {} t set {} = s.sealed, {}
               from unnest($2::uuid[], $3::uuid[], $4::bytea[]) s (first, second, sealed)
              where t.municipality_id = $1 and t.{} = s.first {of_second}",
            self.table(),
            self.sealed_column(),
            emptied.join(", "),
            self.key[0],
        );
        let done = sqlx::query(AssertSqlSafe(put))
            .bind(municipality.0)
            .bind(rows.iter().map(|row| row.first).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.second).collect::<Vec<_>>())
            .bind(sealed)
            .execute(tx)
            .await?;
        Ok(done.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use domain::id::{DecisionId, MessageId, PersonId, RenewalId};
    use domain::message::MessageSubject;
    use domain::renewal::document::Digest;
    use sqlx::PgPool;
    use uuid::Uuid;

    use super::*;
    use crate::db::migrate::tests::owners;
    use crate::db::{MasterKey, names};

    /// A case as the schema before wrote it.
    const BEFORE: &str = r#"
        insert into municipality (id, slug, host, name, organisation_number, window_opens_day, window_closes_day, window_late_days, pay_day,
                                  decide_within_days, phone, phone_hours, visiting_address, postal_address)
        select ('00000000-0000-0000-0000-00000000000' || n)::uuid, 'by' || chr(96 + n), 'by' || chr(96 + n) || '.localhost', 'By',
               '162120009010', 16, 10, 10, 27, 10, '', '', '', ''
          from generate_series(1, 2) n;
        insert into person (municipality_id, id, number_sealed, number_index, given_name, family_name, protection)
        select m.id, m.id, '', '', 'Kanarina', 'Nilsson', 'protected' from municipality m;
        insert into staff (municipality_id, id, subject, name, role) select m.id, m.id, 'sara', 'Sara', 'caseworker' from municipality m;
        insert into assistance_case (municipality_id, id, number, opened_on, payout_method)
        select m.id, m.id, '1', '2026-01-01', 'payment-slip' from municipality m;
        insert into household_member (municipality_id, case_id, person_id, position, particulars)
        select m.id, m.id, m.id, 1, '{"role": {"kind": "kanarie"}}' from municipality m;
        insert into renewal (municipality_id, id, case_id, norm_month, state, begun_by, begun_at)
        select m.id, m.id, m.id, '2026-12-01', 'draft', m.id, now() from municipality m;
        insert into decision (municipality_id, id, renewal_id, outcome, granted_ore, reasons, decided_at, decided_by)
        select m.id, m.id, m.id, 'rejected', 0, '{"reasons": ["kanarie"]}', now(), m.id from municipality m;
        insert into message (municipality_id, id, case_id, person_id, subject, body_sealed, sent_at)
        select m.id, m.id, m.id, m.id, 'meeting', '', now() from municipality m;
        insert into signed_document (municipality_id, renewal_id, core_sealed, core_hash)
        select m.id, m.id, '', sha256('core') from municipality m;
        insert into signature (municipality_id, renewal_id, person_id, manifest_sealed, manifest_hash, annex_sealed, evidence_sealed, signed_at)
        select m.id, m.id, m.id, '', sha256('manifest'), '', '', now() from municipality m;"#;

    #[derive(Debug, PartialEq, sqlx::FromRow)]
    struct Sealed {
        id: Uuid,
        name: Vec<u8>,
        particulars: Vec<u8>,
        reasons: Vec<u8>,
        subject: Vec<u8>,
        core: Vec<u8>,
        manifest: Vec<u8>,
        is_empty: bool,
    }

    async fn sealed(pool: &PgPool) -> Vec<Sealed> {
        sqlx::query_as(
            "select p.id, p.name_sealed as name, h.particulars_sealed as particulars, d.reasons_sealed as reasons, m.subject_sealed as subject,
                    c.core_hash_sealed as core, g.manifest_hash_sealed as manifest,
                    num_nonnulls(p.given_name, p.family_name, h.particulars, d.reasons, m.subject, c.core_hash, g.manifest_hash) = 0 as is_empty
               from person p
               join household_member h on h.person_id = p.id
               join decision d on d.id = p.id
               join message m on m.id = p.id
               join signed_document c on c.renewal_id = p.id
               join signature g on g.renewal_id = p.id
              order by p.id",
        )
        .fetch_all(pool)
        .await
        .unwrap()
    }

    #[sqlx::test(migrations = false)]
    async fn what_was_plain_is_sealed_once_and_the_plain_columns_are_empty(pool: PgPool) {
        let owner = owners(&pool).await;
        let db = Db::owned(&owner, MasterKey::from_base64(&MasterKey::generate_base64().unwrap()).unwrap());
        sqlx::migrate!("../migrations").run_to(24, &owner).await.unwrap();
        sqlx::raw_sql(BEFORE).execute(&pool).await.unwrap();
        db.migrate().await.unwrap();
        let once = sealed(&pool).await;
        assert_eq!(once.len(), 2);
        for Sealed { id, name, particulars, reasons, subject, core, manifest, is_empty } in &once {
            assert!(is_empty);
            let vault = db.vault(MunicipalityId(*id)).await.unwrap();
            assert_eq!(names::open(&vault, PersonId(*id), name).unwrap().full(), "Kanarina Nilsson");
            let opened: serde_json::Value =
                vault.open_json(Column::MemberParticulars, RowKey::Two(*id, *id), particulars).unwrap();
            assert_eq!(opened["role"]["kind"], "kanarie");
            let opened: serde_json::Value = vault.open_json(Column::DecisionReasons, DecisionId(*id), reasons).unwrap();
            assert_eq!(opened["reasons"][0], "kanarie");
            let opened: MessageSubject = vault.open_json(Column::MessageSubject, MessageId(*id), subject).unwrap();
            assert_eq!(opened, MessageSubject::Meeting);
            let digest: Digest = vault.open_json(Column::DocumentDigest, RenewalId(*id), core).unwrap();
            assert_eq!(digest, Digest::of(b"core"));
            let key = (RenewalId(*id), PersonId(*id));
            let digest: Digest = vault.open_json(Column::SignatureDigest, key, manifest).unwrap();
            assert_eq!(digest, Digest::of(b"manifest"));
        }
        db.migrate().await.unwrap();
        assert_eq!(sealed(&pool).await, once, "what is sealed is left alone");
        let lent: bool = sqlx::query_scalar(
            "select bool_or(has_column_privilege('fornya_tenant', c.table_name, c.column_name, 'update'))
               from (values ('person', 'name_sealed'), ('person', 'given_name'), ('household_member', 'particulars_sealed'),
                            ('decision', 'reasons'), ('decision', 'reasons_sealed'), ('message', 'subject_sealed'),
                            ('signed_document', 'core_hash'), ('signature', 'manifest_hash_sealed'))
                    c (table_name, column_name)",
        )
        .fetch_one(&pool)
        .await
        .unwrap();
        assert!(!lent, "the right is given back");
        owner.close().await;
    }
}
