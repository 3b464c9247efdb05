//! `POST /admin/decisions`: up to where one official decides alone is said anew. What was said before stays, as a version.

use app::model::{FieldError, Phrase};
use domain::Money;
use domain::decision::AloneUpTo;
use domain::form::{FormProblem, Typed, read as typed};
use serde::Deserialize;

use super::decision_rule;
use crate::case::{decision_rule as rule, said};
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Admin;

/// The form.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(crate) struct Posted {
    /// The version that the page showed.
    revision: i32,
    amount: String,
    by_hand: String,
}

/// Nothing is said over what somebody else has said meanwhile. Said twice, it is said once.
pub(crate) async fn act(mut visit: Visit<Admin>, Fields(posted): Fields<Posted>) -> Reply {
    let Posted { revision, amount, by_hand } = posted;
    let rule = rule::latest(&mut visit.tx).await?;
    let mut errors = Vec::new();
    let mut read = |field: &str, text: &str| {
        let kronor =
            Typed::new(text).map_err(FormProblem::from).and_then(|text| typed::kronor_or_zero(&text, Money::LIMIT));
        kronor.map_err(|problem| errors.push(FieldError::new(field, &problem))).unwrap_or_default()
    };
    let alone = AloneUpTo { amount: read("amount", &amount), by_hand: read("by-hand", &by_hand) };
    let is_stale = revision != said::version(rule.as_ref());
    let is_same = rule.as_ref().is_some_and(|said| said.rule == alone);
    if errors.is_empty() && is_same {
        return visit.see_other("/admin/decisions").await;
    }
    let is_said =
        errors.is_empty() && !is_stale && rule::set(&mut visit.tx, revision, visit.actor.staff(), alone).await?;
    if is_said {
        return visit.see_other("/admin/decisions").await;
    }
    if is_stale || errors.is_empty() {
        errors.insert(0, FieldError::new("amount", Phrase::new("error-said-elsewhere")));
    }
    let rule = rule::latest(&mut visit.tx).await?;
    decision_rule::show(visit, rule, [amount, by_hand], errors).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Connected, Towns, audited};

    const PATH: &str = "/admin/decisions";
    const SAID: &str = "select count(*) from decision_rule";

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_said_anew_counts_and_what_was_said_stays(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let before = stage.count(SAID).await;
        let fields = [("amount", "15 000 kr"), ("by-hand", "0")];
        for (revision, said) in [("1", 1), ("1", 1), ("2", 1)] {
            let fields = [&[("revision", revision)], &fields[..]].concat();
            assert_eq!(stage.send(&home.admin, PATH, &fields).await.led_to(), PATH, "{revision}");
            assert_eq!(stage.count(SAID).await, before + said, "said twice, it is said once");
        }
        let page = stage.page(&home.admin, PATH).await;
        assert!(page.contains("15 000 kr") && page.contains(">0 kr<"), "{page}");
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "set-decision-rule").await, 2, "when the town was made, and now");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_wrong_or_stale_is_told_and_shown_again_and_nothing_is_said(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let before = stage.count(SAID).await;
        for (revision, amount, by_hand, told) in [
            ("1", "", "1", "Skriv hur mycket det är"),
            ("1", "1", "-1", "Skriv beloppet som 0 eller mer"),
            ("1", "15000,50", "1", "Skriv beloppet i hela kronor"),
            ("0", "15", "7", "Någon annan har ändrat det här"),
            ("7", "15", "7", "Någon annan har ändrat det här"),
        ] {
            let fields = [("revision", revision), ("amount", amount), ("by-hand", by_hand)];
            let refused = stage.send(&stage.home.admin, PATH, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{amount}, {by_hand}");
            assert_eq!(refused.body.matches(told).count(), 2, "at the field and above: {}", refused.body);
            for typed in [amount, by_hand] {
                assert!(refused.body.contains(&format!("value=\"{typed}\"")), "{typed}: {}", refused.body);
            }
            assert!(refused.body.contains("name=\"revision\" value=\"1\""), "{}", refused.body);
        }
        assert_eq!(stage.count(SAID).await, before);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_says_it(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let before = stage.towns.count(SAID).await;
        let fields = [("revision", "1"), ("amount", "1"), ("by-hand", "1")];
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.post(host, cookie, PATH, &fields).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        let away = &stage.towns.away;
        assert_eq!(stage.towns.post(&away.host, &away.admin, PATH, &fields).await.led_to(), PATH);
        assert_eq!(stage.towns.count(SAID).await, before, "another municipality's says it of its own");
    }
}
