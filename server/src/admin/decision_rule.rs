//! `GET /admin/decisions`: up to where one official decides alone.

use app::admin::decision_rule;
use app::admin::model::DecidingAlone;
use app::model::{FieldError, Form};
use axum::http::StatusCode;
use domain::decision::AloneUpTo;

use super::official::kronor;
use crate::case::decision_rule as rule;
use crate::case::said::{self, Said};
use crate::db::{Action, Object};
use crate::http::{Reply, Visit};
use crate::session::policy::Admin;

/// What was said last, and a form to say it anew.
pub(crate) async fn page(mut visit: Visit<Admin>) -> Reply {
    let said = rule::latest(&mut visit.tx).await?;
    let typed = said.as_ref().map(|said| [said.rule.amount, said.rule.by_hand].map(kronor)).unwrap_or_default();
    show(visit, said, typed, Vec::new()).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn show(
    mut visit: Visit<Admin>,
    said: Option<Said<AloneUpTo>>,
    [amount, by_hand]: [String; 2],
    errors: Vec<FieldError>,
) -> Reply {
    visit.tx.audit(Action::SawDecisionRule, Object::None).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let revision = u32::try_from(said::version(said.as_ref())).unwrap_or_default();
    let here = &visit.here;
    let deciding = DecidingAlone {
        now: said.map(|said| (said.rule, said.by, here.local(said.at))),
        amount,
        by_hand,
        form: Form { revision, errors, ..Form::default() },
    };
    visit.page_with(status, decision_rule::page(deciding)).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Connected, Towns, audited};

    const PATH: &str = "/admin/decisions";

    #[sqlx::test(migrations = "../migrations")]
    async fn the_page_tells_what_was_said_and_by_whom(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        stage.alone_up_to(15_000, 2_000).await;
        let page = stage.page(&home.admin, PATH).await;
        for told in ["Beslut av två", "15 000 kr", "2 000 kr", "av ali", "value=\"15000\"", "value=\"2000\""] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-decision-rule").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn where_nothing_has_been_said_the_page_says_so(pool: PgPool) {
        let stage = Towns::new(pool.clone()).await;
        sqlx::query("delete from decision_rule").execute(&pool).await.unwrap();
        let page = stage.page(&stage.home.admin, PATH).await;
        assert!(page.contains("Inget är bestämt än.") && page.contains("name=\"revision\" value=\"0\""), "{page}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_for_the_towns_own_administrator(pool: PgPool) {
        let stage = Connected::new(pool).await;
        for (host, cookie) in stage.strangers() {
            let refused = stage.towns.get(host, cookie, PATH).await;
            assert!([StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&refused.status), "{}", refused.status);
        }
    }
}
