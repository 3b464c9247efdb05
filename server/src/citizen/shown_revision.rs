//! What a form of a draft sends back: which revision it showed, and of which draft.

use serde::Deserialize;
use serde::de::Error as _;

/// The field `revision`, written `7.whole.` and the renewal and its writer by the pages; the number alone is of whichever draft there is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ShownRevision {
    pub(super) revision: i32,
    pub(super) of: Option<String>,
}

impl<'de> Deserialize<'de> for ShownRevision {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (revision, of) = match text.split_once('.') {
            Some((revision, of)) => (revision, Some(of.to_owned())),
            None => (text.as_str(), None),
        };
        Ok(Self { revision: revision.parse().map_err(D::Error::custom)?, of })
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::Towns;

    #[sqlx::test(migrations = "../migrations")]
    async fn a_page_of_a_draft_that_was_taken_back_says_nothing_of_the_next_one(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let citizen = &stage.home.citizen;
        stage.written(citizen).await;
        let old = stage.shown_revision(citizen, "/renewal/check").await;
        stage.send(citizen, "/renewal/withdraw", &[("part", "whole")]).await;
        stage.written(citizen).await;
        let new = stage.shown_revision(citizen, "/renewal/check").await;
        assert_eq!(old.split_once('.').unwrap().0, new.split_once('.').unwrap().0, "the same revision");
        assert_eq!(stage.send(citizen, "/renewal/sign", &[("revision", &old)]).await.led_to(), "/renewal/check");
        for (path, answer) in [("/renewal/incomes", "yes"), ("/renewal/authorities", "")] {
            let fields = [("revision", &*old), ("more", answer)];
            assert_eq!(stage.send(citizen, path, &fields).await.led_to(), "/renewal", "{path}");
        }
        assert_eq!(stage.shown_revision(citizen, "/renewal/check").await, new, "nothing was saved");
    }

    #[test]
    fn a_number_is_of_whichever_draft_and_a_name_of_one() {
        let read = |text: &str| serde_json::from_value::<ShownRevision>(text.into()).ok();
        assert_eq!(read("7"), Some(ShownRevision { revision: 7, of: None }));
        assert_eq!(read("7.own.x"), Some(ShownRevision { revision: 7, of: Some("own.x".to_owned()) }));
        for wrong in ["", "x", ".own", "7,own"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
