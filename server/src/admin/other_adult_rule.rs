//! `GET /admin/other-adult`: what one adult sees of what authorities say about the other.

use app::admin::model::OtherAdultSetting;
use app::admin::other_adult_rule;
use app::model::{FieldError, Form};
use axum::http::StatusCode;
use domain::other_adult::OtherAdultRule;

use crate::case::other_adult_rule as rule;
use crate::case::said::{self, Said};
use crate::db::{Action, Object};
use crate::http::{Reply, Visit};
use crate::session::policy::Admin;

/// What was said last, and a form to say it anew.
pub(crate) async fn page(mut visit: Visit<Admin>) -> Reply {
    let said = rule::latest(&mut visit.tx).await?;
    let typed = match said.as_ref().map(|said| &said.rule) {
        None => [String::new(), String::new()],
        Some(OtherAdultRule::Nothing) => ["no".to_owned(), String::new()],
        Some(OtherAdultRule::Sum(ground)) => ["yes".to_owned(), ground.as_str().to_owned()],
    };
    show(visit, said, typed, Vec::new()).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn show(
    mut visit: Visit<Admin>,
    said: Option<Said<OtherAdultRule>>,
    [shows_sum, ground]: [String; 2],
    errors: Vec<FieldError>,
) -> Reply {
    visit.tx.audit(Action::SawOtherAdultRule, Object::None).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let revision = u32::try_from(said::version(said.as_ref())).unwrap_or_default();
    let here = &visit.here;
    let setting = OtherAdultSetting {
        now: said.map(|said| (said.rule, said.by, here.local(said.at))),
        shows_sum,
        ground,
        form: Form { revision, errors, ..Form::default() },
    };
    visit.page_with(status, other_adult_rule::page(setting)).await
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Connected, Towns, audited};

    const PATH: &str = "/admin/other-adult";

    #[sqlx::test(migrations = "../migrations")]
    async fn the_page_tells_what_was_said_and_by_whom(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let before = stage.page(&home.admin, PATH).await;
        assert!(
            before.contains("Inget är bestämt än.") && before.contains("name=\"revision\" value=\"0\""),
            "{before}"
        );
        stage.shows_sums().await;
        let page = stage.page(&home.admin, PATH).await;
        for told in ["Den andra vuxna ser en summa", "Prövad grund", "av ali", "name=\"revision\" value=\"1\""] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-other-adult-rule").await, 2);
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
