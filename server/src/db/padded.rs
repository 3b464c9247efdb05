//! Short values, whose length would tell what they are: a name, or one of a few codes. Blanks after them give many of them one length.

use serde::Serialize;

use super::{Column, RowKey, Vault, VaultError};
use crate::chain::WithoutValues;

/// What a short value is filled up to.
const SHORT: usize = 64;
/// What a value of several codes is filled up to.
const LIST: usize = 256;

impl Vault {
    /// Seals a short value as JSON. [`open_json`](Self::open_json) reads past the blanks.
    pub fn seal_short<'k, T: Serialize>(
        &self,
        column: Column,
        row: impl Into<RowKey<'k>>,
        value: &T,
    ) -> Result<Vec<u8>, VaultError> {
        self.seal_padded(column, row.into(), value, SHORT)
    }

    /// The same of several codes.
    pub fn seal_list<'k, T: Serialize>(
        &self,
        column: Column,
        row: impl Into<RowKey<'k>>,
        value: &T,
    ) -> Result<Vec<u8>, VaultError> {
        self.seal_padded(column, row.into(), value, LIST)
    }

    fn seal_padded<T: Serialize>(
        &self,
        column: Column,
        row: RowKey<'_>,
        value: &T,
        step: usize,
    ) -> Result<Vec<u8>, VaultError> {
        let mut plain = serde_json::to_vec(value)
            .map_err(|error| VaultError::Json { column: column.name(), source: WithoutValues::of(&error) })?;
        plain.resize(plain.len().next_multiple_of(step), b' ');
        self.seal(column, row, &plain)
    }
}

#[cfg(test)]
mod tests {
    use domain::id::MessageId;
    use domain::message::MessageSubject;
    use uuid::Uuid;

    use super::*;
    use crate::db::of_tests::vault;

    #[tokio::test]
    async fn no_code_is_told_by_its_length() {
        let vault = vault().await;
        let message = MessageId(Uuid::from_u128(7));
        let mut lengths = Vec::new();
        for subject in MessageSubject::ALL {
            let sealed = vault.seal_short(Column::MessageSubject, message, subject).unwrap();
            let opened: MessageSubject = vault.open_json(Column::MessageSubject, message, &sealed).unwrap();
            assert_eq!(opened, *subject);
            lengths.push(sealed.len());
        }
        assert!(lengths.windows(2).all(|two| two[0] == two[1]), "{lengths:?}");
    }
}
