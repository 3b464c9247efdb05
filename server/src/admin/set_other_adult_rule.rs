//! `POST /admin/other-adult`: what one adult sees of the other is said anew. What was said before stays, as a version.

use app::model::{FieldError, Phrase};
use domain::form::{FormProblem, Typed};
use domain::other_adult::{LegalGround, OtherAdultRule};
use serde::Deserialize;

use super::other_adult_rule;
use crate::case::{other_adult_rule as rule, said};
use crate::http::{Fields, Reply, Visit};
use crate::session::policy::Admin;

/// The form.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(crate) struct Posted {
    /// The version that the page showed.
    revision: i32,
    shows_sum: String,
    ground: String,
}

/// Nothing is said over what somebody else has said meanwhile. Said twice, it is said once.
pub(crate) async fn act(mut visit: Visit<Admin>, Fields(posted): Fields<Posted>) -> Reply {
    let Posted { revision, shows_sum, ground } = posted;
    let said = rule::latest(&mut visit.tx).await?;
    let is_stale = revision != said::version(said.as_ref());
    let mut errors = Vec::new();
    match read(&shows_sum, &ground) {
        Ok(rule) if said.as_ref().is_some_and(|said| said.rule == rule) => {
            return visit.see_other("/admin/other-adult").await;
        }
        Ok(rule) if !is_stale && rule::set(&mut visit.tx, revision, visit.actor.staff(), &rule).await? => {
            return visit.see_other("/admin/other-adult").await;
        }
        Ok(_) => errors.push(FieldError::new("shows-sum", Phrase::new("error-said-elsewhere"))),
        Err(error) => {
            if is_stale {
                errors.push(FieldError::new("shows-sum", Phrase::new("error-said-elsewhere")));
            }
            errors.push(error);
        }
    }
    let said = rule::latest(&mut visit.tx).await?;
    other_adult_rule::show(visit, said, [shows_sum, ground], errors).await
}

/// What was typed, as a rule. The ground of a sum that is not shown is nobody's ground.
fn read(shows_sum: &str, ground: &str) -> Result<OtherAdultRule, FieldError> {
    match shows_sum {
        "no" => Ok(OtherAdultRule::Nothing),
        "yes" => Typed::new(ground)
            .map_err(FormProblem::from)
            .and_then(|typed| LegalGround::read(&typed))
            .map(OtherAdultRule::Sum)
            .map_err(|problem| FieldError::new("ground", &problem)),
        _ => Err(FieldError::new("shows-sum", Phrase::new("error-yes-or-no"))),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Connected, Towns, audited};

    const PATH: &str = "/admin/other-adult";
    const SAID: &str = "select count(*) from other_adult_rule";

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_said_anew_counts_and_what_was_said_stays(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let yes = ["yes", "OSL 10 kap. 3 §"];
        for (revision, [shows_sum, ground], said) in
            [("0", yes, 1), ("0", yes, 1), ("1", yes, 1), ("1", ["no", "OSL 10 kap. 3 §"], 2), ("2", ["no", ""], 2)]
        {
            let fields = [("revision", revision), ("shows-sum", shows_sum), ("ground", ground)];
            assert_eq!(stage.send(&home.admin, PATH, &fields).await.led_to(), PATH, "{revision}");
            assert_eq!(stage.count(SAID).await, said, "said twice, it is said once");
        }
        let page = stage.page(&home.admin, PATH).await;
        assert!(page.contains("Den andra vuxna ser inget") && !page.contains("OSL 10 kap."), "{page}");
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "set-other-adult-rule").await, 2);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_is_wrong_or_stale_is_told_and_shown_again_and_nothing_is_said(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let too_long = "å".repeat(501);
        for (revision, shows_sum, ground, told) in [
            ("0", "", "", "Svara ja eller nej"),
            ("0", "kanske", "OSL 10 kap. 3 §", "Svara ja eller nej"),
            ("0", "yes", "lagen", "Skriv minst 10 tecken"),
            ("0", "yes", &*too_long, "Korta texten till högst 500 tecken"),
            ("7", "yes", "OSL 10 kap. 3 §", "Någon annan har ändrat det här"),
        ] {
            let fields = [("revision", revision), ("shows-sum", shows_sum), ("ground", ground)];
            let refused = stage.send(&stage.home.admin, PATH, &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{shows_sum}, {ground}");
            assert_eq!(refused.body.matches(told).count(), 2, "at the field and above: {}", refused.body);
            assert!(refused.body.contains(ground) && refused.body.contains("name=\"revision\" value=\"0\""));
        }
        assert_eq!(stage.count(SAID).await, 0);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_says_it(pool: PgPool) {
        let stage = Connected::new(pool).await;
        let fields = [("revision", "0"), ("shows-sum", "yes"), ("ground", "OSL 10 kap. 3 §")];
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.post(host, cookie, PATH, &fields).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
        assert_eq!(stage.towns.count(SAID).await, 0);
        let away = &stage.towns.away;
        assert_eq!(stage.towns.post(&away.host, &away.admin, PATH, &fields).await.led_to(), PATH);
        let page = stage.towns.page(&stage.towns.home.admin, PATH).await;
        assert!(page.contains("Inget är bestämt än."), "another municipality's says it of its own: {page}");
    }
}
