//! `POST /admin/officials/{id}`: what the board has delegated to an official is said anew.

use app::model::{FieldError, Phrase};
use domain::Money;
use domain::decision::{Delegation, Outcome};
use domain::form::{FormProblem, Typed, read as typed};
use domain::id::StaffId;
use serde::Deserialize;

use super::official;
use crate::case::delegations;
use crate::db::{DbError, TenantTx, query};
use crate::http::{Fields, Path, Reply, Visit};
use crate::session::policy::Admin;

/// The form: what was delegated when it was shown, and an answer for each outcome.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(crate) struct Posted {
    seen: String,
    granted: String,
    partly_granted: String,
    rejected: String,
    dismissed: String,
}

impl Posted {
    fn typed(self) -> Vec<(Outcome, String)> {
        let of = |outcome| match outcome {
            Outcome::Granted => self.granted.clone(),
            Outcome::PartlyGranted => self.partly_granted.clone(),
            Outcome::Rejected => self.rejected.clone(),
            Outcome::Dismissed => self.dismissed.clone(),
        };
        Outcome::ALL.iter().map(|outcome| (*outcome, of(*outcome))).collect()
    }
}

/// What is the same stays; the rest is ended and said anew. Nothing is saved over what somebody else has said meanwhile.
pub(crate) async fn act(mut visit: Visit<Admin>, Path(id): Path<StaffId>, Fields(posted): Fields<Posted>) -> Reply {
    lock(&mut visit.tx, id).await?;
    let official = official::read(&mut visit, id).await?;
    let here = format!("/admin/officials/{id}");
    // Of a page that still showed the form.
    if !official.may_decide() {
        return visit.see_other(&here).await;
    }
    let is_stale = posted.seen != official::seen(&official.mandate);
    let typed = posted.typed();
    let (wanted, mut errors) = judge(&typed);
    if is_stale {
        errors.insert(0, FieldError::new(Outcome::Granted.code(), Phrase::new("error-said-elsewhere")));
    }
    if !errors.is_empty() {
        return official::show(visit, official, typed, errors).await;
    }
    delegations::delegate(&mut visit.tx, id, visit.actor.staff(), &wanted).await?;
    visit.see_other(&here).await
}

/// Holds an official until the transaction ends: what is said of them is said once at a time.
async fn lock(tx: &mut TenantTx, id: StaffId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!("select id from staff where municipality_id = $1 and id = $2 for no key update", municipality, id)
        .fetch_optional(tx.connection())
        .await?;
    Ok(())
}

/// What is to be delegated, and what is wrong with what was typed.
fn judge(typed: &[(Outcome, String)]) -> (Vec<Delegation>, Vec<FieldError>) {
    let (mut wanted, mut errors) = (Vec::new(), Vec::new());
    for (outcome, text) in typed {
        match up_to(*outcome, text) {
            Ok(up_to) => wanted.extend(up_to.map(|up_to| Delegation { outcome: *outcome, up_to })),
            Err(message) => errors.push(FieldError::new(outcome.code(), message)),
        }
    }
    (wanted, errors)
}

