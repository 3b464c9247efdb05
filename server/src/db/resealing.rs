//! Sealed columns, whichever, as the command that rotates keys goes through them.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::vault::Bound;
use super::{Column, DbError, KeysTx, RowKey, Vault, VaultError, Version};

/// A sealed column as the database has it. Its statements are made of the names of tables and columns alone.
pub(crate) struct Sealed {
    column: Column,
    /// The parts of the row's key, as bytes.
    key: String,
    /// Whether the key is a digest.
    is_digest: bool,
}

/// A value that is sealed under an older generation: where its row stands, the row's key, the value, and which of the place's values it is.
type Found = (String, Vec<Vec<u8>>, Vec<u8>, i64);

/// What became of some values.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resealed {
    pub(crate) done: usize,
    /// They do not open, by any key that there is.
    pub(crate) unopened: usize,
}

impl Sealed {
    /// Every column in which something is sealed.
    pub(crate) fn columns() -> impl Iterator<Item = Column> {
        Column::ALL.iter().copied().filter(|column| column.bound() != Bound::Digest)
    }

    pub(crate) async fn find(tx: &mut KeysTx, column: Column) -> Result<Self, DbError> {
        let (table, _) = parts(column);
        let key: Vec<(String, String)> = sqlx::query_as(
            "select quote_ident(a.attname), a.atttypid::regtype::text
               from pg_index i
              cross join unnest(i.indkey) with ordinality k (number, place)
               join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
              where i.indrelid = $1::regclass and i.indisprimary and a.attname <> 'municipality_id'
              order by k.place",
        )
        .bind(table)
        .fetch_all(tx.connection())
        .await?;
        let bytes =
            |(name, kind): &(String, String)| if kind == "uuid" { format!("uuid_send({name})") } else { name.clone() };
        let is_digest = key.iter().any(|(_, kind)| kind == "bytea");
        Ok(Self { column, key: key.iter().map(bytes).collect::<Vec<_>>().join(", "), is_digest })
    }

    /// Where values stand that do not begin as those of the vault's newest generation do.
    pub(crate) async fn older(&self, tx: &mut KeysTx, vault: &Vault) -> Result<Vec<String>, DbError> {
        let (table, name) = parts(self.column);
        let older = format!(
            "select ctid::text from {table} where municipality_id = $1 and substring({name}_sealed from 1 for 5) <> $2"
        );
        let older = sqlx::query_scalar(AssertSqlSafe(older)).bind(tx.municipality().0).bind(vault.head().to_vec());
        Ok(older.fetch_all(tx.connection()).await?)
    }

    /// Seals the values at these places anew, but those that somebody is just writing.
    pub(crate) async fn reseal(&self, tx: &mut KeysTx, vault: &Vault, places: &[String]) -> Result<Resealed, DbError> {
        let ((table, name), key) = (parts(self.column), &self.key);
        let version = if self.column.has_version() { format!("{name}_version") } else { "0::bigint".to_owned() };
        let found = format!(
            "select ctid::text, array[{key}]::bytea[], {name}_sealed, {version}
               from {table}
              where municipality_id = $1 and ctid = any ($2::text[]::tid[]) and substring({name}_sealed from 1 for 5) <> $3
                for update skip locked"
        );
        let found =
            sqlx::query_as(AssertSqlSafe(found)).bind(tx.municipality().0).bind(places).bind(vault.head().to_vec());
        let found: Vec<Found> = found.fetch_all(tx.connection()).await?;
        let mut became = Resealed::default();
        let write =
            format!("update {table} set {name}_sealed = $3 where municipality_id = $1 and ctid = $2::text::tid");
        for (place, key, value, version) in found {
            match vault.reseal(self.column, self.row(&key, Version(version))?, &value) {
                Ok(anew) => {
                    let write =
                        sqlx::query(AssertSqlSafe(write.clone())).bind(tx.municipality().0).bind(place).bind(anew);
                    write.execute(tx.connection()).await?;
                    became.done += 1;
                }
                Err(VaultError::DoesNotOpen(_)) => became.unopened += 1,
                Err(other) => return Err(other.into()),
            }
        }
        Ok(became)
    }

    fn row<'k>(&self, key: &'k [Vec<u8>], version: Version) -> Result<RowKey<'k>, DbError> {
        let inconsistent = DbError::Inconsistent { column: self.column.name() };
        let id = |bytes: &[u8]| Uuid::from_slice(bytes).ok();
        let row = match (key, self.column.bound()) {
            ([digest], Bound::Row) if self.is_digest => Some(RowKey::Digest(digest)),
            ([one], Bound::Row) => id(one).map(RowKey::One),
            ([one], Bound::Version) => id(one).map(|id| RowKey::Version(id, version)),
            ([first, second], Bound::Row) => {
                id(first).zip(id(second)).map(|(first, second)| RowKey::Two(first, second))
            }
            ([first, second], Bound::Version) => {
                id(first).zip(id(second)).map(|(first, second)| RowKey::TwoVersion(first, second, version))
            }
            _ => None,
        };
        row.ok_or(inconsistent)
    }
}

/// The table of a column, and its name there without `_sealed`.
fn parts(column: Column) -> (&'static str, &'static str) {
    column.name().split_once('.').unwrap_or((column.name(), ""))
}
