//! What people are called: sealed, and never looked for in the database. A keyed digest of a family name would tell, by how often it stands
//! there, who is called Andersson.

use app::model::PersonName;
use domain::id::PersonId;

use super::{Column, DbError, Vault, VaultError};

/// The column, as a row that holds none or too much of it is told of.
const COLUMN: &str = "person.name";
/// The longest given or family name.
const LONGEST: usize = 100;

/// Seals what a person is called. Nobody is without any name.
pub(crate) fn seal(vault: &Vault, person: PersonId, given: &str, family: &str) -> Result<Vec<u8>, DbError> {
    let is_kept = |part: &str| part.chars().count() <= LONGEST;
    if PersonName::new(given, family).full().is_empty() || !is_kept(given) || !is_kept(family) {
        return Err(DbError::Inconsistent { column: COLUMN });
    }
    Ok(vault.seal_short(Column::PersonName, person, &(given, family))?)
}

/// What a person is called.
pub(crate) fn open(vault: &Vault, person: PersonId, sealed: &[u8]) -> Result<PersonName, VaultError> {
    let (given, family): (String, String) = vault.open_json(Column::PersonName, person, sealed)?;
    Ok(PersonName::new(given, family))
}

/// Whether an official, by their whole name, has the family name of this person. What stands before the last word (`af`, `von`) counts for
/// neither.
pub(super) fn is_namesake(official: &str, person: &PersonName) -> bool {
    let last = |name: &str| name.split_whitespace().last().map(str::to_lowercase);
    last(person.family()).is_some_and(|family| last(official) == Some(family))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::db::of_tests::vault;

    #[tokio::test]
    async fn nobody_is_without_any_name() {
        let vault = vault().await;
        let person = PersonId(Uuid::from_u128(7));
        let long = "a".repeat(LONGEST + 1);
        for (given, family) in [("", ""), (" ", ""), (" ", "\t"), (long.as_str(), "Berg"), ("Kim", long.as_str())] {
            let refused = seal(&vault, person, given, family).unwrap_err();
            assert!(matches!(refused, DbError::Inconsistent { column: COLUMN }), "{refused:?}");
        }
        for (given, family, full) in [("Suharto", "", "Suharto"), ("", " Berg", "Berg"), ("Åsa", "af Ek", "Åsa af Ek")]
        {
            let sealed = seal(&vault, person, given, family).unwrap();
            assert_eq!(open(&vault, person, &sealed).unwrap().full(), full);
        }
    }

    #[test]
    fn a_namesake_has_the_same_last_word_of_a_family_name() {
        for (official, family, is_one) in [
            ("David Nilsson", "Nilsson", true),
            ("David NILSSON ", "nilsson", true),
            ("Åke Åström", "ÅSTRÖM", true),
            ("Eva Ugglas", "af Ugglas", true),
            ("David Nilsson", "Nilsson-Berg", false),
            ("sara", "", false),
            ("", "Nilsson", false),
            ("", "", false),
        ] {
            assert_eq!(is_namesake(official, &PersonName::new("Kim", family)), is_one, "{official:?} {family:?}");
        }
    }
}