/// The largest amount of such a decision; nothing where it is not delegated.
fn up_to(outcome: Outcome, text: &str) -> Result<Option<Money>, Phrase> {
    if !outcome.grants() {
        return match text {
            "yes" => Ok(Some(Money::ZERO)),
            "no" => Ok(None),
            _ => Err(Phrase::new("error-yes-or-no")),
        };
    }
    if text.trim().is_empty() {
        return Ok(None);
    }
    let kronor =
        Typed::new(text).map_err(FormProblem::from).and_then(|text| typed::kronor_or_zero(&text, Money::LIMIT));
    match kronor {
        Ok(amount) if !amount.is_zero() => Ok(Some(amount)),
        Ok(_) | Err(FormProblem::AmountNegative) => Err(Phrase::new("error-delegation-zero")),
        Err(problem) => Err(Phrase::from(&problem)),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::id::StaffId;
    use sqlx::PgPool;

    use crate::test_support::{Answered, Connected, Towns, audited};

    const ALL: [(&str, &str); 4] =
        [("granted", "15 000"), ("partly-granted", "8000 kr"), ("rejected", "yes"), ("dismissed", "yes")];

    /// What a page says was delegated when it was shown.
    async fn seen(stage: &Towns, of: StaffId) -> String {
        let page = stage.page(&stage.home.admin, &format!("/admin/officials/{of}")).await;
        let (_, rest) = page.split_once("name=\"seen\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    async fn save(stage: &Towns, of: StaffId, seen: &str, fields: &[(&str, &str)]) -> Answered {
        let fields = [&[("seen", seen)], fields].concat();
        stage.send(&stage.home.admin, &format!("/admin/officials/{of}"), &fields).await
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_typed_is_delegated_and_what_is_the_same_stays(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let path = format!("/admin/officials/{}", home.staff);
        let count = async || {
            let mut tx = stage.tx(home).await;
            [audited(&mut tx, "delegated").await, audited(&mut tx, "ended-delegation").await]
        };
        let [delegated, ended] = count().await;
        for (fields, added, over) in [
            (ALL, 2, 2),
            (ALL, 2, 2),
            ([("granted", " "), ("partly-granted", "8 000"), ("rejected", "no"), ("dismissed", "yes")], 2, 4),
        ] {
            let saved = save(&stage, home.staff, &seen(&stage, home.staff).await, &fields).await;
            assert_eq!(saved.led_to(), path);
            assert_eq!(count().await, [delegated + added, ended + over], "{fields:?}");
        }
        let page = stage.page(&home.admin, &path).await;
        assert!(page.contains("delvis bifall upp till 8 000 kr, avvisning"), "{page}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_wrong_is_told_and_shown_again_and_nothing_is_saved(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let of = stage.home.staff;
        let shown = seen(&stage, of).await;
        for (field, typed, told) in [
            ("granted", "mycket", "Skriv beloppet med siffror"),
            ("granted", "15000,50", "Skriv beloppet i hela kronor"),
            ("partly-granted", "0", "Lämna fältet tomt om det inte är delegerat"),
            ("partly-granted", "-1", "Lämna fältet tomt om det inte är delegerat"),
            ("granted", "10000001", "Skriv ett belopp på högst"),
            ("rejected", "kanske", "Svara ja eller nej"),
        ] {
            let fields: Vec<_> = ALL.into_iter().filter(|(name, _)| *name != field).chain([(field, typed)]).collect();
            let refused = save(&stage, of, &shown, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {typed}");
            assert!(refused.body.contains("<title>Fel: "), "{}", refused.body);
            assert_eq!(refused.body.matches(told).count(), 2, "at the field and above: {}", refused.body);
            let again = typed == "kanske" || refused.body.contains(&format!("value=\"{typed}\""));
            assert!(again, "{typed}: {}", refused.body);
            assert_eq!(seen(&stage, of).await, shown);
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_page_that_is_stale_saves_nothing_over_a_colleagues(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let of = stage.home.staff;
        let first = seen(&stage, of).await;
        save(&stage, of, &first, &ALL).await;
        let other = [("granted", "1"), ("partly-granted", "1"), ("rejected", "no"), ("dismissed", "no")];
        let stale = save(&stage, of, &first, &other).await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.body.contains("Någon annan har ändrat"), "{}", stale.body);
        assert!(stale.body.contains("value=\"1\""), "what was typed is there: {}", stale.body);
        let now = seen(&stage, of).await;
        assert_eq!(now, "1500000 800000 0 0");
        assert_eq!(save(&stage, of, &now, &other).await.status, StatusCode::SEE_OTHER, "once it has been read");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn an_administrator_delegates_nothing_to_an_administrator(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let before = stage.count("select count(*) from delegation").await;
        let saved = save(&stage, stage.home.administrator, "   ", &ALL).await;
        assert_eq!(saved.led_to(), format!("/admin/officials/{}", stage.home.administrator));
        assert_eq!(stage.count("select count(*) from delegation").await, before);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_delegates(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let (home, away) = (&stage.towns.home, &stage.towns.away);
        let path = format!("/admin/officials/{}", home.staff);
        let before = seen(&stage.towns, home.staff).await;
        let fields = [&[("seen", &*before)], &ALL[..]].concat();
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.post(host, cookie, &path, &fields).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        assert_eq!(stage.towns.post(&away.host, &away.admin, &path, &fields).await.status, StatusCode::NOT_FOUND);
        assert_eq!(seen(&stage.towns, home.staff).await, before);
    }
}
